"""Bank lines that pay for many orders at once: a carrier's transfer for what it collected at doors.

Such a line names no payment and waits in suspense; a caller that knows the list behind it takes it out. The
payments themselves are filled by attested cash (`cash`). Refuses a line that has another reason, or was used.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import NotFound
from payments import settle
from payments.ledger import booking
from payments.ledger.booking import Why
from payments.models import BankLine, MatchedPart
from payments.states import Account

_LATELY = 50


@dataclass(frozen=True)
class WaitingLine:
    """Money that came without a reason we know: đồng, the bank's text, when (UTC ms)."""

    id: str
    amount_vnd: int
    content: str
    at_ms: int


def waiting(session: Session, seller_id: str) -> tuple[WaitingLine, ...]:
    """The seller's incoming lines that wait in suspense whole, newest first, some fifty."""
    query = (
        select(BankLine)
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .where(BankLine.seller_id == seller_id, BankLine.direction == "in")
        .where(MatchedPart.account == Account.UNKNOWN_CODE)
        .order_by(BankLine.at_ms.desc(), BankLine.id)
        .limit(_LATELY)
    )
    return tuple(_facts(row) for row in session.scalars(query))


def take_line(session: Session, seller_id: str, line_id: str) -> WaitingLine:
    """Take a waiting line for a list of orders: its đồng stand as `remitted` from now on.

    Raises:
        NotFound: the seller has no such line, or it waits no more.
    """
    owned(session, BankLine, line_id, seller_id)
    named = _lock_named(session, line_id)
    query = (
        select(BankLine, MatchedPart)
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .where(BankLine.id == line_id, MatchedPart.account == Account.UNKNOWN_CODE)
        .with_for_update()
    )
    found = session.execute(query).one_or_none()
    if found is None or found[1].payment_id != named:
        raise NotFound()
    row, part = found
    part.account = Account.REMITTED
    part.payment_id = None  # a slip of letters may have named one: it is no money of that payment
    why = Why("Tiền thu hộ đã về tài khoản", clock.now_ms())
    booking.follow(session, seller_id, [named, row.id] if named else [row.id], why)
    return _facts(row)


def _lock_named(session: Session, line_id: str) -> str | None:
    """Take the payment a slip of letters in the line names: it would place the line again meanwhile."""
    query = select(MatchedPart.payment_id).where(
        MatchedPart.bank_line_id == line_id, MatchedPart.account == Account.UNKNOWN_CODE
    )
    named = session.scalars(query).first()
    if named is not None:
        settle.locked(session, named)
    return named


def _facts(row: BankLine) -> WaitingLine:
    return WaitingLine(row.id, row.amount_vnd, row.content, row.at_ms)
