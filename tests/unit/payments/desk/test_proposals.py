"""What a line may mean is proposed with its reason; a person decides."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from payments import payments
from payments.desk import decisions, lines, open_payments, proposals
from payments.desk.decisions import Word
from payments.desk.desk_rules import Share, with_rest
from payments.desk.proposals import Proposals
from payments.models import BankLine
from tests.factories.payments import Till, Transfer, make_till, open_payment, pay, sepay_body, tell
from tests.support.histories import slipped


def said(clock_ms: int) -> str:
    """A time as banks write it."""
    return f"{clock.in_vietnam(clock_ms):%Y-%m-%d %H:%M:%S}"


def came(session: Session, till: Till, text: str, amount_vnd: int) -> BankLine:
    at = said(clock.now_ms() + 60_000)
    tell(session, till, sepay_body(till, Transfer(text, amount_vnd, at=at)))
    newest = select(BankLine).where(BankLine.account_id == till.account_id)
    return (
        session.scalars(newest.order_by(BankLine.received_ms.desc(), BankLine.id)).first() or _no()
    )


def _no() -> BankLine:
    raise AssertionError("no line")


def told(found: Proposals) -> list[tuple[str, str, bool]]:
    return [(one.payment.code, one.why.value, one.ticked) for one in found.fitting]


def test_the_only_payment_of_that_sum_within_the_hour_is_proposed(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    line = came(session, till, "tien che", 130_000)
    assert told(proposals.for_line(session, till.seller_id, line)) == [(code, "sum", True)]


def test_two_equal_sums_are_shown_and_neither_is_ticked(session: Session) -> None:
    till = make_till(session)
    codes = {open_payment(session, till), open_payment(session, till)}
    line = came(session, till, "tien che", 130_000)
    found = told(proposals.for_line(session, till.seller_id, line))
    assert {(code, why, ticked) for code, why, ticked in found} == {
        (code, "sum", False) for code in codes
    }


def test_a_payment_older_than_the_hour_is_no_proposal(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    open_payment(session, till)
    time_at.advance(3_600_000)
    line = came(session, till, "tien che", 130_000)
    assert told(proposals.for_line(session, till.seller_id, line)) == []


def test_several_codes_are_a_ready_split_where_the_sums_fit(session: Session) -> None:
    till = make_till(session)
    first, second = open_payment(session, till, 60_000), open_payment(session, till, 70_000)
    open_payment(session, till, 130_000)
    found = proposals.for_line(
        session, till.seller_id, came(session, till, f"{first} {second}", 130_000)
    )
    assert {code for code, why, _ in told(found) if why == "named"} == {first, second}
    assert [one.amount_vnd for one in found.split] == [60_000, 70_000]


def test_a_misread_code_of_a_payment_on_another_account_is_proposed(session: Session) -> None:
    till = make_till(session)
    code = next(code for code in iter(lambda: open_payment(session, till), "") if slipped(code))
    beside = make_till(session, till.seller_id)
    line = came(session, beside, slipped(code) or "", 99_000)
    assert told(proposals.for_line(session, till.seller_id, line)) == [(code, "slip", False)]


def test_who_paid_before_with_the_same_words_is_known_again(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    words = "NGUYEN THI HOA chuyen tien"
    earlier = open_payment(session, till)
    line = came(session, till, words, 130_000)
    share = Share(130_000, payments.facts_by_code(session, earlier).id)
    decisions.place(session, Word(till.seller_id, line.id, 0, "p:staff"), [share])
    code = open_payment(session, till)
    time_at.advance(2 * 3_600_000)
    again = came(session, till, f"{words} FT123", 130_000)
    assert told(proposals.for_line(session, till.seller_id, again)) == [(code, "payer", True)]


def test_open_payments_are_found_by_code_and_by_sum_of_that_seller_alone(session: Session) -> None:
    till, other = make_till(session), make_till(session)
    code, paid = open_payment(session, till), open_payment(session, till)
    pay(session, till, paid, 130_000)
    open_payment(session, other)
    for typed in ("130k", "130.000 đ", code, code.lower()[2:7], f" {code[:5]} {code[5:]}"):
        found = open_payments.search(session, till.seller_id, typed)
        assert [one.code for one in found] == [code], typed
    assert open_payments.search(session, till.seller_id, "??") == ()


def test_the_rest_of_a_line_goes_where_it_is_told_and_what_paid_stays() -> None:
    kept = (Share(60_000, "a"),)
    assert with_rest(100_000, kept, Share(0, "b")) == (*kept, Share(40_000, "b"))
    assert with_rest(100_000, kept, Share(0, "a")) == (Share(100_000, "a"),)


def test_lines_wait_the_oldest_first_and_are_counted(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    for text in ("mot", "hai"):
        came(session, till, text, 1_000)
        time_at.advance(60_000)
    tell(session, till, sepay_body(till, Transfer("tien ra", 7_000, direction="out")))
    waits = lines.waiting(session, till.seller_id)
    assert [one.content for one in waits.lines] == ["mot", "hai"]
    assert (waits.number, waits.sum_vnd) == (2, 2_000)
    out = lines.waiting(session, till.seller_id, outgoing=True)
    assert [one.content for one in out.lines] == ["tien ra"]
