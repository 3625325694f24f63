"""Money a person saw: it counts as their word, the statement checks it, and it can be taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.money import BadAmount
from payments import payments
from payments.bank import intake
from payments.bank.intake import Said
from payments.bank.models import Attestation, LineTelling
from payments.bank.seen_errors import (
    SeenAlready,
    SeenConfirmed,
    SeenReceipted,
    SeenTakenBack,
    SeenUsed,
)
from payments.bank.seen_rules import Standing
from payments.desk import decisions, front, lines, seen, seen_list
from payments.desk.decisions import Word
from payments.desk.desk_rules import Share
from payments.desk.seen import Sight, Witness
from payments.ledger import posting
from payments.models import BankLine, MatchedPart
from payments.receipts import receipts
from payments.statements import days
from payments.statements.models import StatementFile
from payments.states import Account
from tests.factories.payments import Till, Transfer, make_till, open_payment, pay, sepay_body, tell

pytestmark = pytest.mark.usefixtures("time_at")
DAY = date(2026, 11, 25)
ASKED_VND = 130_000


def witness(till: Till) -> Witness:
    return Witness(till.seller_id, "p:hoa", "Cô Hoa", "thấy trong app")


def sight(till: Till, memo: str = "", amount_vnd: int = ASKED_VND, tail: str = "4471") -> Sight:
    return Sight(till.account_id, amount_vnd, tail, DAY, memo)


def say(session: Session, till: Till, memo: str = "", amount_vnd: int = ASKED_VND) -> str:
    return seen.say(session, witness(till), sight(till, memo, amount_vnd))


def statement(session: Session, till: Till, *told: Said) -> None:
    """A statement of that day was taken in: it tells of `told`."""
    intake.take_in(session, till.account_id, told)
    session.add(
        StatementFile(
            seller_id=till.seller_id,
            account_id=till.account_id,
            name="sao-ke.csv",
            digest="0" * 64,
            cells="[]",
            mapping="{}",
            state="taken",
            first_day=DAY.toordinal(),
            last_day=DAY.toordinal(),
            actor="p:hoa",
            created_ms=0,
        )
    )
    session.flush()


def row(text: str, amount_vnd: int = ASKED_VND, reference: str = "FT263294471") -> Said:
    at_ms = int((DAY - date(1970, 1, 1)) / timedelta(milliseconds=1))
    return Said("statement:x", "file", reference, True, amount_vnd, text, reference, at_ms)


def of(session: Session, line: str) -> seen_list.Seen:
    return seen_list.of_lines(session, [line])[line]


def sound(session: Session) -> bool:
    return not [found for verdict in fsck.run_all(session) for found in verdict.problems]


def test_a_persons_word_pays_an_order_and_its_receipt_says_so(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    line = say(session, till, code)
    facts = payments.facts_by_code(session, code)
    receipt = receipts.get(session, facts.receipt_id or "").facts
    assert (facts.state, receipt.method, receipt.bank_references) == (
        "settled",
        "attested",
        ("…4471",),
    )
    found = of(session, line)
    assert (found.name, found.standing, found.codes) == ("Cô Hoa", Standing.WAITING, (code,))
    assert seen_list.of_reference(session, f"order:{code}") == (found,)
    assert sound(session)


def test_the_statement_confirms_it_and_nothing_is_counted_twice(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    line = say(session, till, code)
    statement(session, till, row(f"{code} tra tien che"))
    found = of(session, line)
    assert (found.standing, found.by, found.differs) == (Standing.CONFIRMED, "statement", False)
    assert payments.facts_by_code(session, code).surplus_vnd == 0
    assert session.scalars(select(BankLine)).one().id == line
    with pytest.raises(SeenConfirmed):
        seen.take_back(session, line, witness(till))
    assert sound(session)


def test_what_a_feed_told_before_is_the_same_line(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    tell(session, till, sepay_body(till, Transfer(f"{code} che", ASKED_VND, "FT263294471")))
    line = say(session, till, code)
    facts = payments.facts_by_code(session, code)
    assert (of(session, line).standing, facts.surplus_vnd) == (Standing.CONFIRMED, 0)
    assert receipts.get(session, facts.receipt_id or "").facts.method == "bank_transfer"


def test_a_reference_that_ends_otherwise_is_said(session: Session) -> None:
    till = make_till(session)
    line = say(session, till, "", 41_000)
    statement(session, till, row("tien che", 41_000, "FT263290007\\BNK"))
    found = of(session, line)
    assert (found.standing, found.differs, found.reference) == (
        Standing.CONFIRMED,
        True,
        "FT263290007",
    )


def test_a_statement_of_that_day_without_it_raises_the_alarm(session: Session) -> None:
    till = make_till(session)
    quiet = say(session, till, "", 41_000)
    statement(session, till, row("khac", 9_000))
    waits = seen_list.open_of(session, till.seller_id)
    assert [(one.line_id, one.standing) for one in waits] == [(quiet, Standing.MISSING)]


def test_a_word_taken_back_counts_for_nothing_and_stays_written(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, 200_000)
    line = say(session, till, code)
    assert payments.facts_by_code(session, code).paid_vnd == ASKED_VND
    seen.take_back(session, line, replace(witness(till), name="Chú Ba", reason="nhìn nhầm"))
    facts = payments.facts_by_code(session, code)
    assert (facts.state, facts.paid_vnd) == ("expected", 0)
    found = of(session, line)
    assert (found.standing, found.back) == (Standing.TAKEN_BACK, "Chú Ba: nhìn nhầm")
    assert not [one for one in posting.balances(session, till.seller_id) if one.subject == ""]
    assert front.today(session, till.seller_id).came_vnd == 0
    assert not lines.waiting(session, till.seller_id, outgoing=True).number
    with pytest.raises(SeenTakenBack):
        seen.take_back(session, line, witness(till))
    assert sound(session)


def test_what_the_bank_tells_after_a_word_was_taken_back_is_a_line_of_its_own(
    session: Session,
) -> None:
    till = make_till(session)
    code = open_payment(session, till, 200_000)
    line = say(session, till, code)
    seen.take_back(session, line, witness(till))
    statement(session, till, row(f"{code} tra tien che"))
    assert payments.facts_by_code(session, code).paid_vnd == ASKED_VND
    assert of(session, line).standing is Standing.TAKEN_BACK
    assert [one.facts.in_vnd for one in days.of_account(session, till.account_id, 31)] == [
        ASKED_VND
    ]
    assert sound(session)


def test_the_same_money_is_not_told_twice_but_may_be_after_it_was_taken_back(
    session: Session,
) -> None:
    till = make_till(session)
    line = say(session, till)
    for day in (DAY, DAY - timedelta(days=1)):
        with pytest.raises(SeenAlready):
            seen.say(session, witness(till), replace(sight(till), day=day))
    seen.say(session, witness(till), sight(till, tail="9999"))
    seen.take_back(session, line, witness(till))
    assert say(session, till) != line
    assert sound(session)


def test_a_word_with_a_receipt_or_placed_by_hand_stays(session: Session) -> None:
    till = make_till(session)
    paid, placed = say(session, till, open_payment(session, till)), say(session, till, "", 5_000)
    word = Word(till.seller_id, placed, 0, "p:hoa", "trả nợ")
    decisions.place(session, word, [Share(5_000, None, Account.NOT_OURS)])
    with pytest.raises(SeenReceipted):
        seen.take_back(session, paid, witness(till))
    with pytest.raises(SeenUsed):
        seen.take_back(session, placed, witness(till))


def test_no_sum_and_no_strangers_account_and_no_line_of_the_bank(session: Session) -> None:
    till, other = make_till(session), make_till(session)
    with pytest.raises(BadAmount):
        say(session, till, "", 0)
    with pytest.raises(NotFound):
        seen.say(session, witness(other), sight(till))
    pay(session, till, open_payment(session, till), ASKED_VND)
    line = session.scalars(select(BankLine.id)).one()
    for who in (till, other):
        with pytest.raises(NotFound):
            seen.take_back(session, line, witness(who))


def test_todays_money_says_what_only_people_saw(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    pay(session, till, open_payment(session, till), ASKED_VND)
    line = say(session, till, "", 41_000)
    today = front.today(session, till.seller_id)
    assert (today.bank_vnd, today.lines, today.seen_vnd) == (ASKED_VND, 1, 41_000)
    assert lines.facts(session, till.seller_id, line).seen == of(session, line)


def test_fsck_finds_a_word_without_a_witness_and_one_taken_back_that_still_pays(
    session: Session,
) -> None:
    till = make_till(session)
    line = say(session, till, "", 41_000)
    seen.take_back(session, line, witness(till))
    for part in session.scalars(select(MatchedPart)):
        part.account = Account.UNKNOWN_CODE
    for word in session.scalars(select(Attestation)):
        word.reason = ""
    session.flush()
    broken = {one.name for one in fsck.run_all(session) if one.problems}
    assert {"payments.seen_money_has_a_witness", "payments.taken_back_pays_for_nothing"} <= broken


@pytest.mark.parametrize("wrong", [{"amount_vnd": 40_999}, {"at_ms": 1}, {"key": "back:nobody"}])
def test_fsck_finds_what_takes_back_another_word_than_it_stands_against(
    session: Session, wrong: dict[str, int | str]
) -> None:
    till = make_till(session)
    seen.take_back(session, say(session, till, "", 41_000), witness(till))
    assert sound(session)
    session.execute(update(LineTelling).where(LineTelling.direction == "out").values(**wrong))
    broken = {one.name for one in fsck.run_all(session) if one.problems}
    assert "payments.taken_back_stands_against_its_word" in broken
