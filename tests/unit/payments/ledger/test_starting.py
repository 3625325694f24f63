"""What stood on an account when the books begin: said once by a person, taken back by a row of its own."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core import fsck
from core.errors import BadRequest, NotFound
from payments.ledger import books, chart, closing, starting
from payments.ledger.errors import OpeningKnown, OpeningTooLate
from payments.ledger.months import Month
from payments.ledger.starting import Speaker, Start
from tests.factories.payments import Till, Transfer, make_till, sepay_body, tell

_DAY = date(2026, 11, 1)


def bank(till: Till) -> str:
    return chart.bank(till.account_id)


def speaker(till: Till, seen: int = 0) -> Speaker:
    return Speaker(till.seller_id, "p:accountant", "sao kê tháng 10", seen)


def moved(session: Session, till: Till) -> None:
    tell(session, till, sepay_body(till, Transfer("tien che", 70_000, at="2026-11-05 10:00:00")))


def november(session: Session, till: Till) -> tuple[int, int]:
    """What stood on the bank account before November, and at its end."""
    rows = books.trial_balance(session, till.seller_id, Month(2026, 11)).money
    row = next(one for one in rows if one.named.account == bank(till))
    return row.opening_vnd, row.closing_vnd


def problems(session: Session) -> list[str]:
    return [found for verdict in fsck.run_all(session) for found in verdict.problems]


def test_an_account_begins_with_what_a_person_said(session: Session) -> None:
    till = make_till(session)
    moved(session, till)
    starting.say(session, speaker(till), Start(bank(till), 2_000_000, date(2026, 10, 31)))
    assert november(session, till) == (2_000_000, 2_070_000)
    assert starting.standing(session, till.seller_id)[0].amount_vnd == 2_000_000
    assert problems(session) == []


def test_a_beginning_is_said_once_and_another_after_it_was_taken_back(session: Session) -> None:
    till = make_till(session)
    starting.say(session, speaker(till), Start(bank(till), 2_000_000, _DAY))
    with pytest.raises(OpeningKnown):
        starting.say(session, speaker(till, 1), Start(bank(till), 5, _DAY))
    with pytest.raises(OpeningKnown):
        starting.take_back(session, speaker(till, 0), bank(till))
    starting.take_back(session, speaker(till, 1), bank(till))
    starting.say(session, speaker(till, 2), Start(bank(till), 2_500_000, _DAY))
    moved(session, till)
    assert november(session, till) == (0, 2_570_000)
    assert problems(session) == []


def test_money_that_moved_before_that_day_would_count_twice(session: Session) -> None:
    till = make_till(session)
    moved(session, till)
    with pytest.raises(OpeningTooLate):
        starting.say(session, speaker(till), Start(bank(till), 2_000_000, date(2026, 11, 6)))
    starting.say(session, speaker(till), Start(bank(till), 2_000_000, date(2026, 11, 5)))


def test_a_beginning_before_a_closed_month_counts_for_the_first_open_moment(
    session: Session,
) -> None:
    till = make_till(session)
    closing.close(session, till.seller_id, Month(2026, 10), "p:accountant")
    starting.say(session, speaker(till), Start(bank(till), 2_000_000, date(2026, 3, 1)))
    assert november(session, till) == (0, 2_000_000)
    assert problems(session) == []


def test_only_the_sellers_own_places_of_money_have_a_beginning(session: Session) -> None:
    till, other = make_till(session), make_till(session)
    for account in (bank(other), "sales", "cash:cod"):
        with pytest.raises(NotFound):
            starting.say(session, speaker(till), Start(account, 1_000, _DAY))
    for vnd, day in ((0, _DAY), (1_000, date(2027, 1, 1))):
        with pytest.raises(BadRequest):
            starting.say(session, speaker(till), Start(chart.CASH_STALL, vnd, day))


@pytest.mark.parametrize("guarded", [True, False])
def test_what_was_said_is_never_changed_and_the_trigger_is_why(
    session: Session, *, guarded: bool
) -> None:
    till = make_till(session)
    starting.say(session, speaker(till), Start(bank(till), 2_000_000, _DAY))
    if not guarded:
        _unseal(session)
    change = text("UPDATE opening_balances SET amount_vnd = 1")
    if guarded:
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(change)
        return
    session.execute(change)
    assert any("opening" in found or "bank:" in found for found in problems(session))


def _unseal(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER opening_balances_no_update"))
    else:
        session.execute(text("DROP TRIGGER opening_balances_no_change ON opening_balances"))
