"""What happened to a lot, goods and states in one line of time, with who did it in words."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.lots import facts
from catalog.models import Movement, Stock, StockPoint
from core.identity import people

_MOST = 100
_BOOKED = ("open", "close")
"""Movements that only repeat a change of state, which has a note of its own."""


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened: `what` is a kind of movement or a note's word; `quantity` (base units) is 0
    where no goods moved; `who` is a name, "" for the market itself."""

    at_ms: int
    what: str
    quantity: int
    point: str
    reason: str
    who: str


def of_lot(session: Session, seller_id: str, lot_id: str) -> tuple[HistoryLine, ...]:
    """The newest hundred movements of the seller's lot and every note, the newest first."""
    moved = _movements(session, seller_id, lot_id)
    noted = facts.notes(session, seller_id, lot_id)
    names = people.names_of(session, {one.actor for one in moved} | {one.actor for one in noted})
    lines = [
        HistoryLine(row.at_ms, row.kind, row.quantity, row.name, row.reason, names[row.actor])
        for row in moved
    ]
    lines += [
        HistoryLine(one.at_ms, one.what, 0, "", one.reason, names[one.actor]) for one in noted
    ]
    return tuple(sorted(lines, key=lambda line: -line.at_ms))


@dataclass(frozen=True)
class _Moved:
    at_ms: int
    kind: str
    quantity: int
    name: str
    reason: str
    actor: str


def _movements(session: Session, seller_id: str, lot_id: str) -> list[_Moved]:
    query = (
        select(
            Movement.at_ms,
            Movement.kind,
            Movement.quantity,
            StockPoint.name,
            Movement.reason,
            Movement.actor,
        )
        .join(Stock, Stock.id == Movement.stock_id)
        .join(StockPoint, StockPoint.id == Stock.point_id)
        .where(Movement.seller_id == seller_id, Movement.lot_id == lot_id)
        .where(Movement.kind.not_in(_BOOKED))
        .order_by(Movement.id.desc())
        .limit(_MOST)
    )
    return [_Moved(*row) for row in session.execute(query)]
