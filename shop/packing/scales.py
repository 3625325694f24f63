"""What the scales said, kept beside the order: never less than was ordered, more as a gift.

Mode `at_least`: the price does not change. What is over leaves the books when the box leaves the house,
as goods given away, so that a shelf that is emptied gram by gram does not stay full on paper. What is
priced by weight (`shop.ordering.weights`) leaves with it in the same way. Refuses weights that can only be
a slip of the thumb.
Source: docs/adr/0023-packing-desk.md, docs/adr/0032-priced-by-the-scales.md.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.stock import Bound, Word
from core import clock
from core.quantity import format_quantity
from shop.models import OrderLine, OrderLinePart
from shop.ordering.order_facts import reference_of
from shop.packing.errors import TooHeavy, TooLight
from shop.packing.models import PackedPart

_MOST_TIMES = 2


def write_down(
    session: Session,
    seller_id: str,
    parts: Sequence[OrderLinePart],
    weights: Mapping[tuple[str, int], int],
    actor: str,
) -> None:
    """Keep what went into the box of one order: `parts` are all its things, `weights` base units of some.

    What was written down when it was packed before is forgotten.

    Raises:
        TooLight: less than the packs of a thing come to. TooHeavy: more than twice that.
    """
    query = select(OrderLine).where(OrderLine.id.in_({part.line_id for part in parts}))
    lines = {line.id: line for line in session.scalars(query)}
    codes = {line.order_code for line in lines.values()}
    session.execute(delete(PackedPart).where(PackedPart.order_code.in_(codes)))
    kept = _kept(session, codes)
    for part in parts:
        line = lines[part.line_id]
        weighed = line.weighed or weights.get((part.line_id, part.position), 0)
        extra = weighed - kept[part.hold_id] if line.weighed else _over(part, weighed)
        session.add(
            PackedPart(
                line_id=part.line_id,
                position=part.position,
                order_code=line.order_code,
                seller_id=seller_id,
                packs=part.packs,
                weighed=weighed,
                extra=extra,
                actor=actor,
                at_ms=clock.now_ms(),
            )
        )
    session.flush()


def give_away(session: Session, code: str) -> None:
    """Take off the books what was packed over in an order that has left; done twice, nothing more goes.

    As much of it as still lies of the lot it came from: a recount finds the rest.
    """
    query = select(PackedPart).where(
        PackedPart.order_code == code, PackedPart.extra > 0, PackedPart.extra_gone.is_(False)
    )
    rows = session.scalars(query.with_for_update()).all()
    if not rows:
        return
    holds = _holds(session, [row.line_id for row in rows])
    picked = stock.bound_of(session, [reference_of(code)])
    for row in rows:
        row.extra_gone = True
        if from_lots := picked.get(holds[row.line_id, row.position], ()):
            _take_off(session, row, max(from_lots, key=lambda one: (one.quantity, one.lot_id)))
    session.flush()


def _kept(session: Session, codes: Collection[str]) -> dict[str, int]:
    """Base units of each hold of these orders, as it is now."""
    holders = [reference_of(code) for code in codes]
    return {one.hold_id: one.quantity for one in stock.to_pick(session, holders)}


def _over(part: OrderLinePart, weighed: int) -> int:
    """The base units beyond what was ordered."""
    least = part.packs * part.pack_size
    if weighed and weighed < least:
        raise TooLight(part.name, format_quantity(least, part.base_unit))
    if weighed > _MOST_TIMES * least:
        raise TooHeavy(part.name, format_quantity(least, part.base_unit))
    return max(0, weighed - least)


def _holds(session: Session, line_ids: Sequence[str]) -> dict[tuple[str, int], str]:
    query = select(OrderLinePart).where(OrderLinePart.line_id.in_(line_ids))
    return {(one.line_id, one.position): one.hold_id for one in session.scalars(query)}


def _take_off(session: Session, row: PackedPart, lot: Bound) -> None:
    """Write off what is over from where most of the thing came from, as far as it lies there."""
    gone = min(row.extra, dict(stock.lying(session, lot.lot_id)).get(lot.stock_id, 0))
    if gone:
        word = Word(row.actor, f"cân dư cho đơn {row.order_code}")
        stock.spoil(session, lot.stock_id, lot.lot_id, gone, word)
