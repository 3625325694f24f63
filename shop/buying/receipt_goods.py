"""What stands beside a receipt, unsigned: what was packed, what the scales said, the lots, where they grew.

A receipt attests money; this is told from today's books, so it may say more later. Refuses to name growers:
it tells communes, as the lot's own public page does.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import provenance
from core.errors import NotFound
from shop.buying import journey
from shop.buying.journey import LotLink
from shop.ordering import order_facts
from shop.packing.models import PackedPart

_MOST_LOTS = 6
"""So many lots of a line are told; an order of more is read on its own page."""


@dataclass(frozen=True)
class LotTold:
    """A lot with the communes it grew in; its page is `/trace/<id>`."""

    lot: LotLink
    communes: tuple[str, ...]


@dataclass(frozen=True)
class LineGoods:
    """What was packed of one line: `weighed` base units on the scales, 0 where it was not weighed."""

    name: str
    packs: int
    unit: str
    weighed: int
    base_unit: str
    lots: tuple[LotTold, ...]


def of_order(session: Session, code: str) -> tuple[LineGoods, ...]:
    """What was packed for order `code`; () where it is no order's, or nothing is known yet."""
    try:
        order = order_facts.facts(session, code)
    except NotFound:
        return ()
    lots, weighed = journey.lots_of(session, order), _weighed(session, code)
    told = (
        LineGoods(
            line.name,
            line.packs,
            line.unit,
            line.weighed or weighed.get(line.id, 0),
            line.base_unit,
            tuple(_told(session, lot) for lot in lots.get(line.id, ())[:_MOST_LOTS]),
        )
        for line in order.lines
        if line.packs
    )
    return tuple(line for line in told if line.weighed or line.lots)


def _weighed(session: Session, code: str) -> dict[str, int]:
    query = (
        select(PackedPart.line_id, func.sum(PackedPart.weighed))
        .where(PackedPart.order_code == code)
        .group_by(PackedPart.line_id)
    )
    return {line_id: int(units) for line_id, units in session.execute(query)}


def _told(session: Session, lot: LotLink) -> LotTold:
    try:
        stages = provenance.read(session, lot.id).stages
    except NotFound:  # its page is not public any more
        return LotTold(lot, ())
    communes = dict.fromkeys(name for stage in stages for name in stage.communes)
    return LotTold(lot, tuple(communes))
