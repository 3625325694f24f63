"""What the pay page of an order says."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from shop import orders
from shop.buying import pay_page
from shop.buying.pay_page import PayPage
from shop.buying.pay_states import PayState
from shop.orders import Cancellation
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, make_order, make_stand, order, paid_order

MINUTE_MS = 60_000


def page_of(session: Session, code: str) -> PayPage:
    return pay_page.read(session, code, None, order(session, code).capability)


def test_a_fresh_order_asks_for_its_sum_and_looks_often(session: Session) -> None:
    page = page_of(session, make_order(session, make_stand(session)))
    assert (page.state, page.asks, page.poll_ms) == (PayState.WAITING, True, 2_500)


def test_its_mark_changes_with_each_thing_it_would_say(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    marks = [page_of(session, code).version]
    for amount_vnd in (25_000, 50_000):
        pay(session, stand.till, code, amount_vnd)
        marks.append(page_of(session, code).version)
    orders.secure(session, code)
    marks.append(page_of(session, code).version)
    assert len(set(marks)) == 4
    assert page_of(session, code).version == marks[-1]


def test_money_that_came_is_shown_before_the_order_has_heard_of_it(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    pay(session, stand.till, code, PRICE_VND)
    page = page_of(session, code)
    assert (page.state, page.asks, page.may_cancel) == (PayState.RECEIVED, False, False)


def test_what_came_on_top_is_named(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    pay(session, stand.till, code, PRICE_VND + 20_000)
    assert page_of(session, code).payment.surplus_vnd == 20_000


def test_a_second_transfer_is_told_while_the_buyer_still_looks(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    before = page_of(session, code)
    assert (before.state, before.poll_ms) == (PayState.PAID, 2_500)
    pay(session, stand.till, code, PRICE_VND)
    after = page_of(session, code)
    assert (after.payment.surplus_vnd, after.version != before.version) == (PRICE_VND, True)
    time_at.advance(10 * MINUTE_MS)
    assert page_of(session, code).poll_ms == 15_000


def test_past_its_time_it_shows_no_qr_and_looks_seldom(
    session: Session, time_at: FixedClock
) -> None:
    code = make_order(session, make_stand(session))
    time_at.advance(15 * MINUTE_MS)
    page = page_of(session, code)
    assert (page.state, page.asks, page.poll_ms) == (PayState.EXPIRED, False, 15_000)
    assert not page.may_cancel


def test_a_cancelled_order_is_over(session: Session) -> None:
    code = make_order(session, make_stand(session))
    orders.cancel(session, code, Cancellation("link:X"))
    page = page_of(session, code)
    assert (page.state, page.poll_ms, page.may_cancel) == (PayState.CANCELLED, 0, False)


def test_a_paid_order_is_cancelled_by_its_buyer_only(session: Session) -> None:
    _, login = make_login(session)
    stand = make_stand(session)
    code = make_order(session, stand, login=login)
    pay(session, stand.till, code, PRICE_VND)
    orders.secure(session, code)
    session.flush()
    assert not page_of(session, code).may_cancel
    assert pay_page.read(session, code, login, "").may_cancel


def test_the_page_gains_time_only_in_the_last_ten_minutes(
    session: Session, time_at: FixedClock
) -> None:
    code = make_order(session, make_stand(session))
    gains = []
    for _ in range(4):
        gains.append(page_of(session, code).gains_time)
        time_at.advance(6 * MINUTE_MS)
    assert gains == [False, True, True, False]


def test_an_order_of_others_is_not_found(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    with pytest.raises(NotFound):
        pay_page.read(session, code, make_login(session)[1], "")
