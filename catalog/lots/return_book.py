"""Returned goods as the desk's pages show them: what waits for a look, and what could still come back.

Refuses to change anything (`catalog.lots.returns` does) and to offer a lot of which nothing left the house.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import trace
from catalog.lots import facts
from catalog.lots.facts import LotFacts
from catalog.models import Lot, Movement
from core import clock

_MONTHS_MS = 180 * 24 * 3600 * 1000
"""Goods are brought back within half a year, or not at all."""
_MOST = 100


@dataclass(frozen=True)
class LotOut:
    """A lot of which goods left the house lately: `out` base units did not come back, the last at `at_ms`."""

    lot: LotFacts
    out: int
    at_ms: int


def of_seller(session: Session, seller_id: str) -> tuple[LotFacts, ...]:
    """The seller's returned lots, those that wait for a look first, then the newest; at most 100."""
    query = select(Lot.id).where(Lot.seller_id == seller_id, Lot.origin == "return")
    newest = session.scalars(query.order_by(Lot.created_ms.desc(), Lot.id).limit(_MOST)).all()
    found = facts.by_ids(session, seller_id, newest)
    return tuple(sorted((found[id_] for id_ in newest), key=lambda lot: not waits(lot)))


def waits(lot: LotFacts) -> bool:
    """Whether returned goods lie there that nobody has looked at."""
    return lot.origin == "return" and lot.state == "quarantine" and bool(lot.lies)


def out_lately(session: Session, seller_id: str) -> tuple[LotOut, ...]:
    """The lots goods of which were handed over in the last 180 days and are still out, the last first."""
    gone = func.max(Movement.at_ms)
    query = (
        select(Movement.lot_id, gone)
        .where(Movement.seller_id == seller_id, Movement.kind.in_(("sell", "ship")))
        .where(Movement.at_ms >= clock.now_ms() - _MONTHS_MS, Movement.lot_id.is_not(None))
        .group_by(Movement.lot_id)
        .order_by(gone.desc())
        .limit(_MOST)
    )
    when = {str(lot_id): at_ms for lot_id, at_ms in session.execute(query)}
    out = trace.out_of_house(session, list(when))
    known = facts.by_ids(session, seller_id, list(when))
    return tuple(LotOut(known[id_], out[id_], when[id_]) for id_ in when if out[id_] > 0)
