"""Books what money came before the ledger was there: `flask prepare` calls it, again and again.

Refuses to look at what is booked: a market in use pays one query. Facts are dated when they happened.
"""

from typing import TypeVar

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import Session

from payments.cards.models import CardLine
from payments.ledger import booking
from payments.ledger.booking import Why
from payments.ledger.models import LedgerEntry
from payments.models import BankLine, CashLine, MatchedPart

_Line = TypeVar("_Line", BankLine, CashLine, CardLine)
_WHY = "Ghi lại tiền đã có khi mở sổ"


def book(session: Session) -> None:
    """Book every line of bank, cash and cards and every placed part the ledger does not have. Idempotent."""
    subjects: dict[tuple[str, str], int] = {}
    for line in session.scalars(_unbooked(BankLine, "line")).all():
        booking.bank_line(session, line)
        subjects |= _subjects(session, line.id, line.at_ms)
    for cash in session.scalars(_unbooked(CashLine, "cash")).all():
        booking.given_line(session, cash)
        subjects |= _subjects(session, cash.id, cash.at_ms)
    for card in session.scalars(_unbooked(CardLine, "card")).all():
        booking.given_line(session, card)
        subjects |= _subjects(session, card.id, card.at_ms)
    for (seller_id, subject), at_ms in subjects.items():
        booking.follow(session, seller_id, [subject], Why(_WHY, at_ms))


def _unbooked(table: type[_Line], kind: str) -> Select[_Line]:
    """Lines whose entry, under the key `kind:id`, is not in the books, the oldest first."""
    key = literal(f"{kind}:").concat(table.id)
    booked = select(LedgerEntry.id).where(
        LedgerEntry.seller_id == table.seller_id, LedgerEntry.key == key
    )
    return select(table).where(~booked.exists()).order_by(table.at_ms, table.id)


def _subjects(session: Session, line_id: str, at_ms: int) -> dict[tuple[str, str], int]:
    """What the parts of a line are booked under, with its time."""
    subject = func.coalesce(MatchedPart.payment_id, MatchedPart.bank_line_id)
    mine = or_(
        MatchedPart.bank_line_id == line_id,
        MatchedPart.cash_line_id == line_id,
        MatchedPart.card_line_id == line_id,
    )
    query = select(MatchedPart.seller_id, subject).where(mine)
    return {(row[0], row[1]): at_ms for row in session.execute(query)}
