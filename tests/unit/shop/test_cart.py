"""Carts."""

import pytest
from sqlalchemy.orm import Session

from catalog.listings import MOST_PACKS
from catalog.models import Listing
from core.clock import FixedClock
from core.errors import NotFound
from shop.buying import cart
from shop.errors import CartFull
from tests.factories.catalog import make_listing
from tests.factories.identity import make_seller
from tests.factories.shop import make_stand

ME, YOU = "d:me", "d:you"


def held(session: Session, owner: str) -> dict[str, int]:
    return {i.listing.id: i.packs for part in cart.read(session, owner) for i in part.items}


def test_adding_twice_adds_up(session: Session) -> None:
    listing = make_listing(session)
    cart.add(session, ME, listing, 2)
    cart.add(session, ME, listing, 3)
    assert held(session, ME) == {listing: 5}


def test_putting_says_the_number_and_zero_takes_out(session: Session) -> None:
    listing = make_listing(session)
    for packs, left in ((4, {listing: 4}), (1, {listing: 1}), (0, {})):
        cart.put(session, ME, listing, packs)
        assert held(session, ME) == left


def test_a_cart_is_its_owners_alone(session: Session) -> None:
    cart.add(session, ME, make_listing(session), 1)
    assert cart.read(session, YOU) == ()
    assert (cart.count(session, ME), cart.count(session, YOU)) == (1, 0)


def test_each_seller_has_a_part_with_its_own_sum(session: Session, time_at: FixedClock) -> None:
    tea, honey = make_listing(session), make_listing(session, price_vnd=180_000)
    cart.add(session, ME, tea, 2)
    time_at.advance(1)
    cart.add(session, ME, honey, 1)
    assert [part.goods_vnd for part in cart.read(session, ME)] == [130_000, 180_000]


def test_the_price_is_the_catalogues_of_today(session: Session) -> None:
    listing = make_listing(session)
    cart.add(session, ME, listing, 2)
    session.get_one(Listing, listing).price_vnd = 70_000
    session.flush()
    (part,) = cart.read(session, ME)
    assert part.goods_vnd == 140_000


def test_a_cart_holds_no_stock_and_says_when_there_is_too_little(session: Session) -> None:
    stand = make_stand(session, packs=3)
    cart.add(session, ME, stand.listing_id, 4)
    (part,) = cart.read(session, ME)
    assert (part.items[0].left, part.can_be_ordered) == (3, False)
    assert stand.level(session).held == 0


@pytest.mark.parametrize("state", ["hidden"])
def test_what_is_not_on_sale_cannot_be_put_in_but_taken_out(session: Session, state: str) -> None:
    listing = make_listing(session)
    cart.add(session, ME, listing, 1)
    session.get_one(Listing, listing).state = state
    session.flush()
    with pytest.raises(NotFound):
        cart.add(session, ME, listing, 1)
    cart.put(session, ME, listing, 0)
    assert cart.count(session, ME) == 0


def test_an_unknown_listing_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        cart.add(session, ME, "nothing", 1)


def test_the_number_of_packs_has_an_end(session: Session) -> None:
    listing = make_listing(session)
    for _ in range(2):
        cart.add(session, ME, listing, MOST_PACKS)
    assert held(session, ME) == {listing: MOST_PACKS}


def test_a_full_cart_takes_no_other_listing(session: Session) -> None:
    seller = make_seller(session)
    listings = [make_listing(session, seller, on_hand=0) for _ in range(61)]
    for listing in listings[:60]:
        cart.add(session, ME, listing, 1)
    cart.add(session, ME, listings[0], 1)
    with pytest.raises(CartFull):
        cart.add(session, ME, listings[60], 1)


def test_a_cart_moves_with_its_owner_and_keeps_the_larger_number(session: Session) -> None:
    both, mine = make_listing(session), make_listing(session)
    cart.add(session, ME, both, 5)
    cart.add(session, ME, mine, 1)
    cart.add(session, YOU, both, 2)
    for _ in range(2):
        cart.move(session, ME, YOU)
    assert held(session, YOU) == {both: 5, mine: 1}
    assert held(session, ME) == {}
