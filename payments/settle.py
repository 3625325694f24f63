"""Every đồng of a bank line gets its place, and the payment it names becomes what the facts say.

The parts of all lines of a payment are worked out anew whenever a fact is added (`states.tally`), under
the lock of the payment's row, so that two notices at once, or the same ones in another order, end
alike (promises P3, P7). Refuses to judge the order: that is heard through events, after the commit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.errors import NotFound
from core.ids import new_id
from payments import money_lines
from payments.bank import attested
from payments.bank.matching import SLIP, Candidate, codes_to_look_up
from payments.cards.models import CardLine
from payments.errors import ReceiptStands
from payments.events import (
    PaymentDuplicate,
    PaymentOwesBack,
    PaymentPartPaid,
    PaymentSettled,
)
from payments.ledger import booking, chart
from payments.ledger.booking import Why
from payments.models import BankAccount, BankLine, CashLine, MatchedPart, Payment
from payments.money_lines import MoneyLine
from payments.receipts import receipts
from payments.receipts.receipts import Proof
from payments.refunds import sums
from payments.refunds.rules import after_refunds
from payments.states import PAID, PAYMENT, Account, Incoming, Part, Tally, tally


@dataclass(frozen=True)
class _Facts:
    """The lines of one payment as they stand with the new one, and the flags kept with each."""

    lines: Sequence[MoneyLine]
    flags: Mapping[str, str]
    came_ms: int | None = None  # when the money came that is new; None where only something else is


def place_given(session: Session, payment: Payment, line: CashLine | CardLine) -> None:
    """Count cash just attested for a payment, or a card just charged; precondition: its row is locked."""
    booking.given_line(session, line)
    _work_out(session, payment, replace(_known_facts(session, payment), came_ms=line.at_ms))


def add(session: Session, payment: Payment, money: MoneyLine, flags: str, *, is_new: bool) -> None:
    """Count `money` for a payment, whose row is locked; `is_new`: it had none, and hears that money came."""
    known = _known_facts(session, payment)
    came_ms = money.at_ms if is_new else None
    facts = _Facts([*known.lines, money], {**known.flags, money.id: flags}, came_ms)
    _work_out(session, payment, facts)
    if not is_new:
        outbox.publish(session, PaymentOwesBack(payment.reference))


def work_out_again(session: Session, payment: Payment) -> None:
    """Let a payment become what its facts say after one that is no money: it expired, goods are gone.

    Precondition: its row is locked.
    """
    _work_out(session, payment, _known_facts(session, payment))
    outbox.publish(session, PaymentOwesBack(payment.reference))


def locked(session: Session, payment_id: str) -> Payment:
    """The payment's row as it stands now, ours until the end of the transaction."""
    return session.get_one(Payment, payment_id, with_for_update=True, populate_existing=True)


def locked_of(session: Session, reference: str) -> Payment:
    """The payment of `reference`, as `locked`; raises NotFound where none was opened."""
    found = session.scalars(select(Payment.id).where(Payment.reference == reference)).one_or_none()
    if found is None:
        raise NotFound()
    return locked(session, found)


def candidates(session: Session, seller_id: str, text: str, at_ms: int) -> list[Candidate]:
    """The seller's payments the text of a line booked at `at_ms` may mean; a stranger's code is unknown."""
    codes = codes_to_look_up(text)
    on_statement_of = func.coalesce(BankAccount.virtual_of, BankAccount.id)
    query = (
        select(Payment.id, Payment.code, on_statement_of, Payment.expired_ms)
        .join(BankAccount, BankAccount.id == Payment.account_id)
        .where(Payment.seller_id == seller_id, Payment.code.in_(codes))
    )
    return [
        Candidate(id_, code, account_id, expired_ms is None or at_ms < expired_ms)
        for id_, code, account_id, expired_ms in session.execute(query)
    ]


def _known_facts(session: Session, payment: Payment) -> _Facts:
    own = MatchedPart.payment_id == payment.id
    bank = select(BankLine, MatchedPart.note, MatchedPart.amount_vnd).join(
        MatchedPart, MatchedPart.bank_line_id == BankLine.id
    )  # a person may have split the line: what of it is this payment's is the sum of its parts here
    lines: dict[str, MoneyLine] = {}
    flags: dict[str, str] = {}
    for row, note, amount_vnd in session.execute(bank.where(own)):
        known_vnd = lines[row.id].amount_vnd if row.id in lines else 0
        lines[row.id] = replace(money_lines.of_bank(row), amount_vnd=known_vnd + amount_vnd)
        flags[row.id] = note
    for cash in session.scalars(select(CashLine).where(CashLine.payment_id == payment.id)):
        lines[cash.id], flags[cash.id] = money_lines.of_cash(cash), ""
    for card in session.scalars(select(CardLine).where(CardLine.payment_id == payment.id)):
        lines[card.id], flags[card.id] = money_lines.of_card(card), ""
    return _Facts(list(lines.values()), flags)


def _work_out(session: Session, payment: Payment, facts: _Facts) -> None:
    gone = sums.gone(session, payment.id)
    result = tally(
        sums.claim(payment, gone), [_incoming(row, facts.flags[row.id]) for row in facts.lines]
    )
    if payment.settled_ms is not None and result.paid_vnd < payment.amount_vnd:
        raise ReceiptStands()
    duplicate_vnd = _replace_parts(session, payment, facts, result.parts)
    _book(session, payment, facts)
    if duplicate_vnd > 0 and facts.came_ms is not None:
        outbox.publish(session, PaymentDuplicate(payment.reference, duplicate_vnd))
    payment.paid_vnd = result.paid_vnd
    sums.note_owed(payment, result.parts, gone)
    _move(payment, after_refunds(result.state, result.paid_vnd, gone.proved_paid_vnd))
    if result.state == "settled" and payment.settled_ms is None:
        _settled(session, payment, facts, result)
    elif facts.came_ms is not None and result.state != "settled":
        outbox.publish(session, PaymentPartPaid(payment.reference))


def _book(session: Session, payment: Payment, facts: _Facts) -> None:
    """Let the ledger follow where the payment's đồng stand now."""
    at_ms = clock.now_ms() if facts.came_ms is None else facts.came_ms
    why = Why(f"Ghi tiền cho mã {payment.code}", at_ms)
    booking.follow(session, payment.seller_id, [payment.id], why)


def _incoming(row: MoneyLine, flags: str) -> Incoming:
    by_slip = SLIP in flags.split()
    return Incoming(row.at_ms, row.reference, row.id, row.amount_vnd, by_slip)


def _move(payment: Payment, state: str) -> None:
    """Bring the payment to `state`, if it is not there."""
    if payment.state == state:
        return
    payment.state = PAYMENT.move(payment.state, state)


def _settled(session: Session, payment: Payment, facts: _Facts, result: Tally) -> None:
    """The one way into `settled`: stamped, receipt issued, told."""
    assert result.paid_at_ms is not None, "a filled sum was filled by a line"
    paying = {part.line_id for part in result.parts if part.account in PAID}
    in_order = sorted(facts.lines, key=lambda line: (line.at_ms, line.reference))
    filled = [line for line in in_order if line.id in paying]
    payment.settled_ms = clock.now_ms()
    by_bank = [line for line in filled if line.by == money_lines.BANK]
    seen = attested.tails(session, [line.id for line in by_bank])
    proof = Proof(
        tuple(f"…{seen[line.id]}" if line.id in seen else line.reference for line in by_bank),
        result.paid_at_ms,
        in_cash=any(line.by == money_lines.CASH for line in filled),
        card_references=tuple(line.reference for line in filled if line.by == money_lines.CARD),
        attested=bool(seen),
    )
    receipts.issue(session, payment, proof)
    outbox.publish(session, PaymentSettled(payment.reference, payment.id))


def _replace_parts(session: Session, payment: Payment, facts: _Facts, parts: Sequence[Part]) -> int:
    """Store `parts` as the payment's; returns by how many đồng its duplicates grew."""
    before = _duplicate_vnd(session, payment.id)
    session.execute(delete(MatchedPart).where(MatchedPart.payment_id == payment.id))
    lines = {line.id: line for line in facts.lines}
    for part in parts:
        line = lines[part.line_id]
        session.add(_row(line, part.account, part.amount_vnd, facts.flags[line.id], payment.id))
    session.flush()
    return _duplicate_vnd(session, payment.id) - before


def _duplicate_vnd(session: Session, payment_id: str) -> int:
    query = select(MatchedPart.amount_vnd).where(
        MatchedPart.payment_id == payment_id, MatchedPart.account == Account.DUPLICATE
    )
    return sum(session.scalars(query))


def suspend(session: Session, line: MoneyLine, account: Account, why: str) -> None:
    """Let all of `line` stand in a named account, with no payment; `why` is its note."""
    session.add(_row(line, account, line.amount_vnd, why, None))
    words = chart.meaning(chart.OF_PART[account]).words
    booking.follow(session, line.seller_id, [line.id], Why(words, line.at_ms))


def _row(
    line: MoneyLine, account: Account, amount_vnd: int, note: str, payment_id: str | None
) -> MatchedPart:
    """A part; its age counts from when we heard of the line."""
    return MatchedPart(
        id=new_id(),
        seller_id=line.seller_id,
        bank_line_id=line.id if line.by == money_lines.BANK else None,
        cash_line_id=line.id if line.by == money_lines.CASH else None,
        card_line_id=line.id if line.by == money_lines.CARD else None,
        payment_id=payment_id,
        account=account,
        amount_vnd=amount_vnd,
        note=note,
        at_ms=line.heard_ms,
    )
