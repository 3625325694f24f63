"""Money came: the goods are allocated, or the money is owed back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import opening
from core.clock import FixedClock
from core.identity import people
from payments import payments
from shop import orders
from shop.models import OrderEvent
from shop.orders import Cancellation, PlaceLine
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import (
    PRICE_VND,
    Stand,
    make_order,
    make_stand,
    order,
    paid_order,
    payment_state,
)

QUARTER_MS = 15 * 60_000


def run_out(session: Session, time_at: FixedClock) -> None:
    time_at.advance(QUARTER_MS)
    orders.expire_due(session)


def test_paid_in_time_the_goods_are_allocated(session: Session) -> None:
    stand = make_stand(session)
    served = order(session, paid_order(session, stand, packs=2))
    assert (served.state, served.refund_due) == ("secured", False)
    assert stand.level(session) == stock.Level(2_000, 400, 0, 1_600, 0)


def test_being_told_again_changes_nothing(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    orders.secure(session, code)
    assert stand.level(session).allocated == 200
    events = session.scalars(select(OrderEvent.state).where(OrderEvent.order_code == code))
    assert sorted(events) == ["placed", "secured"]


def test_a_payment_proves_the_buyers_number(session: Session) -> None:
    _, login = make_login(session, verified=False)
    stand = make_stand(session)
    code = make_order(session, stand, login=login)
    pay(session, stand.till, code, PRICE_VND)
    orders.secure(session, code)
    session.flush()
    assert people.facts(session, str(login.person_id)).verified


def test_late_money_takes_the_goods_again_if_they_are_there(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    run_out(session, time_at)
    assert order(session, code).state == "expired"
    pay(session, stand.till, code, PRICE_VND)
    orders.secure(session, code)
    assert (order(session, code).state, stand.level(session).allocated) == ("secured", 200)


def test_late_money_for_goods_that_are_gone_is_owed_back(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session, packs=1)
    late = make_order(session, stand)
    run_out(session, time_at)
    paid_order(session, stand)
    pay(session, stand.till, late, PRICE_VND)
    orders.secure(session, late)
    assert (order(session, late).state, order(session, late).refund_due) == ("expired", True)
    owed = payments.facts(session, orders.reference_of(late))
    assert (owed.state, owed.paid_vnd, owed.refund_due) == ("settled", PRICE_VND, True)


def test_what_is_owed_back_is_not_served_when_goods_come_in_later(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session, packs=1)
    late = make_order(session, stand)
    run_out(session, time_at)
    paid_order(session, stand)
    pay(session, stand.till, late, PRICE_VND)
    orders.secure(session, late)
    opening.bring_in(session, stand.seller_id, stand.product_id, 1_000, "new harvest")
    orders.secure(session, late)
    assert order(session, late).state == "expired"


def test_an_unswept_order_whose_goods_went_to_another_lapses_with_a_refund(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session, packs=1)
    late = make_order(session, stand)
    time_at.advance(QUARTER_MS)
    make_order(session, stand)  # takes the pack, though nobody has ended the late order yet
    pay(session, stand.till, late, PRICE_VND)
    orders.secure(session, late)
    assert (order(session, late).state, order(session, late).refund_due) == ("expired", True)


def test_an_unswept_order_whose_goods_are_still_held_is_served(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session, packs=1)
    late = make_order(session, stand)
    time_at.advance(QUARTER_MS)
    pay(session, stand.till, late, PRICE_VND)
    orders.secure(session, late)
    assert order(session, late).state == "secured"


def test_half_an_order_is_never_allocated(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session, packs=1)
    honey = make_product(session, stand.seller_id, on_hand=200, name="Mật ong")
    jar = PlaceLine(make_listing(session, product_id=honey), 1, PRICE_VND)
    both = make_order(session, stand, jar, stand.line())
    run_out(session, time_at)
    paid_order(session, stand)
    pay(session, stand.till, both, 2 * PRICE_VND)
    orders.secure(session, both)
    assert order(session, both).refund_due
    assert stock.levels(session, [honey])[honey].available == 200


def cancelled(session: Session, stand: Stand) -> str:
    code = make_order(session, stand)
    orders.cancel(session, code, Cancellation("p:x"))
    return code


def expired_in_part(session: Session, stand: Stand) -> str:
    code = make_order(session, stand)
    pay(session, stand.till, code, PRICE_VND - 5_000)
    return code


def test_money_for_a_cancelled_order_is_owed_back(session: Session) -> None:
    stand = make_stand(session)
    code = cancelled(session, stand)
    pay(session, stand.till, code, PRICE_VND)
    orders.secure(session, code)
    assert (order(session, code).state, order(session, code).refund_due) == ("cancelled", True)
    assert stand.level(session).available == 2_000


def test_the_rest_of_the_money_after_the_end_serves_the_order_and_owes_nothing(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = expired_in_part(session, stand)
    run_out(session, time_at)
    assert (order(session, code).state, order(session, code).refund_due) == ("expired", True)
    pay(session, stand.till, code, 5_000)
    orders.secure(session, code)
    assert (order(session, code).state, order(session, code).refund_due) == ("secured", False)
    assert payment_state(session, code) == "settled"


def test_the_rest_of_the_money_for_goods_that_are_gone_is_all_owed_back(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session, packs=1)
    code = expired_in_part(session, stand)
    run_out(session, time_at)
    paid_order(session, stand)
    pay(session, stand.till, code, 5_000)
    orders.secure(session, code)
    assert (order(session, code).state, order(session, code).refund_due) == ("expired", True)
    assert payments.facts(session, orders.reference_of(code)).refund_due


Make = Callable[[Session, Stand], str]


@pytest.mark.parametrize("make", [cancelled, paid_order])
def test_served_or_cancelled_the_timer_leaves_it_alone(
    session: Session, time_at: FixedClock, make: Make
) -> None:
    code = make(session, make_stand(session))
    before = order(session, code).state
    run_out(session, time_at)
    assert order(session, code).state == before


def test_cash_serves_an_order_and_proves_no_number(session: Session) -> None:
    _, login = make_login(session, verified=False)
    code = make_order(session, make_stand(session), login=login)
    orders.secure_by(session, code, "attested", "p:seller")
    orders.secure(session, code)  # the news of the settled payment
    told = order(session, code)
    assert (told.state, told.secured_by, payment_state(session, code)) == (
        "secured",
        "attested",
        "settled",
    )
    assert not people.facts(session, str(login.person_id)).verified


def test_cash_serves_an_order_whose_time_was_over(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    run_out(session, time_at)
    orders.secure_by(session, code, "attested", "p:seller")
    assert (order(session, code).state, stand.level(session).allocated) == ("secured", 200)
