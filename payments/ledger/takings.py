"""Cash that sales by hand brought: booked at once as cash at the stall and income, for no payment was asked.

Opaque here: `reference` is the selling package's own word for a sale. Refuses to be booked twice; a sale that
was undone is taken back by a reversal. What buyers paid by QR at the stall comes to the bank without a code:
a person says there that it was the till's (`kinds`), so that it counts once.
"""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core import clock
from payments.ledger import chart, posting
from payments.ledger.entries import Entry, Line
from payments.ledger.models import LedgerEntry, LedgerLine

_KIND = "taking"
_WHAT = "Bán tay tại quầy"
_UNDONE = "Hủy bán tay tại quầy"
_OF_TAKINGS = or_(
    LedgerEntry.kind == _KIND, LedgerEntry.key.startswith(f"{posting.REVERSAL}:{_KIND}:")
)


@dataclass(frozen=True)
class Taking:
    """`amount_vnd` đồng (above 0) that a sale by hand brought a seller, at `at_ms` (UTC ms)."""

    seller_id: str
    reference: str
    amount_vnd: int
    at_ms: int


def take(session: Session, taking: Taking) -> None:
    """Book what a sale by hand brought; a time to come counts for now. Idempotent.

    Raises:
        EntryConflict: the sale was booked with another sum.
    """
    lines = (
        Line(chart.CASH_STALL, taking.amount_vnd, taking.reference),
        Line(chart.SALES, -taking.amount_vnd, taking.reference),
    )
    at_ms = min(taking.at_ms, clock.now_ms())
    key = f"{_KIND}:{taking.reference}"
    posting.post(session, Entry(taking.seller_id, key, _WHAT, at_ms, lines))


def undo(session: Session, seller_id: str, reference: str) -> None:
    """Reverse what a sale by hand brought, dated now. Idempotent.

    Raises:
        NotFound: nothing was booked of it.
    """
    posting.reverse(session, seller_id, f"{_KIND}:{reference}", _UNDONE)


def sum_vnd(session: Session, seller_id: str, begins_ms: int, ends_ms: int) -> int:
    """Đồng sales by hand brought from `begins_ms` until before `ends_ms` (UTC ms) and were not undone."""
    query = (
        select(func.coalesce(func.sum(LedgerLine.amount_vnd), 0))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerLine.seller_id == seller_id, LedgerLine.account == chart.CASH_STALL)
        .where(_OF_TAKINGS)
        .where(LedgerEntry.happened_ms >= begins_ms, LedgerEntry.happened_ms < ends_ms)
    )
    return int(session.scalar(query) or 0)
