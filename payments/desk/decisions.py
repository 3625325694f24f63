"""A person's word about a line of the bank: a new fact, never changed, taken back only by another one.

The line's đồng are placed anew each time (`placing.place_again`), so that what comes later, or again, does
not undo it. Refuses to decide over somebody's head: who decides says how many decisions they saw.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import NotFound
from core.ids import new_id
from payments import placing, settle
from payments.desk import dues, kinds, leftover, strangers
from payments.desk.desk_errors import (
    LineDecided,
    LineNotWaiting,
    NothingOwed,
    OnTopOfPayment,
    OwedWithOrder,
)
from payments.desk.desk_rules import SET_ASIDE, Share, check_shares
from payments.desk.models import LineDecision, LineShare
from payments.errors import MoneyGoesBack
from payments.models import BankLine, MatchedPart, Payment
from payments.payouts import bank_word
from payments.placing import Placed
from payments.states import OVERPAID, PAID, Account
from payments.surplus import choices

PLACE, BACK = "place", "back"


@dataclass(frozen=True)
class Word:
    """Who (a login's actor) decides about which line of which seller, why, having seen so many decisions."""

    seller_id: str
    line_id: str
    seen: int
    actor: str
    reason: str = ""


def place(session: Session, word: Word, shares: Sequence[Share]) -> None:
    """Place a waiting line: each share with its payment, or in a named account (`SET_ASIDE`, `kinds`).

    Raises:
        NotFound: the seller has no such line, or a payment is another seller's.
        LineDecided: somebody decided since `word.seen`. LineNotWaiting: nothing of it waits.
        SharesOff: the shares are not the line. NothingOwed: a payment is filled by other money.
        OwedWithOrder: the money is on top of a payment, so it goes back with it. MoreThanSetAside: what
        went out is more than was to go back to strangers. OnTopOfPayment: a kind of the seller's own money
        for a buyer's. NoSuchDue, MoreThanDue: what it is for is not owed. BadRequest: the kind is for
        money that goes the other way.
        ReceiptStands: a payment the line filled would lose it.
    """
    line = waiting_line(session, word)
    check_shares(line.amount_vnd, shares)
    _check_targets(session, line, shares)
    write(session, word, shares)
    placed = [Placed(one.amount_vnd, one.payment_id, one.account) for one in shares]
    placing.place_again(session, line, placed)


def waiting_line(session: Session, word: Word) -> BankLine:
    """The line of `word`, locked, if a person may decide about it now; raises as `place`."""
    line = _locked(session, word)
    found = leftover.of_line(session, line)
    if found.held_vnd and not found.left_vnd:
        choices.check_none(session, line.id)
        raise MoneyGoesBack()
    if not found.left_vnd:
        raise LineNotWaiting()
    return line


def write(session: Session, word: Word, shares: Sequence[Share]) -> None:
    """Keep the decision that the line is divided so; the caller places its đồng."""
    decision = _add(session, word, PLACE)
    for share in shares:
        session.add(LineShare(decision_id=decision.id, seller_id=word.seller_id, **vars(share)))
    session.flush()


def take_back(session: Session, word: Word) -> None:
    """Let the line stand as its own text says again; what was decided stays written.

    Raises:
        NotFound, LineDecided, ReceiptStands: as `place`. LineNotWaiting: nothing is in force to take back.
        WentBack: it was set aside for who sent it, and went back. BuyerChose: a buyer said where it goes.
        PayoutMoved: it paid somebody out, and that was sent back since.
    """
    line = _locked(session, word)
    if not in_force(session, line.id):
        raise LineNotWaiting()
    choices.check_none(session, line.id)
    _add(session, word, BACK)
    bank_word.forget(session, line, word.actor)
    placing.place_again(session, line, ())
    placing.look_again(session, line.seller_id, {line.amount_vnd})
    if line.direction == "in":
        strangers.check_not_gone(session, line.seller_id)


def in_force(session: Session, line_id: str) -> bool:
    """Whether a person's placing of the line stands."""
    query = select(LineDecision.kind).where(LineDecision.bank_line_id == line_id)
    return session.scalar(query.order_by(LineDecision.number.desc()).limit(1)) == PLACE


def locked(session: Session, line_id: str) -> BankLine:
    """The line's row, ours until the end of the transaction."""
    return session.get_one(BankLine, line_id, with_for_update=True, populate_existing=True)


def _locked(session: Session, word: Word) -> BankLine:
    owned(session, BankLine, word.line_id, word.seller_id)
    line = locked(session, word.line_id)
    if _count(session, line.id) != word.seen:
        raise LineDecided()
    return line


def _count(session: Session, line_id: str) -> int:
    query = select(func.count()).where(LineDecision.bank_line_id == line_id)
    return session.scalar(query) or 0


def _check_targets(session: Session, line: BankLine, shares: Sequence[Share]) -> None:
    """Refuse a stranger's payment, and one that needs nothing; all payments concerned are locked then.

    What stays where it stands is not judged again.
    """
    kept = {(one.payment_id, one.account): one for one in leftover.of_line(session, line).kept}
    shares = [one for one in shares if _is_more(one, kept.get((one.payment_id, one.account)))]
    for one in shares:
        kinds.check_fits(one.account, line.direction)
    if line.direction == "out":
        _check_explained(session, line, shares)
    else:
        _check_on_top(session, line, {one.account for one in shares})
    dues.check(session, line.seller_id, shares)
    wanted = {one.payment_id for one in shares if one.payment_id is not None}
    for payment_id in wanted:
        owned(session, Payment, payment_id, line.seller_id)
    concerned = sorted(wanted | placing.payments_of(session, line.id))
    rows = {id_: settle.locked(session, id_) for id_ in concerned}
    for payment_id in wanted:
        row = rows[payment_id]
        if row.paid_vnd - _filled_by(session, line, row) >= row.amount_vnd:
            raise NothingOwed(code=row.code)


def _is_more(share: Share, kept: Share | None) -> bool:
    return kept is None or share.amount_vnd > kept.amount_vnd


def _check_explained(session: Session, line: BankLine, shares: Sequence[Share]) -> None:
    """Money that went out was for something else, or went back to who sent it by mistake."""
    named = SET_ASIDE | kinds.ACCOUNTS
    if any(one.payment_id is not None or one.account not in named for one in shares):
        raise NotFound()
    back_vnd = sum(one.amount_vnd for one in shares if one.account is Account.REFUND_DUE)
    if back_vnd:
        strangers.check_goes_back(session, line.seller_id, back_vnd)


def _check_on_top(session: Session, line: BankLine, to: set[Account]) -> None:
    """What is more than a payment asked is owed back with it: not as a stranger's, nor one's own."""
    if not to & (kinds.ACCOUNTS - kinds.ON_TOP | {Account.REFUND_DUE}):
        return
    query = (
        select(Payment.code)
        .join(MatchedPart, MatchedPart.payment_id == Payment.id)
        .where(MatchedPart.bank_line_id == line.id, MatchedPart.account.in_([*OVERPAID]))
    )
    code = session.scalars(query.limit(1)).first()
    if code is not None:
        raise OwedWithOrder(code=code) if Account.REFUND_DUE in to else OnTopOfPayment(code=code)


def _filled_by(session: Session, line: BankLine, payment: Payment) -> int:
    """What of the payment's sum this very line fills now, in đồng."""
    query = select(func.coalesce(func.sum(MatchedPart.amount_vnd), 0)).where(
        MatchedPart.bank_line_id == line.id,
        MatchedPart.payment_id == payment.id,
        MatchedPart.account.in_([*PAID]),
    )
    return int(session.scalar(query) or 0)


def _add(session: Session, word: Word, kind: str) -> LineDecision:
    decision = LineDecision(
        id=new_id(),
        seller_id=word.seller_id,
        bank_line_id=word.line_id,
        number=word.seen + 1,
        kind=kind,
        reason=word.reason,
        actor=word.actor,
        at_ms=clock.now_ms(),
    )
    session.add(decision)
    session.flush()
    return decision
