"""All roads come in by one door, and what two tell is one line."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from payments import checks, payments
from payments.bank import intake
from payments.bank.intake import Said
from payments.bank.models import LineTelling
from payments.models import BankLine
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell


def lines(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(BankLine)) or 0


def row(content: str, amount_vnd: int, key: str = "SK1", day: int = 25) -> Said:
    """A row of a statement: it has a day and no time, and no reference."""
    at_ms = clock.midnight_ms(clock.today().replace(day=day))
    return Said("statement:x", "file", key, True, amount_vnd, content, "", at_ms, has_time=False)


def paid_by_feed(session: Session, till: Till, amount_vnd: int = 130_000) -> str:
    code = open_payment(session, till, amount_vnd)
    tell(session, till, sepay_body(till, Transfer(f"{code} mua che", amount_vnd, "FT1")))
    return code


def test_the_statement_of_a_paid_order_adds_nothing(session: Session) -> None:
    till = make_till(session)
    code = paid_by_feed(session, till)
    (fate,) = intake.take_in(session, till.account_id, [row(f"MBVCB.1.{code}.CT tu", 130_000)])
    assert (fate.again, lines(session)) == (False, 1)
    assert payments.facts_by_code(session, code).paid_vnd == 130_000
    assert session.scalars(select(LineTelling.line_id)).all() == [fate.line_id] * 2


def test_the_webhook_may_come_after_the_statement(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    intake.take_in(session, till.account_id, [row(f"MBVCB.1.{code}.CT tu", 130_000)])
    tell(session, till, sepay_body(till, Transfer(f"{code} mua che", 130_000, "FT1")))
    facts = payments.facts_by_code(session, code)
    assert (facts.state, facts.paid_vnd, lines(session)) == ("settled", 130_000, 1)


def test_a_file_may_be_taken_in_again(session: Session) -> None:
    till = make_till(session)
    rows = [row("tien che", 50_000, "SK1"), row("tien che", 50_000, "SK1.2")]
    intake.take_in(session, till.account_id, rows)
    again = intake.take_in(session, till.account_id, rows)
    assert [fate.again for fate in again] == [True, True]
    assert lines(session) == 2


def test_a_better_text_of_another_road_finds_the_order(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    tell(session, till, sepay_body(till, Transfer("chuyen tien", 130_000)))
    assert payments.facts_by_code(session, code).state == "expected"
    intake.take_in(session, till.account_id, [row(f"chuyen tien {code}", 130_000)])
    assert payments.facts_by_code(session, code).state == "settled"
    assert lines(session) == 1


def test_what_would_happen_is_what_happens(session: Session) -> None:
    till = make_till(session)
    code = paid_by_feed(session, till)
    rows = [row(code, 130_000), row("tien na", 70_000, "SK2"), row(code, 130_000, "SK3", day=24)]
    foreseen = intake.foresee(session, till.account_id, rows)
    assert [bool(fate.line_id) for fate in foreseen] == [True, False, False]
    assert lines(session) == 1
    intake.take_in(session, till.account_id, rows)
    assert lines(session) == 3


def test_a_telling_that_leaves_its_line_is_named(session: Session) -> None:
    till = make_till(session)
    code = paid_by_feed(session, till)
    intake.take_in(session, till.account_id, [row(code, 130_000), row("x", 9_000, "SK2")])
    assert list(checks.tellings_fit_lines(session)) == []
    session.scalars(select(LineTelling).limit(1)).one().amount_vnd = 1
    session.flush()
    assert len(list(checks.tellings_fit_lines(session))) == 1
