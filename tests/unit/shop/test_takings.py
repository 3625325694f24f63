"""What sales by hand bring is cash and income at once, counted once, and taken back by a reversal."""

import pytest
from sqlalchemy.orm import Session

from catalog.events import StallSold
from core import clock, fsck
from core.clock import FixedClock
from payments.desk import front
from payments.ledger import chart, posting, takings
from shop.tax import stall_takings, tax_facts
from tests.factories.identity import make_seller

_DAY_MS = 86_400_000


@pytest.fixture(autouse=True)
def at(time_at: FixedClock) -> FixedClock:
    return time_at


def sold(session: Session, seller: str, sale: str = "stall:1", vnd: int = 130_000) -> None:
    stall_takings.stall_sold(session, StallSold(seller, sale, vnd, clock.now_ms()))


def stands(session: Session, seller: str) -> dict[str, int]:
    return {one.account: one.amount_vnd for one in posting.balances(session, seller)}


def problems(session: Session) -> list[str]:
    return [found for verdict in fsck.run_all(session) for found in verdict.problems]


def test_a_sale_by_hand_is_cash_and_income_once(session: Session) -> None:
    seller = make_seller(session)
    for _ in range(2):
        sold(session, seller)
    assert stands(session, seller) == {chart.CASH_STALL: 130_000, chart.SALES: -130_000}
    assert front.today(session, seller).came_vnd == 130_000
    assert tax_facts.year(session, seller, clock.today().year).turnover_vnd == 130_000
    assert problems(session) == []


def test_a_sale_that_was_undone_counts_no_more(session: Session) -> None:
    seller = make_seller(session)
    sold(session, seller)
    for _ in range(2):
        takings.undo(session, seller, "stall:1")
    assert (stands(session, seller), front.today(session, seller).came_vnd) == ({}, 0)


def test_what_was_given_for_nothing_is_not_booked_and_a_phone_ahead_counts_for_now(
    session: Session,
) -> None:
    seller, now = make_seller(session), clock.now_ms()
    sold(session, seller, vnd=0)
    later = StallSold(seller, "stall:2", 65_000, now + _DAY_MS)
    stall_takings.stall_sold(session, later)
    assert takings.sum_vnd(session, seller, now, now + 1) == 65_000
