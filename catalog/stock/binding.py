"""Which lots serve which order: bound by the packer, shipped at hand-over, freed when goods are missing.

Binding changes no sum of a stock row: the goods are allocated already; it says which box they come from.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, Table, func, insert, select, update
from sqlalchemy.orm import Session

from catalog.allocation import allocate
from catalog.errors import LotsMissing
from catalog.models import LotBinding
from catalog.stock.ending import HOLDS, HoldRow, locked_holds
from catalog.stock.lot_rows import LOT_STOCK, free_lots, locked_lots, lots_at
from catalog.stock.rows import Entry, change
from core import clock
from core.ids import new_id

BINDINGS = cast(Table, LotBinding.__table__)


@dataclass(frozen=True)
class Bound:
    """A part of a hold and the lot it is served from, at a stock row: base units, `bound` or `shipped`."""

    hold_id: str
    lot_id: str
    quantity: int
    state: str
    stock_id: str


def bind_holder(
    session: Session, holder: str, deliver_on: date, wished: Mapping[str, str] | None = None
) -> int:
    """Bind lots to all that is allocated to `holder` and not bound yet; returns the base units missing.

    First expired, first out, and never a lot that leaves the shelf before `deliver_on`. `wished` names, by
    hold, the lot a packer has in hand: it serves first, the others what it has not. What no lot can serve
    stays unbound: bind again when goods have come in.
    """
    query = select(HOLDS.c.stock_id).where(HOLDS.c.holder == holder).distinct()
    at = session.scalars(query).all()
    lots = locked_lots(session, {lot for stock_id in at for lot in lots_at(session, stock_id)})
    holds = [hold for hold in locked_holds(session, [holder]) if hold.state == "allocated"]
    missing = 0
    for hold in holds:
        first = (wished or {}).get(hold.id)
        if first is not None:
            _bind(session, hold, deliver_on, lots.keys() & {first})
        missing += _bind(session, hold, deliver_on, lots)
    return missing


def bound_to(session: Session, holder: str) -> tuple[Bound, ...]:
    """What is bound to `holder` or was shipped to it, by hold and lot."""
    columns = (BINDINGS.c[name] for name in Bound.__dataclass_fields__)
    query = select(*columns).where(BINDINGS.c.holder == holder, BINDINGS.c.state != "freed")
    return tuple(Bound(*row) for row in session.execute(query.order_by("hold_id", "lot_id")))


def ship_holder(session: Session, holder: str, actor: str) -> None:
    """Hand over all that is allocated to `holder`, from the lots it is bound to; twice does nothing more.

    What is not bound yet is bound first, as for a delivery today.

    Raises:
        LotsMissing: lots cannot serve all of it; `missing` base units. Nothing was handed over.
    """
    missing = bind_holder(session, holder, clock.today())
    if missing:
        raise LotsMissing(missing=missing)
    holds = {h.id: h for h in locked_holds(session, [holder]) if h.state == "allocated"}
    bound = [part for part in bound_to(session, holder) if part.hold_id in holds]
    for part in sorted(bound, key=lambda p: (holds[p.hold_id].stock_id, p.lot_id)):
        _ship(session, holds[part.hold_id], part, actor)
    session.execute(update(HOLDS).where(HOLDS.c.id.in_(list(holds))).values(state="shipped"))
    session.execute(
        update(BINDINGS)
        .where(BINDINGS.c.hold_id.in_(list(holds)), BINDINGS.c.state == "bound")
        .values(state="shipped")
    )


def unbind_holder(session: Session, holder: str) -> None:
    """Free `holder` of the lots bound to it (not of the goods): a change of mind before packing."""
    locked_holds(session, [holder])
    _free(session, BINDINGS.c.holder == holder)


def unbind_holds(session: Session, hold_ids: Sequence[str]) -> None:
    """Free these holds of the lots bound to them."""
    if hold_ids:
        _free(session, BINDINGS.c.hold_id.in_(list(hold_ids)))


def unbind_lot(session: Session, lot_id: str) -> None:
    """Free every order of a lot that may not be sold any more; they are bound to others when packed."""
    _free(session, BINDINGS.c.lot_id == lot_id)


def unbind_above(session: Session, stock_id: str, lot_id: str, kept: int) -> None:
    """Free orders of a lot at a point, the newest first, until at most `kept` base units are bound."""
    here = (BINDINGS.c.lot_id == lot_id) & (BINDINGS.c.stock_id == stock_id)
    query = select(BINDINGS.c.id, BINDINGS.c.quantity).where(here, BINDINGS.c.state == "bound")
    rows = session.execute(query.order_by(BINDINGS.c.created_ms, BINDINGS.c.id)).all()
    excess: list[str] = []
    for binding_id, quantity in rows:
        kept -= quantity
        if kept < 0:
            excess.append(binding_id)
    if excess:
        _free(session, BINDINGS.c.id.in_(excess))


def _bind(session: Session, hold: HoldRow, deliver_on: date, lots: Collection[str]) -> int:
    query = select(func.coalesce(func.sum(BINDINGS.c.quantity), 0))
    mine = query.where(BINDINGS.c.hold_id == hold.id, BINDINGS.c.state == "bound")
    wanted = hold.quantity - (session.scalar(mine) or 0)
    if wanted < 1:
        return 0
    served = allocate(free_lots(session, hold.stock_id, lots), wanted, deliver_on)
    for lot_id, quantity in served.parts:
        _bind_part(session, hold, lot_id, quantity)
    return served.missing


def _bind_part(session: Session, hold: HoldRow, lot_id: str, quantity: int) -> None:
    session.execute(
        update(LOT_STOCK)
        .where(LOT_STOCK.c.lot_id == lot_id, LOT_STOCK.c.stock_id == hold.stock_id)
        .values(bound=LOT_STOCK.c.bound + quantity)
    )
    seller = select(LOT_STOCK.c.seller_id).where(
        LOT_STOCK.c.lot_id == lot_id, LOT_STOCK.c.stock_id == hold.stock_id
    )
    values = {
        "id": new_id(),
        "seller_id": session.scalars(seller).one(),
        "lot_id": lot_id,
        "stock_id": hold.stock_id,
        "hold_id": hold.id,
        "holder": hold.holder,
        "quantity": quantity,
        "state": "bound",
        "created_ms": clock.now_ms(),
    }
    session.execute(insert(BINDINGS).values(values))


def _ship(session: Session, hold: HoldRow, part: Bound, actor: str) -> None:
    entry = Entry(
        "ship",
        on_hand=-part.quantity,
        allocated=-part.quantity,
        holder=hold.holder,
        lot_id=part.lot_id,
        quantity=-part.quantity,
        actor=actor,
    )
    change(session, hold.stock_id, entry)
    session.execute(
        update(LOT_STOCK)
        .where(LOT_STOCK.c.lot_id == part.lot_id, LOT_STOCK.c.stock_id == hold.stock_id)
        .values(
            quantity=LOT_STOCK.c.quantity - part.quantity, bound=LOT_STOCK.c.bound - part.quantity
        )
    )


def _free(session: Session, which: ColumnElement[bool]) -> None:
    """Free these bindings; two who free the same one at once find it bound once."""
    freed = update(BINDINGS).where(which, BINDINGS.c.state == "bound").values(state="freed")
    columns = (BINDINGS.c.lot_id, BINDINGS.c.stock_id, BINDINGS.c.quantity)
    rows = session.execute(freed.returning(*columns)).all()
    for lot_id, stock_id, quantity in sorted(rows):
        session.execute(
            update(LOT_STOCK)
            .where(LOT_STOCK.c.lot_id == lot_id, LOT_STOCK.c.stock_id == stock_id)
            .values(bound=LOT_STOCK.c.bound - quantity)
        )
