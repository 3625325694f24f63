"""Stock of a harvest to come: a row of its own, as large as its cap, until goods take its place.

Refuses to decide who gets how much when less comes (`catalog.scale_back` does).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from catalog.models import StockPoint
from catalog.stock.ending import HOLDS, end_expired
from catalog.stock.points import FORECAST, row_at
from catalog.stock.rows import MOVEMENTS, STOCK, Entry, RowIds, change, lock_rows, positive, promise
from core import clock
from core.db import insert_new
from core.errors import NotFound

_KEPT = ("active", "allocated")


@dataclass(frozen=True)
class AheadHold:
    """What one hold keeps of a coming harvest: `quantity` base units in packs of `pack_size`."""

    id: str
    holder: str
    quantity: int
    pack_size: int
    state: str


@dataclass(frozen=True)
class Ahead:
    """A harvest sold ahead, locked: its row, the store's row beside it, its holds, the earliest first."""

    row: RowIds
    store_row: str
    cap: int
    holds: tuple[AheadHold, ...]


def open_ahead(
    session: Session, seller_id: str, product_id: str, forecast_id: str, cap: int
) -> str:
    """Let up to `cap` base units of a product be promised from a harvest to come; returns the row's id.

    Raises:
        BadQuantity: the cap is below one base unit. NotFound: the product is not this seller's.
    """
    positive(cap)
    point: dict[str, object] = {"id": forecast_id, "seller_id": seller_id, "kind": FORECAST}
    named = {"name": f"{FORECAST} {forecast_id}", "created_ms": clock.now_ms()}
    insert_new(session, StockPoint, {**point, **named})
    row_id = row_at(session, seller_id, product_id, forecast_id)
    change(session, row_id, Entry(FORECAST, on_hand=cap, reason="cap of a coming harvest"))
    return row_id


def locked_ahead(session: Session, forecast_id: str) -> Ahead:
    """What was promised of a coming harvest, locked until the commit; what ran out has ended.

    Raises:
        NotFound: there is no such row.
    """
    columns = (STOCK.c.id, STOCK.c.seller_id, STOCK.c.product_id)
    found = session.execute(select(*columns).where(STOCK.c.point_id == forecast_id)).one_or_none()
    if found is None:
        raise NotFound()
    row = RowIds(*found)
    store_row = row_at(session, row.seller_id, row.product_id)
    end_expired(session, stock_ids=[row.id, store_row])
    _holds(session, row.id)
    lock_rows(session, {row.id, store_row})
    holds = _holds(session, row.id)  # whoever came in before the row was locked is among them now
    cap = session.scalars(select(STOCK.c.on_hand).where(STOCK.c.id == row.id)).one()
    return Ahead(row, store_row, cap, tuple(holds))


def recap_ahead(session: Session, ahead: Ahead, cap: int, actor: str) -> None:
    """Let up to `cap` base units be promised of a coming harvest from now on.

    Precondition: `cap` is no less than the holds of `ahead` together.
    """
    reason = "another cap of a coming harvest"
    entry = Entry(FORECAST, on_hand=cap - ahead.cap, reason=reason, actor=actor)
    change(session, ahead.row.id, entry)


def settle_ahead(session: Session, ahead: Ahead, given: Mapping[str, int], actor: str) -> None:
    """Serve each hold with `given` base units (by hold id) from the store, and close the harvest's row.

    One that gets nothing is `cut`, and no more its holder's. Precondition: `given` names every hold of
    `ahead`, none with more than it was promised, in whole packs.

    Raises:
        OutOfStock: the store has not so much free; nothing was changed. `left` is what it has.
    """
    arriving = [_entry(hold, +1, given[hold.id], actor) for hold in ahead.holds if given[hold.id]]
    if arriving:
        promise(session, ahead.store_row, arriving)
    leaving = [_entry(hold, -1, hold.quantity, actor) for hold in ahead.holds]
    closing = Entry(FORECAST, on_hand=-ahead.cap, reason="the harvest came", actor=actor)
    change(session, ahead.row.id, *leaving, closing)
    for hold in ahead.holds:
        kept = {"quantity": given[hold.id], "stock_id": ahead.store_row}
        values = kept if given[hold.id] else {"state": "cut"}
        session.execute(update(HOLDS).where(HOLDS.c.id == hold.id).values(**values))


def _entry(hold: AheadHold, sign: int, quantity: int, actor: str) -> Entry:
    paid = hold.state == "allocated"
    return Entry(
        FORECAST,
        held=0 if paid else sign * quantity,
        allocated=sign * quantity if paid else 0,
        holder=hold.holder,
        reason="sold ahead",
        actor=actor,
    )


def _holds(session: Session, stock_id: str) -> Sequence[AheadHold]:
    """The holds of a row that still count, locked, in the order in which their holders came."""
    columns = (HOLDS.c[name] for name in AheadHold.__dataclass_fields__)
    kept: ColumnElement[bool] = HOLDS.c.state.in_(_KEPT)
    query = select(*columns).where(HOLDS.c.stock_id == stock_id, kept)
    rows = session.execute(query.order_by(HOLDS.c.id).with_for_update(key_share=True)).all()
    came = _arrivals(session, stock_id)
    return sorted((AheadHold(*row) for row in rows), key=lambda hold: (came[hold.holder], hold.id))


def _arrivals(session: Session, stock_id: str) -> dict[str, int]:
    """Who was promised something of a row, by their first movement: many may share a millisecond."""
    first = func.min(MOVEMENTS.c.id)
    query = select(MOVEMENTS.c.holder, first).where(MOVEMENTS.c.stock_id == stock_id)
    rows = session.execute(query.group_by(MOVEMENTS.c.holder))
    return {row.holder: int(row[1]) for row in rows}
