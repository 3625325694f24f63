"""How an order ends without goods."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from catalog import stock
from core.clock import FixedClock
from core.errors import NotFound
from core.states import BadTransition
from payments import payments
from shop import orders
from shop.errors import OrderingDeviceNeeded
from shop.models import Order, OrderEvent
from shop.orders import Cancellation
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, make_order, make_stand, order, paid_order, payment_state

MINUTE_MS = 60_000
BY_LINK = Cancellation("link:X", "đổi ý")
BY_BUYER = Cancellation("p:buyer", "đổi ý", by_buyer=True)


def test_at_the_end_of_its_time_stock_goes_back_and_the_sum_is_asked_no_more(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = make_order(session, stand, stand.line(3))
    time_at.advance(15 * MINUTE_MS)
    orders.expire_due(session)
    assert (order(session, code).state, order(session, code).refund_due) == ("expired", False)
    assert stand.level(session) == stock.Level(2_000, 0, 0, 2_000, 0)
    assert payment_state(session, code) == "expired"


def test_a_moment_before_the_end_nothing_ends(session: Session, time_at: FixedClock) -> None:
    code = make_order(session, make_stand(session))
    time_at.advance(15 * MINUTE_MS - 1)
    orders.expire_due(session)
    orders.lapse(session, code)
    assert order(session, code).state == "placed"


def test_what_came_in_part_is_owed_back_at_the_end(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    pay(session, stand.till, code, 50_000)
    time_at.advance(15 * MINUTE_MS)
    orders.expire_due(session)
    assert order(session, code).refund_due
    assert payments.facts(session, orders.reference_of(code)).refund_due


def test_a_paid_order_that_waits_to_be_served_is_not_ended(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    pay(session, stand.till, code, PRICE_VND)
    time_at.advance(15 * MINUTE_MS)
    orders.expire_due(session)
    orders.secure(session, code)
    assert (order(session, code).state, stand.level(session).allocated) == ("secured", 200)


def test_live_goods_go_back_to_their_allotment(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    allotment = stock.grant(session, stand.product_id, 1_000, "pin:A1")
    stock.take(session, allotment, 200, 2)
    make_order(session, stand, stand.line(2, allotment))
    time_at.advance(15 * MINUTE_MS)
    orders.expire_due(session)
    assert stock.allotment_left(session, [allotment]) == {allotment: 1_000}


def test_one_order_that_cannot_be_ended_does_not_keep_the_others(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    broken, fine = make_order(session, stand), make_order(session, stand)
    session.get_one(Order, broken).pay_by_ms -= 1
    session.execute(
        text("UPDATE payments SET reference = 'lost' WHERE code = :code"), {"code": broken}
    )
    time_at.advance(15 * MINUTE_MS)
    orders.expire_due(session)
    assert [order(session, code).state for code in (broken, fine)] == ["placed", "expired"]


def test_an_unpaid_order_is_cancelled_by_its_link(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    orders.cancel(session, code, BY_LINK)
    assert (order(session, code).state, order(session, code).refund_due) == ("cancelled", False)
    assert stand.level(session).available == 2_000
    assert payment_state(session, code) == "expired"


def test_cancelling_says_who_and_why(session: Session) -> None:
    code = make_order(session, make_stand(session))
    orders.cancel(session, code, BY_LINK)
    session.flush()
    told = select(OrderEvent.actor, OrderEvent.reason).where(OrderEvent.state == "cancelled")
    assert session.execute(told).all() == [("link:X", "đổi ý")]


def test_cancelling_a_paid_order_owes_the_money_back_and_frees_the_goods(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    orders.cancel(session, code, BY_BUYER)
    assert (order(session, code).state, order(session, code).refund_due) == ("cancelled", True)
    assert stand.level(session) == stock.Level(2_000, 0, 0, 2_000, 0)
    assert payments.facts(session, orders.reference_of(code)).refund_due


def test_a_paid_order_is_not_cancelled_by_whoever_holds_the_link(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    with pytest.raises(OrderingDeviceNeeded):
        orders.cancel(session, code, BY_LINK)


def test_cancelling_twice_does_nothing_more(session: Session) -> None:
    code = make_order(session, make_stand(session))
    for _ in range(2):
        orders.cancel(session, code, BY_LINK)
    session.flush()
    states = session.scalars(select(OrderEvent.state).where(OrderEvent.order_code == code))
    assert sorted(states) == ["cancelled", "placed"]


@pytest.mark.parametrize("state", ["packing", "delivered", "expired"])
def test_what_is_packed_or_over_is_not_cancelled(session: Session, state: str) -> None:
    code = make_order(session, make_stand(session))
    session.get_one(Order, code).state = state
    session.flush()
    with pytest.raises(BadTransition):
        orders.cancel(session, code, BY_BUYER)


def test_an_unknown_order_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        orders.cancel(session, "CPX7K3M9Q2", BY_BUYER)


def test_opening_the_page_gives_ten_minutes_once(session: Session, time_at: FixedClock) -> None:
    code = make_order(session, make_stand(session))
    time_at.advance(8 * MINUTE_MS)
    orders.opened(session, code)
    assert order(session, code).pay_by_ms == time_at.at_ms + 10 * MINUTE_MS
    before = order(session, code).pay_by_ms
    time_at.advance(5 * MINUTE_MS)
    orders.opened(session, code)
    assert order(session, code).pay_by_ms == before


def test_the_goods_are_kept_as_long_as_the_page_says(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session, packs=1)
    code = make_order(session, stand)
    time_at.advance(14 * MINUTE_MS)
    orders.opened(session, code)
    time_at.advance(9 * MINUTE_MS)
    assert stand.level(session).available == 0
    orders.expire_due(session)
    assert order(session, code).state == "placed"


@pytest.mark.parametrize("minutes", [0, 5, 15, 20])
def test_opening_early_or_too_late_moves_nothing(
    session: Session, time_at: FixedClock, minutes: int
) -> None:
    code = make_order(session, make_stand(session))
    before = order(session, code).pay_by_ms
    time_at.advance(minutes * MINUTE_MS)
    orders.opened(session, code)
    assert order(session, code).pay_by_ms == before
