"""Who pays a refund says so, and says which of the bank's lines it was where the text does not.

Saying so is a word with a name and a reference, shown as such; only the bank's line closes the refund.
Refuses an account that replaced another one within 72 hours, from a sum on (ADR 0036).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import NotFound
from core.ids import new_id
from payments import placing, settle
from payments.errors import RefundRests
from payments.ledger import booking
from payments.ledger.booking import Why
from payments.models import BankLine, MatchedPart, Payment
from payments.refunds import buyers_account, proving, rules, sums
from payments.refunds.models import REFERENCE_LENGTH, Refund
from payments.refunds.rules import ASKED, PROVED, REFUND, RETURNED, SENT, Source
from payments.states import Account


def say_sent(session: Session, seller_id: str, refund_id: str, reference: str, actor: str) -> None:
    """Note that `actor` says the transfer was made, with the bank's `reference`; said again: nothing.

    The bank's line may have come before the word: one of that reference proves it now, and a word after
    the bank's own is kept and changes no state.

    Raises:
        BadTransition: it waits for no transfer. RefundRests: its account was changed a short while ago.
        RefundGoesByCard: it is no transfer. NotFound: the seller has no such refund.
    """
    owned(session, Refund, refund_id, seller_id)
    payment, row = proving.locked_transfer(session, refund_id)
    if row.sent_by == actor:
        return
    by_bank = row.state in (PROVED, RETURNED) and not row.sent_by
    new_state = row.state if by_bank else REFUND.move(row.state, SENT)
    until_ms = rests_until_ms(session, row)
    if until_ms > clock.now_ms() and not by_bank:
        raise RefundRests(until_ms)
    account = buyers_account.newest(session, payment.id)
    row.account_id = account.id if account else None
    row.sent_ms, row.sent_by = clock.now_ms(), actor
    row.sent_reference = reference[:REFERENCE_LENGTH]
    row.state = new_state
    session.flush()
    placing.look_again(session, seller_id, {row.amount_vnd})


def take_back(session: Session, seller_id: str, refund_id: str) -> None:
    """The word was wrong: the transfer is asked for again. Raises as `say_sent`, no RefundRests."""
    owned(session, Refund, refund_id, seller_id)
    _, row = proving.locked_transfer(session, refund_id)
    if row.state != ASKED:
        row.state = REFUND.move(row.state, ASKED)
        row.sent_ms, row.sent_by, row.sent_reference, row.account_id = None, "", "", None
    session.flush()


def rests_until_ms(session: Session, refund: Refund) -> int:
    """Until when (UTC ms) the refund's account rests; 0: it does not."""
    given = buyers_account.given_ms(session, refund.payment_id)
    return rules.rests_until_ms(given, refund.amount_vnd)


def confirm(session: Session, seller_id: str, refund_id: str, line_id: str) -> None:
    """A person says that an outgoing line of another sum, or without the code, paid this refund.

    Effect: the refund is proved by what of the line still waits: one transfer may be several refunds', each
    confirmed by itself. Less than the refund: it is one of that sum, the rest is owed as before. More: it
    takes what else was owed of its kind; what is beyond stays in suspense.

    Raises:
        NotFound: the seller has no such refund, or no such line waits. BadTransition: it is closed.
        RefundGoesByCard: it is no transfer.
    """
    owned(session, Refund, refund_id, seller_id)
    payment, row = proving.locked_transfer(session, refund_id)
    line, part = _waiting(session, seller_id, line_id)
    left_vnd = max(0, sums.of_payment(session, payment).left_vnd(Source(row.source)))
    proved_vnd = min(part.amount_vnd, row.amount_vnd + left_vnd)
    rest_vnd = part.amount_vnd - proved_vnd
    proving.prove(session, payment, row, None if _proves_another(session, line) else line)
    _resize(payment, row, proved_vnd)
    if rest_vnd:
        session.add(_rest(part, rest_vnd))
    part.account, part.amount_vnd = Account.REFUNDED, proved_vnd
    part.note = rules.proof_note(row.id)
    session.flush()
    why = Why(f"Trả lại theo mã {row.code}", line.at_ms)
    booking.follow(session, seller_id, [line.id], why)
    settle.work_out_again(session, payment)
    placing.look_again(session, seller_id, {row.amount_vnd})


def _waiting(session: Session, seller_id: str, line_id: str) -> tuple[BankLine, MatchedPart]:
    query = (
        select(BankLine, MatchedPart)
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .where(BankLine.id == line_id, BankLine.seller_id == seller_id)
        .where(MatchedPart.account == Account.OUTGOING)
        .with_for_update(of=MatchedPart)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound()
    return found[0], found[1]


def _proves_another(session: Session, line: BankLine) -> bool:
    """Whether the line stands with a refund already, of which another can only have a part."""
    query = select(Refund.id).where(Refund.out_line_id == line.id).limit(1)
    return session.scalar(query) is not None


def _resize(payment: Payment, row: Refund, amount_vnd: int) -> None:
    """Make the refund one of `amount_vnd`; what staff gave beyond it is given no more."""
    less_vnd = max(0, row.granted_vnd - amount_vnd)
    payment.granted_vnd -= less_vnd
    row.granted_vnd -= less_vnd
    payment.back_vnd += amount_vnd - row.amount_vnd
    row.amount_vnd = amount_vnd


def _rest(part: MatchedPart, amount_vnd: int) -> MatchedPart:
    return MatchedPart(
        id=new_id(),
        seller_id=part.seller_id,
        bank_line_id=part.bank_line_id,
        account=Account.OUTGOING,
        amount_vnd=amount_vnd,
        note=part.note,
        at_ms=part.at_ms,
    )
