"""From basket to order, and what the order's fate does to its claims."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from core import fsck
from core.clock import FixedClock
from core.errors import LoginRequired
from core.identity.logins import Login
from livestream import order_news
from livestream.desk import checkout, waitlist
from livestream.desk.checkout import BasketOrder
from livestream.desk.hold_rule import MINUTE_MS
from livestream.errors import EmptyBasket
from livestream.pins import pins
from livestream.shows import sessions
from shop import orders
from shop.delivery.quote import NoService
from tests.factories.identity import make_login
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    order_basket,
    pin_row,
)
from tests.factories.payments import pay
from tests.factories.shop import PICK_UP


def follow(session: Session, show: Show, code: str) -> None:
    order_news.follow(session, code, f"live:{show.id}")


def pay_in_full(session: Session, show: Show, code: str) -> None:
    pay(session, show.till, code, orders.facts(session, code).amount_vnd)
    orders.secure(session, code)
    follow(session, show, code)


def ordered(session: Session, packs: int = 2, qty: int = 2) -> tuple[Show, Login, str, str]:
    """A show, a buyer, their claim and its order."""
    show, buyer = make_show(session, packs), make_buyer(session)
    claimed = make_claim(session, show, qty, login=buyer)
    return show, buyer, claimed.claim_id, order_basket(session, show, buyer)


def test_a_basket_becomes_an_order_at_the_claims_prices(session: Session) -> None:
    show, buyer = make_show(session, 5, 5), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    pins.change_price(session, show.id, "A1", 10_000)
    make_claim(session, show, 1, login=buyer, code="A2")
    code = order_basket(session, show, buyer)
    order = orders.facts(session, code)
    assert (order.source, order.goods_vnd) == (f"live:{show.id}", 180_000)
    assert [line.packs for line in order.lines] == [2, 1]


def test_ordered_claims_say_so_and_hold_the_same_stock(session: Session) -> None:
    show, _buyer, claim_id, code = ordered(session)
    row = claim_row(session, claim_id)
    assert (row.state, row.held, row.order_code) == ("ordered", 2, code)
    pin = pin_row(session, show)
    assert stock.allotment_left(session, [pin.allotment_id]) == {pin.allotment_id: 0}


def test_the_time_to_pay_is_at_least_the_holds(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    claimed = make_claim(session, show, login=buyer)
    assert orders.facts(session, order_basket(session, show, buyer)).pay_by_ms == claimed.expires_ms


def test_a_basket_is_ordered_once(session: Session) -> None:
    show, buyer, _claim, _code = ordered(session)
    with pytest.raises(EmptyBasket):
        order_basket(session, show, buyer)


def test_what_ran_out_is_not_ordered(session: Session, time_at: FixedClock) -> None:
    show, buyer = make_show(session, hold_rule="minutes"), make_buyer(session)
    make_claim(session, show, login=buyer)
    time_at.advance(15 * MINUTE_MS)
    with pytest.raises(EmptyBasket):
        order_basket(session, show, buyer)


def test_a_basket_can_be_ordered_after_the_show(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    sessions.end(session, show.id)
    assert order_basket(session, show, buyer)


def test_nobody_orders_what_another_device_of_a_typed_number_claimed(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    stranger = make_login(session, buyer.person_id, verified=False)[1]
    for login in (stranger, make_buyer(session)):
        with pytest.raises(EmptyBasket):
            order_basket(session, show, login)


def test_a_guest_orders_nothing(session: Session) -> None:
    show = make_show(session)
    guest = Login("device", None, "", "", verified=False, person_verified=False)
    with pytest.raises(LoginRequired):
        order_basket(session, show, guest)


def test_a_refused_order_leaves_the_basket(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    claimed = make_claim(session, show, login=buyer)
    choice = replace(PICK_UP, way="nowhere")
    wanted = BasketOrder(show.id, show.seller_id, buyer, "Hoa", "", choice)
    with pytest.raises(NoService), session.begin_nested():
        checkout.place(session, wanted)
    basket = checkout.basket(session, show.id, show.seller_id, buyer)
    assert [line.claim_id for line in basket] == [claimed.claim_id]


def test_a_paid_order_marks_its_claims_however_often_it_is_told(session: Session) -> None:
    show, _buyer, claim_id, code = ordered(session)
    pay_in_full(session, show, code)
    follow(session, show, code)
    row = claim_row(session, claim_id)
    assert (row.state, row.held) == ("paid", 2)


def test_a_lapsed_order_frees_its_packs_for_who_waits(
    session: Session, time_at: FixedClock
) -> None:
    show, _buyer, claim_id, code = ordered(session)
    time_at.at_ms = orders.facts(session, code).pay_by_ms - 1
    waiting = make_claim(session, show, 1)
    time_at.advance(1)
    orders.lapse(session, code)
    follow(session, show, code)
    assert (claim_row(session, claim_id).state, claim_row(session, claim_id).held) == ("lapsed", 0)
    assert claim_row(session, waiting.claim_id).held == 1


def test_an_order_that_ran_out_serves_who_waits_before_it_is_told(
    session: Session, time_at: FixedClock
) -> None:
    show, _buyer, _claim, code = ordered(session)
    time_at.at_ms = orders.facts(session, code).pay_by_ms - 1
    waiting = make_claim(session, show, 1)
    time_at.advance(1)
    newcomer = make_claim(session, show, 2)
    assert claim_row(session, waiting.claim_id).held == 1
    assert (newcomer.held, newcomer.waiting) == (1, 1)


def test_late_money_pays_a_lapsed_claim(session: Session, time_at: FixedClock) -> None:
    show, _buyer, claim_id, code = ordered(session)
    time_at.at_ms = orders.facts(session, code).pay_by_ms
    orders.lapse(session, code)
    follow(session, show, code)
    pay_in_full(session, show, code)
    assert (claim_row(session, claim_id).state, claim_row(session, claim_id).held) == ("paid", 2)


def test_a_cancelled_paid_order_is_refunded(session: Session) -> None:
    show, _buyer, claim_id, code = ordered(session)
    pay_in_full(session, show, code)
    orders.cancel(session, code, orders.Cancellation("p:test", by_buyer=True))
    follow(session, show, code)
    assert claim_row(session, claim_id).state == "refunded"


def test_news_of_other_orders_concern_nobody_here(session: Session) -> None:
    order_news.follow(session, "CPX7K3M9Q2", "web")


def test_everything_adds_up_after_a_busy_evening(session: Session, time_at: FixedClock) -> None:
    show, buyer, _claim, code = ordered(session, packs=4, qty=3)
    make_claim(session, show, 3)
    pay_in_full(session, show, code)
    time_at.advance(200 * MINUTE_MS)
    waitlist.settle_due(session)
    make_claim(session, show, 1, login=buyer)
    sessions.end(session, show.id)
    assert [one for one in fsck.run_all(session) if one.problems] == []
