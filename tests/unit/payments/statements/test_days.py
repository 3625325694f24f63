"""A day adds up by the bank's own balances, or the first line where it breaks is named."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from payments.bank import intake
from payments.bank.intake import Said
from payments.statements import day_rules, days
from payments.statements.day_rules import Break, DayLine, State
from tests.factories.payments import Till, Transfer, make_till, sepay_body, tell

pytestmark = pytest.mark.usefixtures("time_at")
DAY = 739_945


def told(name: str, change_vnd: int, balance_vnd: int | None = None, day: int = DAY) -> DayLine:
    return DayLine(name, day, change_vnd, balance_vnd)


def test_a_day_that_adds_up() -> None:
    (found,) = day_rules.days([told("a", 100, 1_100), told("b", -30), told("c", 50, 1_120)])
    assert (found.opening_vnd, found.closing_vnd, found.state) == (1_000, 1_120, State.EVEN)
    assert (found.in_vnd, found.out_vnd) == (150, 30)


def test_the_first_line_where_it_breaks_is_named_once() -> None:
    lines = [told("a", 100, 1_100), told("c", 50, 1_220), told("d", 10, 1_230)]
    (found,) = day_rules.days(lines)
    assert (found.state, found.breaks) == (State.BROKEN, (Break("c", 70),))


def test_money_missing_between_two_days_breaks_the_second() -> None:
    first, second = day_rules.days([told("a", 100, 1_100), told("b", 10, 1_050, DAY + 1)])
    assert (first.state, second.breaks) == (State.EVEN, (Break("b", -60),))


def test_without_a_balance_nothing_is_said() -> None:
    (found,) = day_rules.days([told("a", 100)])
    assert (found.state, found.closing_vnd) == (State.UNTOLD, None)


def hear(session: Session, till: Till, amount_vnd: int, balance_vnd: int, at: str) -> None:
    body = sepay_body(till, Transfer("tien che", amount_vnd, at=f"2026-11-24 {at}"))
    tell(session, till, body.replace(b'"accumulated": 0', f'"accumulated": {balance_vnd}'.encode()))


def test_a_feed_that_missed_a_transfer_is_found_out_by_its_balances(session: Session) -> None:
    till = make_till(session)
    hear(session, till, 50_000, 150_000, "08:00:00")
    hear(session, till, 20_000, 200_000, "09:00:00")
    (found,) = days.of_account(session, till.account_id, 62)
    assert [(one.change_vnd, one.missing_vnd) for one in found.suspects] == [(20_000, 30_000)]
    assert days.broken_days(session, till.seller_id) == 1


def test_the_statement_that_has_it_makes_the_day_even(session: Session) -> None:
    till = make_till(session)
    hear(session, till, 50_000, 150_000, "08:00:00")
    hear(session, till, 20_000, 200_000, "09:00:00")
    midnight = 1_795_453_200_000  # of 24/11/2026 in Vietnam
    rows = [(50_000, 150_000), (30_000, 180_000), (20_000, 200_000)]
    said = [
        Said("statement:x", "f", f"SK{n}", True, vnd, "x", "", midnight, False, after, n)
        for n, (vnd, after) in enumerate(rows)
    ]
    intake.take_in(session, till.account_id, said)
    (found,) = days.of_account(session, till.account_id, 62)
    assert (found.facts.state, found.facts.lines) == (State.EVEN, 3)


def test_a_guest_sees_no_days(client: FlaskClient) -> None:
    assert client.get("/console/nobody/money/days").status_code in (302, 303, 401)
