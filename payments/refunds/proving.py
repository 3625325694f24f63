"""The bank's word on refunds: an outgoing line closes one, an incoming one with its code opens it again.

A line proves a refund by itself only where its text has the refund's code, or it has the reference somebody
attested, and its sum is exact; anything else is for a person (`sending.confirm`). Refuses to work out
payments: `settle` does, with the payment's id it is handed here.
"""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.codes import find_order_codes
from payments import claimed
from payments.bank.references import essence_of
from payments.claimed import Claimed
from payments.errors import RefundGoesByCard
from payments.events import RefundProved, RefundReturned
from payments.models import BankLine, Payment
from payments.refunds.models import Refund
from payments.refunds.rules import ASKED, BANK, OPEN, PROVED, REFUND, RETURNED, SENT
from payments.states import Account


def locked(session: Session, refund_id: str) -> tuple[Payment, Refund]:
    """A refund and its payment's row as they stand now, ours until the end of the transaction."""
    payment_id = session.get_one(Refund, refund_id).payment_id
    payment = session.get_one(Payment, payment_id, with_for_update=True, populate_existing=True)
    return payment, session.get_one(Refund, refund_id, populate_existing=True)


def locked_transfer(session: Session, refund_id: str) -> tuple[Payment, Refund]:
    """As `locked`, of a refund the seller transfers; raises RefundGoesByCard where a card's provider does."""
    payment, refund = locked(session, refund_id)
    if refund.method != BANK:
        raise RefundGoesByCard()
    return payment, refund


def by_line(session: Session, line: BankLine) -> Claimed | None:
    """Take a line that is a refund's, going out or sent back; None where it is none for sure.

    That refund's payment is locked afterwards, and is to be worked out again.
    """
    refund = _went_out(session, line) if line.direction == "out" else _came_back(session, line)
    if refund is None:
        return None
    return Claimed(Account.REFUNDED, frozenset({refund.amount_vnd}), refund.payment_id)


def _went_out(session: Session, line: BankLine) -> Refund | None:
    """Prove the refund an outgoing line is; one whose return was heard first stays returned."""
    may_go = Refund.state.in_(OPEN) | ((Refund.state == RETURNED) & Refund.out_line_id.is_(None))
    refund_id = _only(session, line, may_go)
    if refund_id is None:
        return None
    payment, refund = locked(session, refund_id)
    if refund.state == RETURNED and refund.out_line_id is None:
        refund.proved_ms, refund.out_line_id = clock.now_ms(), line.id
        session.flush()
        return refund
    if refund.state not in OPEN:  # another line was quicker
        return None
    prove(session, payment, refund, line)
    return refund


def _came_back(session: Session, line: BankLine) -> Refund | None:
    """Take a transfer the bank sent back: its refund is owed again."""
    may_return = (PROVED, ASKED, SENT)
    refund_id = _only(session, line, Refund.state.in_(may_return))
    if refund_id is None:
        return None
    payment, refund = locked(session, refund_id)
    if refund.state not in may_return:
        return None
    refund.state = REFUND.move(refund.state, RETURNED)
    refund.returned_ms, refund.back_line_id = clock.now_ms(), line.id
    payment.back_vnd -= refund.amount_vnd
    payment.proved_vnd = min(payment.proved_vnd, payment.back_vnd)
    session.flush()
    outbox.publish(session, RefundReturned(payment.reference, refund.id))
    return refund


def prove(session: Session, payment: Payment, refund: Refund, line: BankLine | None) -> None:
    """Close a refund by the bank's line; None: by a part of one, which names it (`rules.proof_note`).

    Precondition: both rows are locked, the sum is the line's, or the part's.
    """
    refund.state = REFUND.move(refund.state, PROVED)
    refund.proved_ms, refund.out_line_id = clock.now_ms(), line.id if line else None
    session.flush()
    outbox.publish(session, RefundProved(payment.reference, refund.id))


def _only(session: Session, line: BankLine, wanted: ColumnElement[bool]) -> str | None:
    """The one refund by transfer that is wanted, has the line's sum, and that the line is told to be.

    Its code stands in the text; or, going out, it is the transfer of which somebody said the reference.
    """
    codes, references = find_order_codes(line.content), claimed.references(session, line)
    query = select(Refund.id, Refund.code, Refund.sent_reference).where(
        Refund.seller_id == line.seller_id,
        Refund.method == BANK,
        Refund.amount_vnd == line.amount_vnd,
        wanted,
    )
    found = [
        row.id
        for row in session.execute(query)
        if row.code in codes
        or (line.direction == "out" and essence_of(row.sent_reference) in references)
    ]
    return found[0] if len(found) == 1 else None
