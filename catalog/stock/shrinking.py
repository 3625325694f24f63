"""A promise becomes smaller: what is not given any more goes back as when a promise ends.

Why: a line is cancelled, or the packer finds less than was promised. A hold of which nothing is left is
`cut`: over, and not among its holder's. Refuses to make a promise larger, and to touch what is handed over.
"""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalog.errors import HoldGone
from catalog.stock.binding import BINDINGS
from catalog.stock.ending import HOLDS, HoldRow, locked_holds, lower
from catalog.stock.lot_rows import LOT_STOCK
from catalog.stock.rows import Entry, change, lock_rows
from catalog.stock.securing import reenter_allotment
from core.quantity import BadQuantity


def shrink_holder(session: Session, holder: str, kept: Mapping[str, int]) -> None:
    """Keep for `holder` only `kept` base units (by hold id; 0: nothing) of what it has.

    What it loses goes back to its allotment if that is open, else to what the shop has available; lots
    bound beyond what is kept are freed, the last bound first. Asked for what it is already: nothing changes.

    Raises:
        HoldGone: one of the holds has ended, was handed over, or is not the holder's.
        BadQuantity: more than it has, or less than nothing.
    """
    holds = {hold.id: hold for hold in locked_holds(session, [holder])}
    chosen = [_standing(holds, hold_id) for hold_id in sorted(kept)]
    if any(not 0 <= kept[hold.id] <= hold.quantity for hold in chosen):
        raise BadQuantity()
    losing = [(hold, hold.quantity - kept[hold.id]) for hold in chosen]
    losing = [(hold, lost) for hold, lost in losing if lost]
    for hold, lost in losing:
        left = hold.quantity - lost
        values = {"quantity": left} if left else {"state": "cut"}
        session.execute(update(HOLDS).where(HOLDS.c.id == hold.id).values(**values))
    losing.sort(key=lambda one: one[0].allotment_id or "")
    entries = [(hold, _give_back(session, hold, lost)) for hold, lost in losing]
    lock_rows(session, {hold.stock_id for hold, _ in losing})
    for hold, entry in sorted(entries, key=lambda one: one[0].stock_id):
        if entry is not None:
            change(session, hold.stock_id, entry)
    for hold, lost in losing:
        _unbind_beyond(session, hold, hold.quantity - lost)


def cap_holder(session: Session, holder: str, most: Mapping[str, int]) -> None:
    """As `shrink_holder`, but a hold that has `most` (base units by hold id) or less already stays as it is.

    Raises:
        HoldGone: as `shrink_holder`. BadQuantity: less than nothing.
    """
    has = {hold.id: hold.quantity for hold in locked_holds(session, [holder])}
    shrink_holder(session, holder, {id_: min(cap, has.get(id_, cap)) for id_, cap in most.items()})


def _standing(holds: Mapping[str, HoldRow], hold_id: str) -> HoldRow:
    hold = holds.get(hold_id)
    if hold is None or hold.state not in ("active", "allocated"):
        raise HoldGone()
    return hold


def _give_back(session: Session, hold: HoldRow, lost: int) -> Entry | None:
    """What the stock row hears of it; an open allotment takes back what is only kept by itself."""
    if hold.state == "allocated":
        room = hold.allotment_id
        held_again = lost if room and reenter_allotment(session, room, lost) else 0
        return Entry("release", allocated=-lost, held=held_again, holder=hold.holder)
    if hold.allotment_id is None:
        return Entry("release", held=-lost, holder=hold.holder)
    lowered = lower(session, hold.allotment_id, lost)
    return Entry("return", held=-lost, holder=hold.holder) if lowered.closed else None


def _unbind_beyond(session: Session, hold: HoldRow, kept: int) -> None:
    """Free lots of `hold`, the last bound first, until no more than `kept` base units are bound."""
    bound = (BINDINGS.c.hold_id == hold.id) & (BINDINGS.c.state == "bound")
    total = select(func.coalesce(func.sum(BINDINGS.c.quantity), 0)).where(bound)
    beyond = (session.scalar(total) or 0) - kept
    query = select(BINDINGS.c.id, BINDINGS.c.lot_id, BINDINGS.c.stock_id, BINDINGS.c.quantity)
    newest = query.where(bound).order_by(BINDINGS.c.created_ms.desc(), BINDINGS.c.id.desc())
    for binding_id, lot_id, stock_id, quantity in session.execute(newest).all():
        freed = min(quantity, max(0, beyond))
        if freed:
            beyond -= freed
            _free(session, binding_id, quantity - freed)
            session.execute(
                update(LOT_STOCK)
                .where(LOT_STOCK.c.lot_id == lot_id, LOT_STOCK.c.stock_id == stock_id)
                .values(bound=LOT_STOCK.c.bound - freed)
            )


def _free(session: Session, binding_id: str, left: int) -> None:
    values = {"quantity": left} if left else {"state": "freed"}
    session.execute(update(BINDINGS).where(BINDINGS.c.id == binding_id).values(**values))
