"""What a packer reaches for: goods that wait for each order, lots that could serve them. Reads only.

Refuses to bind or to promise: what is shown is what there was when the page was read.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from catalog.allocation import FreeLot
from catalog.models import Product, StockPoint
from catalog.stock.binding import BINDINGS, Bound
from catalog.stock.ending import HOLDS
from catalog.stock.lot_rows import AVAILABLE, LOT_STOCK, LOTS
from catalog.stock.points import FORECAST
from catalog.stock.rows import STOCK

_POINTS = cast(Table, StockPoint.__table__)
_PRODUCTS = cast(Table, Product.__table__)


@dataclass(frozen=True)
class ToPick:
    """A hold that is allocated: `quantity` base units of a product, to be taken from a stock row.

    `ahead` is a harvest that has not come in: there is nothing to reach for yet.
    """

    hold_id: str
    holder: str
    stock_id: str
    product_id: str
    product_name: str
    quantity: int
    ahead: bool


def to_pick(session: Session, holders: Collection[str]) -> tuple[ToPick, ...]:
    """What is allocated to `holders` and has not left the house, by hold."""
    query = (
        select(
            HOLDS.c.id,
            HOLDS.c.holder,
            HOLDS.c.stock_id,
            STOCK.c.product_id,
            _PRODUCTS.c.name,
            HOLDS.c.quantity,
            _POINTS.c.kind == FORECAST,
        )
        .join(STOCK, STOCK.c.id == HOLDS.c.stock_id)
        .join(_PRODUCTS, _PRODUCTS.c.id == STOCK.c.product_id)
        .join(_POINTS, _POINTS.c.id == STOCK.c.point_id)
        .where(HOLDS.c.holder.in_(list(holders)), HOLDS.c.state == "allocated")
        .order_by(HOLDS.c.id)
    )
    return tuple(ToPick(*row) for row in session.execute(query))


def bound_of(session: Session, holders: Collection[str]) -> dict[str, tuple[Bound, ...]]:
    """What is bound or was shipped, by hold, of all `holders` in one query."""
    columns = (BINDINGS.c[name] for name in Bound.__dataclass_fields__)
    query = select(*columns).where(
        BINDINGS.c.holder.in_(list(holders)), BINDINGS.c.state != "freed"
    )
    found: defaultdict[str, tuple[Bound, ...]] = defaultdict(tuple)
    for row in session.execute(query.order_by(BINDINGS.c.lot_id)):
        found[row.hold_id] += (Bound(*row),)
    return dict(found)


def free_at(session: Session, stock_ids: Collection[str]) -> dict[str, tuple[FreeLot, ...]]:
    """The lots that may be sold with what of them is bound to nobody, by stock row; one query."""
    free = LOT_STOCK.c.quantity - LOT_STOCK.c.bound
    query = (
        select(LOT_STOCK.c.stock_id, LOTS.c.id, free, LOTS.c.harvested_on, LOTS.c.removes_on)
        .join(LOTS, LOTS.c.id == LOT_STOCK.c.lot_id)
        .where(LOT_STOCK.c.stock_id.in_(list(stock_ids)), LOTS.c.state == AVAILABLE, free > 0)
        .order_by(LOTS.c.id)
    )
    found: defaultdict[str, tuple[FreeLot, ...]] = defaultdict(tuple)
    for stock_id, *lot in session.execute(query):
        found[stock_id] += (FreeLot(*lot),)
    return dict(found)
