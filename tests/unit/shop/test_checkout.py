"""From cart to order."""

import pytest
from sqlalchemy.orm import Session

from catalog.models import Listing
from core.errors import OutOfStock
from core.identity import logins
from core.identity.logins import Login
from shop import orders
from shop.buying import cart, checkout
from shop.buying.checkout import CheckoutForm
from shop.errors import EmptyOrder, NotOnSale, PhoneNeeded
from tests.factories.identity import make_login, new_phone
from tests.factories.shop import PICK_UP, TO_THE_DOOR, Stand, make_stand, order


def filled(session: Session, login: Login, packs: int = 2, in_stock: int = 10) -> Stand:
    """A stand, with so many of its packs in the cart of `login`."""
    stand = make_stand(session, in_stock)
    cart.add(session, login.actor, stand.listing_id, packs)
    return stand


def form(stand: Stand, phone: str = "") -> CheckoutForm:
    return CheckoutForm(stand.seller_id, "Chị Hoa", phone, PICK_UP)


def guest(session: Session) -> Login:
    """A device that has given no number."""
    token = logins.issue(session, None, verified=False)
    session.flush()
    login = logins.resolve(session, token)
    assert login is not None
    return login


def test_an_order_takes_the_cart_of_its_seller_and_leaves_the_rest(session: Session) -> None:
    _, login = make_login(session)
    stand, other = filled(session, login), filled(session, login)
    placed = order(session, checkout.order_cart(session, login, form(stand)))
    assert (placed.source, placed.goods_vnd, placed.name) == ("web", 130_000, "Chị Hoa")
    assert [part.seller_id for part in cart.read(session, login.actor)] == [other.seller_id]


def test_prices_are_those_of_the_catalogue_at_that_moment(session: Session) -> None:
    _, login = make_login(session)
    stand = filled(session, login)
    session.get_one(Listing, stand.listing_id).price_vnd = 70_000
    session.flush()
    assert order(session, checkout.order_cart(session, login, form(stand))).goods_vnd == 140_000


def test_the_device_that_ordered_sees_its_order_and_no_other_device_does(session: Session) -> None:
    login = guest(session)
    stand = filled(session, login)
    phone = new_phone()
    placed = order(session, checkout.order_cart(session, login, form(stand, phone)))
    again = logins.resolve(session, logins.issue(session, placed.person_id, verified=False))
    mine = Login(login.device_id, placed.person_id, "", phone, False, False)
    assert (placed.belongs_to(mine), placed.belongs_to(again)) == (True, False)


def test_a_new_device_has_to_give_a_number(session: Session) -> None:
    login = guest(session)
    with pytest.raises(PhoneNeeded) as refused:
        checkout.order_cart(session, login, form(filled(session, login)))
    assert refused.value.data["field"] == "phone"


def test_a_known_buyer_may_be_called_on_another_number(session: Session) -> None:
    _, login = make_login(session)
    stand, phone = filled(session, login), new_phone()
    placed = order(session, checkout.order_cart(session, login, form(stand, phone)))
    assert (placed.person_id, placed.phone) == (login.person_id, phone)


def test_an_empty_cart_orders_nothing(session: Session) -> None:
    _, login = make_login(session)
    with pytest.raises(EmptyOrder):
        checkout.order_cart(session, login, form(make_stand(session)))


def test_what_is_no_longer_on_sale_is_named(session: Session) -> None:
    _, login = make_login(session)
    stand = filled(session, login)
    session.get_one(Listing, stand.listing_id).state = "hidden"
    session.flush()
    with pytest.raises(NotOnSale) as refused:
        checkout.order_cart(session, login, form(stand))
    assert refused.value.data == {"listing": stand.listing_id}


def test_what_ran_out_meanwhile_stays_in_the_cart(session: Session) -> None:
    _, login = make_login(session)
    stand = filled(session, login, packs=3, in_stock=2)
    with pytest.raises(OutOfStock) as refused, session.begin_nested():
        checkout.order_cart(session, login, form(stand))
    assert refused.value.data["left"] == 2
    assert cart.count(session, login.actor) == 1


def test_the_choices_are_ways_with_their_fee_for_this_basket(session: Session) -> None:
    _, login = make_login(session)
    stand = filled(session, login, packs=26, in_stock=30)
    basket = cart.of_seller(session, login.actor, stand.seller_id)
    assert [way.quote.kind for way in checkout.ways_for(session, basket)] == ["pickup"]
    cart.put(session, login.actor, stand.listing_id, 25)
    basket = cart.of_seller(session, login.actor, stand.seller_id)
    assert [way.quote.fee_vnd for way in checkout.ways_for(session, basket)] == [0, 20_000]


def test_the_sum_shown_is_the_sum_ordered(session: Session) -> None:
    _, login = make_login(session)
    stand = filled(session, login)
    basket = cart.of_seller(session, login.actor, stand.seller_id)
    way = checkout.ways_for(session, basket)[1].quote
    choice = orders.DeliveryChoice(way.way_id, TO_THE_DOOR.address)
    wanted = CheckoutForm(stand.seller_id, "Hoa", "", choice)
    placed = order(session, checkout.order_cart(session, login, wanted))
    assert placed.amount_vnd == basket.goods_vnd + way.fee_vnd
