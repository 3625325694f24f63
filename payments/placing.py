"""Every line of the bank gets its place by one path, whichever road told of it and however often.

What a line is, is judged from what is known: its text names a payment, or a refund or a payout claims it,
else it waits. When something comes into a state in which a waiting line may fit, the lines that wait are
looked at again, so that the order in which facts arrive decides nothing (ADR 0044).
Refuses to work out payments (`settle`) and to overrule a person's word about a line (`desk.decisions`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock
from payments import claimed, money_lines, settle
from payments.bank.matching import BY_PERSON, Unmatched, match
from payments.cards import arrivals
from payments.claimed import Claimed
from payments.ledger import booking
from payments.ledger.booking import Why
from payments.models import BankLine, MatchedPart
from payments.money_lines import MoneyLine
from payments.payouts import proving as payouts
from payments.refunds import proving as refunds
from payments.refunds import sums
from payments.states import Account


@dataclass(frozen=True)
class Placed:
    """`amount_vnd` đồng of one line: for a payment, or else in a named account; `note` says why."""

    amount_vnd: int
    payment_id: str | None = None
    account: Account = Account.PAYMENT
    note: str = BY_PERSON


def place(session: Session, line: BankLine) -> None:
    """Give every đồng of a line its place; precondition: the line was just inserted.

    Outgoing, it proves the refund or pays the payout it is for; incoming, it may be one the bank sent back.
    """
    placed, claim = _judged(session, line)
    booking.bank_line(session, line)
    _put(session, money_lines.of_bank(line), placed)
    _follow(session, line, claim)


def place_again(session: Session, line: BankLine, decided: Sequence[Placed]) -> None:
    """Give every đồng of a known line its place anew: as `decided`, or, where that is empty, as it is judged.

    The payments it leaves and those it comes to become what all their facts say. Preconditions: the line's
    row is locked, no refund or payout has it; `decided` names each payment once and sums to the line.

    Raises:
        ReceiptStands: a payment that has its receipt would not be filled any more.
        MoneyGoesBack: some of the line is on its way back to a buyer.
    """
    judged, claim = (None, None) if decided else _judged(session, line)
    _put_again(session, line, [judged] if judged else decided)
    _follow(session, line, claim)


def look_again(session: Session, seller_id: str, amounts: Collection[int]) -> None:
    """Let lines of these sums (đồng) that wait be claimed by what they fit now; the others stay as they are.

    Call it after a refund or a payout came into another state, or learned another reference.
    """
    for line in claimed.waiting(session, seller_id, amounts):
        claim = _claim(session, line) if claimed.waits(session, line.id) else None
        if claim is not None:
            _put_again(session, line, [_as_claimed(line, claim)])
            _follow(session, line, claim)


def payments_of(session: Session, line_id: str) -> set[str]:
    """The payments that have something of the line now."""
    query = select(MatchedPart.payment_id).where(MatchedPart.bank_line_id == line_id)
    return {id_ for id_ in session.scalars(query) if id_ is not None}


def _judged(session: Session, line: BankLine) -> tuple[Placed, Claimed | None]:
    """Where the line stands by all that is known of it, and what took it; whose payment it is, is locked."""
    placed = _by_text(session, line)
    if placed.payment_id is not None:
        settle.locked(session, placed.payment_id)  # before the ledger's series, here as everywhere
        return placed, None
    claim = _claim(session, line)
    return (placed if claim is None else _as_claimed(line, claim)), claim


def _claim(session: Session, line: BankLine) -> Claimed | None:
    return (
        refunds.by_line(session, line)
        or payouts.by_line(session, line)
        or arrivals.by_line(session, line)
    )


def _as_claimed(line: BankLine, claim: Claimed) -> Placed:
    return Placed(line.amount_vnd, account=claim.account, note="")


def _follow(session: Session, line: BankLine, claim: Claimed | None) -> None:
    """Let the payment of a claimed line become what it is now, and others of its lines find their place."""
    if claim is None:
        return
    if claim.payment_id is not None:
        settle.work_out_again(session, settle.locked(session, claim.payment_id))
    look_again(session, line.seller_id, claim.sums)


def _put_again(session: Session, line: BankLine, placed: Sequence[Placed]) -> None:
    coming = {one.payment_id for one in placed if one.payment_id is not None}
    before = payments_of(session, line.id)
    rows = {id_: settle.locked(session, id_) for id_ in sorted(before | coming)}
    session.execute(delete(MatchedPart).where(MatchedPart.bank_line_id == line.id))
    for id_ in rows.keys() - coming:
        settle.work_out_again(session, rows[id_])
    for one in placed:
        money = replace(money_lines.of_bank(line), amount_vnd=one.amount_vnd)
        _put(session, money, one, is_new=one.payment_id not in before)
    for row in rows.values():
        sums.check_extra(session, row)
    why = Why("Xếp lại tiền vào", clock.now_ms())
    booking.follow(session, line.seller_id, [line.id], why)


def _put(session: Session, money: MoneyLine, placed: Placed, *, is_new: bool = True) -> None:
    if placed.payment_id is None:
        settle.suspend(session, money, placed.account, placed.note)
    else:
        payment = settle.locked(session, placed.payment_id)
        settle.add(session, payment, money, placed.note, is_new=is_new)


def _by_text(session: Session, line: BankLine) -> Placed:
    """Where the line stands by what the bank tells of it alone."""
    if line.direction == "out":
        return Placed(line.amount_vnd, account=Account.OUTGOING, note="")
    known = settle.candidates(session, line.seller_id, line.content, line.at_ms)
    verdict = match(line.content, line.account_id, known)
    if isinstance(verdict, Unmatched):
        return Placed(line.amount_vnd, account=Account.UNKNOWN_CODE, note=verdict.value)
    return Placed(line.amount_vnd, verdict.payment_id, note=verdict.flags)
