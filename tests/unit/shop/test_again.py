"""Buying the same again: at today's price, as much as there is, and what is gone is named."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalog.models import Listing
from shop.buying import again, cart
from tests.factories.shop import Stand, make_order, make_stand, order

OWNER = "d:phone"


def ordered(session: Session, stand: Stand, packs: int = 2) -> str:
    return make_order(session, stand, stand.line(packs))


def test_what_is_still_sold_goes_into_the_cart(session: Session) -> None:
    stand = make_stand(session)
    code = ordered(session, stand)
    assert again.put(session, OWNER, order(session, code)) == 1
    assert again.put(session, OWNER, order(session, code)) == 1
    items = cart.of_seller(session, OWNER, stand.seller_id).items
    assert [(item.listing.id, item.packs) for item in items] == [(stand.listing_id, 2)]


def test_no_more_than_there_is_and_no_less_than_the_cart_holds(session: Session) -> None:
    stand = make_stand(session, packs=5)
    code = ordered(session, stand, 3)
    cart.put(session, OWNER, stand.listing_id, 4)
    (line,) = again.read(session, order(session, code))
    assert (line.wanted, line.packs) == (3, 2)
    again.put(session, OWNER, order(session, code))
    assert cart.of_seller(session, OWNER, stand.seller_id).items[0].packs == 4


def test_what_is_not_sold_any_more_is_named_and_left_out(session: Session) -> None:
    stand = make_stand(session)
    code = ordered(session, stand)
    session.execute(update(Listing).where(Listing.id == stand.listing_id).values(state="hidden"))
    session.expire_all()
    (line,) = again.read(session, order(session, code))
    assert (line.listing, line.packs, line.line.name) == (
        None,
        0,
        order(session, code).lines[0].name,
    )
    assert again.put(session, OWNER, order(session, code)) == 0
