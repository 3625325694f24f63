"""What lies where of which lot: the only writer of `lot_stock`, each change with its movement.

A stock row's `on_hand` is what its available lots hold, so laying goods of a lot that waits or is blocked
changes the lot alone. Lots are locked first, then stock rows, then what lies of them (each by id).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from catalog.allocation import FreeLot
from catalog.errors import LotClosed, LotTooSmall
from catalog.models import Lot, LotStock
from catalog.stock import guards
from catalog.stock.rows import STOCK, Entry, change, countable, positive, promise
from core.db import insert_new
from core.errors import NotFound

LOTS = cast(Table, Lot.__table__)
LOT_STOCK = cast(Table, LotStock.__table__)
AVAILABLE = "available"
SPENT = "spent"


@dataclass(frozen=True)
class LotMove:
    """So many base units more (or less) of a lot at a stock row: the kind, who, why, for whom."""

    kind: str
    lot_id: str
    quantity: int
    actor: str = ""
    reason: str = ""
    holder: str = ""


@dataclass(frozen=True)
class LotRow:
    """A lot as it stands, locked."""

    id: str
    seller_id: str
    product_id: str
    state: str
    harvested_on: date
    removes_on: date | None

    @property
    def counts(self) -> bool:
        """Whether what lies of it is on hand: only goods that may be sold are."""
        return self.state == AVAILABLE


def locked_lots(session: Session, lot_ids: Collection[str]) -> dict[str, LotRow]:
    """Lots by id, locked in order: their states stay as they are until the commit.

    Raises:
        NotFound: one of them does not exist. The caller has checked whose they are.
    """
    session.flush()
    columns = (LOTS.c[name] for name in LotRow.__dataclass_fields__)
    query = select(*columns).where(LOTS.c.id.in_(set(lot_ids))).order_by(LOTS.c.id)
    found = {row.id: LotRow(*row) for row in session.execute(query.with_for_update(key_share=True))}
    if len(found) < len(set(lot_ids)):
        raise NotFound()
    return found


def put(session: Session, stock_id: str, lot: LotRow, move: LotMove) -> None:
    """Lay `move.quantity` base units of a lot at a stock row.

    Raises:
        BadQuantity, TooLargeQuantity: that is less than one base unit, or 10^12 and more.
        NotFound: there is no such row, or another product lies there.
        LotClosed: the lot is spent; whoever finds more of it opens it first.
    """
    if lot.state == SPENT:
        raise LotClosed()
    row = change(session, stock_id, entry_of(lot, move, positive(countable(move.quantity))))
    if row.product_id != lot.product_id:
        raise NotFound()
    _lay(session, stock_id, lot, move.quantity)


def take_out(session: Session, stock_id: str, lot: LotRow, move: LotMove) -> None:
    """Take `move.quantity` base units of a lot from a stock row because somebody wishes it.

    Raises:
        OutOfStock: they are promised to others; `left` is what is available of the product there.
        LotTooSmall: the lot has less than that which is nobody's.
        BadQuantity: that is less than one base unit.
    """
    entry = entry_of(lot, move, -positive(move.quantity))
    if lot.counts:
        promise(session, stock_id, [entry])
    else:
        change(session, stock_id, entry)
    lift(session, stock_id, lot.id, move.quantity)


def count_in(session: Session, lot: LotRow, kind: str, actor: str, reason: str) -> None:
    """Make what lies of a lot everywhere be on hand (`open`), or no more (`close`); the lot itself stays.

    Closing may leave rows short: what was promised of them stays promised and is listed.
    """
    sign = 1 if kind == "open" else -1
    for stock_id, quantity in lying(session, lot.id):
        if quantity:
            entry = Entry(kind, on_hand=sign * quantity, lot_id=lot.id, actor=actor, reason=reason)
            change(session, stock_id, entry)


def lying(session: Session, lot_id: str) -> list[tuple[str, int]]:
    """The stock rows a lot lies at with its base units there, by row."""
    query = select(LOT_STOCK.c.stock_id, LOT_STOCK.c.quantity).where(LOT_STOCK.c.lot_id == lot_id)
    return [(row.stock_id, row.quantity) for row in session.execute(query.order_by("stock_id"))]


def free_lots(session: Session, stock_id: str, locked: Collection[str]) -> list[FreeLot]:
    """The available ones of the `locked` lots at a stock row with what of them is bound to nobody.

    What came in after they were locked is for the next who asks: its state could change under us.
    """
    query = (
        select(
            LOTS.c.id,
            LOT_STOCK.c.quantity - LOT_STOCK.c.bound,
            LOTS.c.harvested_on,
            LOTS.c.removes_on,
        )
        .join(LOT_STOCK, LOT_STOCK.c.lot_id == LOTS.c.id)
        .where(LOT_STOCK.c.stock_id == stock_id, LOTS.c.state == AVAILABLE)
        .where(LOT_STOCK.c.quantity > LOT_STOCK.c.bound)
        .order_by(LOTS.c.id)
    )
    return [FreeLot(*row) for row in session.execute(query) if row.id in locked]


def lots_at(session: Session, stock_id: str) -> Sequence[str]:
    """Every lot that ever lay at a stock row, by id."""
    query = select(LOT_STOCK.c.lot_id).where(LOT_STOCK.c.stock_id == stock_id)
    return session.scalars(query.order_by("lot_id")).all()


def product_of_row(session: Session, stock_id: str) -> str:
    """The product of a stock row; raises NotFound."""
    found: str | None = session.scalar(select(STOCK.c.product_id).where(STOCK.c.id == stock_id))
    if found is None:
        raise NotFound()
    return found


def entry_of(lot: LotRow, move: LotMove, quantity: int) -> Entry:
    """The movement of `quantity` base units (negative: away) of a lot; on hand only if the lot counts."""
    return Entry(
        move.kind,
        on_hand=quantity if lot.counts else 0,
        lot_id=lot.id,
        quantity=quantity,
        actor=move.actor,
        reason=move.reason,
        holder=move.holder,
    )


def _lay(session: Session, stock_id: str, lot: LotRow, quantity: int) -> None:
    key: dict[str, object] = {"lot_id": lot.id, "stock_id": stock_id}
    insert_new(session, LotStock, {**key, "seller_id": lot.seller_id, "quantity": 0, "bound": 0})
    session.execute(
        update(LOT_STOCK)
        .where(LOT_STOCK.c.lot_id == lot.id, LOT_STOCK.c.stock_id == stock_id)
        .values(quantity=LOT_STOCK.c.quantity + quantity)
    )


def lift(session: Session, stock_id: str, lot_id: str, quantity: int) -> None:
    """Take base units of a lot away from a stock row whose own sums have been changed.

    Raises:
        LotTooSmall: less than that lies there bound to nobody.
    """
    here = (LOT_STOCK.c.lot_id == lot_id) & (LOT_STOCK.c.stock_id == stock_id)
    lifted = (
        update(LOT_STOCK)
        .where(here, guards.enough_free(bindparam("lifted")))
        .values(quantity=LOT_STOCK.c.quantity - bindparam("lifted"))
        .returning(LOT_STOCK.c.lot_id)
    )
    if session.execute(lifted, {"lifted": quantity}).one_or_none() is None:
        free = select(LOT_STOCK.c.quantity - LOT_STOCK.c.bound).where(here)
        raise LotTooSmall(left=session.scalar(free) or 0)
