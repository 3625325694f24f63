"""Every đồng of a bank line gets its place, and the payment it names becomes what the facts say.

The parts of all lines of a payment are worked out anew whenever a fact is added (`states.tally`), under
the lock of the payment's row, so that two notices at once, or the same ones in another order, end
alike (promises P3, P7). Refuses to judge the order: that is heard through events, after the commit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.errors import NotFound
from core.ids import new_id
from payments import money_lines
from payments.bank import attested
from payments.bank.matching import BY_PERSON, SLIP, Candidate, Unmatched, codes_to_look_up, match
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
from payments.models import BankLine, CashLine, MatchedPart, Payment
from payments.money_lines import MoneyLine
from payments.payouts import proving as payouts
from payments.receipts import receipts
from payments.receipts.receipts import Proof
from payments.refunds import proving, sums
from payments.refunds.rules import after_refunds
from payments.states import PAID, PAYMENT, Account, Incoming, Part, Tally, tally


@dataclass(frozen=True)
class _Facts:
    """The lines of one payment as they stand with the new one, and the flags kept with each."""

    lines: Sequence[MoneyLine]
    flags: Mapping[str, str]
    came_ms: int | None = None  # when the money came that is new; None where only something else is


@dataclass(frozen=True)
class Placed:
    """`amount_vnd` đồng of one line: for a payment, or else in a named account; `note` says why."""

    amount_vnd: int
    payment_id: str | None = None
    account: Account = Account.PAYMENT
    note: str = BY_PERSON


def place(session: Session, line: BankLine) -> None:
    """Give every đồng of a line its place; precondition: the line was just inserted.

    Outgoing, it proves the refund it is for; incoming, it may be one the bank sent back.
    """
    placed = _by_text(session, line)
    if placed.payment_id is not None:
        locked(session, placed.payment_id)  # before the ledger's series, here as everywhere
    of_refund = None if placed.payment_id else proving.by_line(session, line)
    if of_refund is None and placed.payment_id is None and payouts.by_line(session, line):
        placed = replace(placed, account=Account.PAID_OUT, note="")
    booking.bank_line(session, line)
    if of_refund is None:
        _put(session, money_lines.of_bank(line), placed)
        return
    _suspend(session, money_lines.of_bank(line), Account.REFUNDED, "")
    work_out_again(session, locked(session, of_refund))


def place_again(session: Session, line: BankLine, decided: Sequence[Placed]) -> None:
    """Give every đồng of a known line its place anew: as `decided`, or, where that is empty, by its text.

    The payments it leaves and those it comes to become what all their facts say. Preconditions: the line's
    row is locked; `decided` names each payment once and sums to the line.

    Raises:
        ReceiptStands: a payment that has its receipt would not be filled any more.
        MoneyGoesBack: some of the line is on its way back to a buyer.
    """
    placed = decided or [_by_text(session, line)]
    coming = {one.payment_id for one in placed if one.payment_id is not None}
    before = payments_of(session, line.id)
    rows = {id_: locked(session, id_) for id_ in sorted(before | coming)}
    session.execute(delete(MatchedPart).where(MatchedPart.bank_line_id == line.id))
    for id_ in rows.keys() - coming:
        work_out_again(session, rows[id_])
    for one in placed:
        money = replace(money_lines.of_bank(line), amount_vnd=one.amount_vnd)
        _put(session, money, one, is_new=one.payment_id not in before)
    for row in rows.values():
        sums.check_extra(session, row)
    why = Why("Xếp lại tiền vào", clock.now_ms())
    booking.follow(session, line.seller_id, [line.id], why)


def _put(session: Session, money: MoneyLine, placed: Placed, *, is_new: bool = True) -> None:
    """`is_new`: the payment had nothing of the line before, so that it hears of money that came."""
    if placed.payment_id is None:
        _suspend(session, money, placed.account, placed.note)
        return
    payment = locked(session, placed.payment_id)
    known = _known_facts(session, payment)
    flags = {**known.flags, money.id: placed.note}
    _work_out(
        session, payment, _Facts([*known.lines, money], flags, money.at_ms if is_new else None)
    )
    if not is_new:
        outbox.publish(session, PaymentOwesBack(payment.reference))


def _by_text(session: Session, line: BankLine) -> Placed:
    """Where the line stands by what the bank tells of it alone."""
    if line.direction == "out":
        return Placed(line.amount_vnd, account=Account.OUTGOING, note="")
    known = candidates(session, line.seller_id, line.content, line.at_ms)
    verdict = match(line.content, line.account_id, known)
    if isinstance(verdict, Unmatched):
        return Placed(line.amount_vnd, account=Account.UNKNOWN_CODE, note=verdict.value)
    return Placed(line.amount_vnd, verdict.payment_id, note=verdict.flags)


def payments_of(session: Session, line_id: str) -> set[str]:
    """The payments that have something of the line now."""
    query = select(MatchedPart.payment_id).where(MatchedPart.bank_line_id == line_id)
    return {id_ for id_ in session.scalars(query) if id_ is not None}


def place_given(session: Session, payment: Payment, line: CashLine | CardLine) -> None:
    """Count cash just attested for a payment, or a card just charged; precondition: its row is locked."""
    booking.given_line(session, line)
    _work_out(session, payment, replace(_known_facts(session, payment), came_ms=line.at_ms))


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
    query = select(Payment.id, Payment.code, Payment.account_id, Payment.expired_ms).where(
        Payment.seller_id == seller_id, Payment.code.in_(codes)
    )
    return [
        Candidate(
            row.id, row.code, row.account_id, row.expired_ms is None or at_ms < row.expired_ms
        )
        for row in session.execute(query)
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


def _suspend(session: Session, line: MoneyLine, account: Account, why: str) -> None:
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
