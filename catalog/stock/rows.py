"""Changes of a stock row: one guarded UPDATE, its movements, and the news of it.

Only this file changes `stock` and writes `stock_movements`, so the two cannot disagree.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from sqlalchemy import ColumnElement, Table, Update, bindparam, insert, select, update
from sqlalchemy.orm import Session

from catalog.errors import BelowNothing, TooLargeQuantity
from catalog.events import StockChanged
from catalog.models import Movement, Stock
from catalog.stock import guards
from catalog.units import BELOW
from core import clock
from core.errors import NotFound, OutOfStock
from core.outbox import publish
from core.quantity import BadQuantity

STOCK = cast(Table, Stock.__table__)
MOVEMENTS = cast(Table, Movement.__table__)


@dataclass(frozen=True)
class Entry:
    """One movement to be: its kind, what it adds to each column (base units), for whom and why.

    `quantity` is what it adds to lot `lot_id` at this row, `actor` who did it ("p:<person>").
    """

    kind: str
    on_hand: int = 0
    allocated: int = 0
    held: int = 0
    holder: str = ""
    reason: str = ""
    lot_id: str | None = None
    quantity: int = 0
    actor: str = ""


@dataclass(frozen=True)
class RowIds:
    """A stock row and whose and what it is."""

    id: str
    seller_id: str
    product_id: str


def positive(quantity: int) -> int:
    """`quantity` if it is at least one base unit; BadQuantity if not."""
    if quantity < 1:
        raise BadQuantity()
    return quantity


def countable(quantity: int) -> int:
    """`quantity` if it is an amount somebody may have: from nothing to below 10^12 base units.

    Raises:
        BelowNothing: it is less. TooLargeQuantity: it is more.
    """
    if quantity < 0:
        raise BelowNothing()
    if quantity >= BELOW:
        raise TooLargeQuantity()
    return quantity


def lock_rows(session: Session, stock_ids: Collection[str]) -> None:
    """Lock several rows by id, in order, so that changing them one by one cannot deadlock."""
    if len(stock_ids) > 1:
        query = select(STOCK.c.id).where(STOCK.c.id.in_(list(stock_ids))).order_by(STOCK.c.id)
        session.execute(query.with_for_update(key_share=True))


def promise(session: Session, stock_id: str, entries: Sequence[Entry]) -> None:
    """Add `entries` to what is promised or taken of a row, all or none, if that much is available.

    Raises:
        OutOfStock: with `left`, the base units that are available, and `product`.
    """
    wanted = sum(entry.held + entry.allocated - entry.on_hand for entry in entries)
    row = _shift(session, _promising(), stock_id, entries, wanted=wanted)
    if row is None:
        raise _out_of_stock(session, stock_id)
    _record(session, row, entries)


def change(session: Session, stock_id: str, *entries: Entry) -> RowIds:
    """Add `entries` to a row with no guard but its CHECKs: for what was received, counted or given back.

    Returns the row.

    Raises:
        NotFound: there is no such row.
    """
    row = _shift(session, _changing(), stock_id, entries)
    if row is None:
        raise NotFound()
    _record(session, row, entries)
    return row


def _shift(
    session: Session, statement: Update, stock_id: str, entries: Sequence[Entry], **guard: int
) -> RowIds | None:
    values = {
        "row": stock_id,
        "d_on_hand": sum(entry.on_hand for entry in entries),
        "d_allocated": sum(entry.allocated for entry in entries),
        "d_held": sum(entry.held for entry in entries),
        **guard,
    }
    changed = session.execute(statement, values).one_or_none()
    return RowIds(*changed) if changed else None


@cache
def _promising() -> Update:
    return _changing().where(guards.enough_available(bindparam("wanted")))


@cache
def _changing() -> Update:
    return (
        update(STOCK)
        .where(STOCK.c.id == bindparam("row"))
        .values({name: _raised(name) for name in ("on_hand", "allocated", "held")})
        .returning(STOCK.c.id, STOCK.c.seller_id, STOCK.c.product_id)
    )


def _raised(name: str) -> ColumnElement[int]:
    column: ColumnElement[int] = STOCK.c[name]
    return column + bindparam(f"d_{name}")


def _record(session: Session, row: RowIds, entries: Sequence[Entry]) -> None:
    now = clock.now_ms()
    movements = [
        {**entry.__dict__, "stock_id": row.id, "seller_id": row.seller_id, "at_ms": now}
        for entry in entries
    ]
    session.execute(insert(MOVEMENTS), movements)
    publish(session, StockChanged(product_id=row.product_id, seller_id=row.seller_id))


def available_at(session: Session, stock_id: str) -> int:
    """The base units a row can still promise; 0 when it is short or unknown."""
    query = select(STOCK.c.on_hand - STOCK.c.allocated - STOCK.c.held)
    return max(0, session.scalar(query.where(STOCK.c.id == stock_id)) or 0)


def _out_of_stock(session: Session, stock_id: str) -> OutOfStock:
    query = select(STOCK.c.on_hand - STOCK.c.allocated - STOCK.c.held, STOCK.c.product_id)
    left, product_id = session.execute(query.where(STOCK.c.id == stock_id)).one()
    return OutOfStock(left=max(0, left), product=product_id)
