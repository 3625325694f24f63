"""Tax of an order: entered when it is paid, taken back with the money, in Vietnam's months."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core import clock, fsck
from core.clock import VIETNAM, FixedClock
from core.errors import BadRequest
from core.identity import sellers
from shop import orders
from shop.cases import handling
from shop.cases.handling import Outcome
from shop.cases.opening import SELLER, Words
from shop.fees import months
from shop.fees.months import Month
from shop.orders import Cancellation
from shop.tax import entering, modes, rating, tax_facts
from shop.tax.errors import BadTaxRate
from shop.tax.models import TaxEntry
from shop.tax.tax_rules import OFF, RECORD, WITHHOLD, Tax, TaxRate, default_mode, next_entry, tax_of
from shop.tax.tax_sheet import percent, sheet
from tests.factories.cases import make_case
from tests.factories.shop import Stand, make_order, make_stand, paid_order

RATE = TaxRate(0, 100, 50, 500_000_000, "law")


@pytest.fixture
def stand(session: Session, time_at: FixedClock) -> Stand:
    made = make_stand(session, packs=20)
    modes.choose(session, made.seller_id, RECORD, "p:owner")
    return made


def entered(session: Session, code: str) -> list[tuple[int, int, int]]:
    query = select(TaxEntry).where(TaxEntry.order_code == code).order_by(TaxEntry.number)
    return [(row.turnover_vnd, row.vat_vnd, row.pit_vnd) for row in session.scalars(query)]


@given(st.lists(st.integers(0, 499_999_999), min_size=1, max_size=6))
def test_entries_always_sum_to_the_tax_of_what_is_left(kept: list[int]) -> None:
    before: list[Tax] = []
    for vnd in kept:
        before.append(next_entry(RATE, vnd, before))
        assert sum(before, Tax()) == tax_of(RATE, vnd)


def test_the_table_of_three_days() -> None:
    before: list[Tax] = []
    for kept_vnd in (65_050, 45_025, 0):
        before.append(next_entry(RATE, kept_vnd, before))
    assert before == [
        Tax(65_050, 651, 325),
        Tax(-20_025, -201, -100),
        Tax(-45_025, -450, -225),
    ]


def test_a_paid_order_is_entered_once(session: Session, stand: Stand) -> None:
    code = paid_order(session, stand, packs=2)
    for _ in range(2):
        entering.follow(session, code)
    assert entered(session, code) == [(130_000, 1_300, 650)]


def test_an_order_that_waits_for_money_is_not_entered(session: Session, stand: Stand) -> None:
    code = make_order(session, stand)
    entering.follow(session, code)
    orders.secure_by(session, code, "cod", "p:staff")
    entering.follow(session, code)
    assert entered(session, code) == []


def test_money_given_back_takes_its_tax_back(session: Session, stand: Stand) -> None:
    code = paid_order(session, stand, packs=2)
    entering.follow(session, code)
    case = make_case(session, "order", code)
    words = Words("p:staff", "hàng dập")
    handling.settle(session, case, SELLER, Outcome("refund", 40_050, words))
    entering.follow(session, code)
    orders.cancel(session, code, Cancellation("p:buyer", by_buyer=True))
    entering.follow(session, code)
    assert entered(session, code) == [
        (130_000, 1_300, 650),
        (-40_050, -400, -200),
        (-89_950, -900, -450),
    ]
    assert [one for verdict in fsck.run_all(session) for one in verdict.problems] == []


def test_a_choice_is_for_orders_paid_after_it(session: Session, stand: Stand) -> None:
    first = paid_order(session, stand)
    entering.follow(session, first)
    modes.choose(session, stand.seller_id, OFF, "p:owner")
    second = paid_order(session, stand)
    entering.follow(session, second)
    orders.cancel(session, first, Cancellation("p:buyer", by_buyer=True))
    entering.follow(session, first)
    assert (len(entered(session, first)), entered(session, second)) == (2, [])


def test_a_household_is_computed_and_a_cooperative_is_not() -> None:
    assert (default_mode("household"), default_mode("cooperative")) == (RECORD, OFF)


def test_an_unknown_mode_is_refused(session: Session, stand: Stand) -> None:
    with pytest.raises(BadRequest):
        modes.choose(session, stand.seller_id, "all", "p:owner")
    assert modes.of_seller(session, stand.seller_id) == RECORD


@pytest.mark.parametrize(
    ("year", "exempt_vnd"), [(2021, 100_000_000), (2025, 100_000_000), (2026, 500_000_000)]
)
def test_a_rate_begins_at_midnight_in_vietnam(session: Session, year: int, exempt_vnd: int) -> None:
    midnight_ms = int(datetime(year, 1, 1, tzinfo=VIETNAM).timestamp() * 1000)
    rate = rating.at(session, midnight_ms)
    before = rating.at(session, midnight_ms - 1)
    assert rate is not None
    assert (rate.exempt_vnd, rate.vat_basis_points, rate.pit_basis_points) == (exempt_vnd, 100, 50)
    assert before is None or before.exempt_vnd == 100_000_000


def test_a_new_rate_is_for_later_and_has_a_source(session: Session, stand: Stand) -> None:
    old = paid_order(session, stand)
    entering.follow(session, old)
    rating.add(session, TaxRate(clock.now_ms() + 1, 200, 0, 0, "một luật mới"), "operator")
    with pytest.raises(BadTaxRate):
        rating.add(session, TaxRate(clock.now_ms() + 1, 300, 0, 0, "luật khác"), "operator")
    with pytest.raises(BadTaxRate):
        rating.add(session, TaxRate(clock.now_ms() + 2, 300, 0, 0, " "), "operator")
    assert entered(session, old) == [(65_000, 650, 325)]


def test_fsck_finds_an_entry_that_is_not_its_rate(session: Session, stand: Stand) -> None:
    modes.choose(session, stand.seller_id, WITHHOLD, "p:owner")
    entering.follow(session, paid_order(session, stand))
    session.execute(text("UPDATE tax_entries SET vat_vnd = 651"))
    found = {verdict.name for verdict in fsck.run_all(session) if verdict.problems}
    assert found == {"tax.entries_come_to_the_rate"}


def test_a_month_is_vietnams_and_the_year_stands_beside_its_threshold(
    session: Session, stand: Stand, time_at: FixedClock
) -> None:
    december_ms = Month(2026, 12).begins_ms
    assert december_ms == int(datetime(2026, 11, 30, 17, tzinfo=UTC).timestamp() * 1000)
    for at_ms in (december_ms - 1, december_ms):
        time_at.at_ms = at_ms
        entering.follow(session, paid_order(session, stand))
    found = tax_facts.months(session, stand.seller_id)
    assert [(one.month.key, one.tax.tax_vnd) for one in found] == [
        ("2026-12", 975),
        ("2026-11", 975),
    ]
    assert len(tax_facts.lines(session, stand.seller_id, Month(2026, 11))) == 1
    year = tax_facts.year(session, stand.seller_id, 2026)
    assert (year.turnover_vnd, year.left_vnd) == (130_000, 499_870_000)


def test_the_accountants_table_sums_the_month(app: Flask, session: Session, stand: Stand) -> None:
    entering.follow(session, paid_order(session, stand, packs=2))
    with app.test_request_context():
        entered = tax_facts.lines(session, stand.seller_id, months.this_month())
        table = sheet(sellers.facts(session, stand.seller_id), months.this_month(), entered)
    assert table.rows[0][5:11] == (130_000, "1%", 1_300, "0,5%", 650, 1_950)
    assert table.rows[-1][5:11] == (130_000, None, 1_300, None, 650, 1_950)


@pytest.mark.parametrize(
    ("points", "words"), [(100, "1%"), (50, "0,5%"), (125, "1,25%"), (0, "0%")]
)
def test_a_share_is_written_as_people_write_it(points: int, words: str) -> None:
    assert percent(points) == words
