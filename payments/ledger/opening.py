"""Books what money came before the ledger was there: `flask prepare` calls it, again and again.

Refuses to look at what is booked: a market in use pays one query. Facts are dated when they happened.
"""

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from payments.ledger import booking
from payments.ledger.booking import Why
from payments.ledger.models import LedgerEntry
from payments.models import BankLine, CashLine, MatchedPart

_WHY = "Ghi lại tiền đã có khi mở sổ"


def book(session: Session) -> None:
    """Book every bank line, attested cash and placed part that the ledger does not have. Idempotent."""
    subjects: dict[tuple[str, str], int] = {}
    for line in session.scalars(_unbooked_lines()).all():
        booking.bank_line(session, line)
        subjects |= _subjects(session, line.id, line.at_ms)
    for cash in session.scalars(_unbooked_cash()).all():
        booking.given_line(session, cash)
        subjects |= _subjects(session, cash.id, cash.at_ms)
    for (seller_id, subject), at_ms in subjects.items():
        booking.follow(session, seller_id, [subject], Why(_WHY, at_ms))


def _unbooked_lines() -> Select[BankLine]:
    key = literal("line:").concat(BankLine.id)
    booked = select(LedgerEntry.id).where(
        LedgerEntry.seller_id == BankLine.seller_id, LedgerEntry.key == key
    )
    return select(BankLine).where(~booked.exists()).order_by(BankLine.at_ms, BankLine.id)


def _unbooked_cash() -> Select[CashLine]:
    key = literal("cash:").concat(CashLine.id)
    booked = select(LedgerEntry.id).where(
        LedgerEntry.seller_id == CashLine.seller_id, LedgerEntry.key == key
    )
    return select(CashLine).where(~booked.exists()).order_by(CashLine.at_ms, CashLine.id)


def _subjects(session: Session, line_id: str, at_ms: int) -> dict[tuple[str, str], int]:
    """What the parts of a line are booked under, with its time."""
    subject = func.coalesce(MatchedPart.payment_id, MatchedPart.bank_line_id)
    mine = (MatchedPart.bank_line_id == line_id) | (MatchedPart.cash_line_id == line_id)
    query = select(MatchedPart.seller_id, subject).where(mine)
    return {(row[0], row[1]): at_ms for row in session.execute(query)}
