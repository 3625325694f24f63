"""To whom a product is promised, read without locks: for pages that say who is at risk when it runs short."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.stock.ending import HOLDS
from catalog.stock.rows import STOCK
from core import clock


@dataclass(frozen=True)
class Promise:
    """`quantity` base units kept for `holder`; `paid` if they are allocated and no more only held."""

    hold_id: str
    holder: str
    quantity: int
    paid: bool
    created_ms: int


def promises_of(session: Session, product_id: str) -> tuple[Promise, ...]:
    """What the seller's store has promised of a product, the newest first; what ran out is not among it."""
    query = (
        select(HOLDS.c.id, HOLDS.c.holder, HOLDS.c.quantity, HOLDS.c.state, HOLDS.c.created_ms)
        .join(STOCK, STOCK.c.id == HOLDS.c.stock_id)
        .where(STOCK.c.product_id == product_id, STOCK.c.in_store)
        .where(
            (HOLDS.c.state == "allocated")
            | ((HOLDS.c.state == "active") & (HOLDS.c.until_ms > clock.now_ms()))
        )
        .order_by(HOLDS.c.created_ms.desc(), HOLDS.c.id.desc())
    )
    return tuple(
        Promise(hold_id, holder, quantity, state == "allocated", created_ms)
        for hold_id, holder, quantity, state, created_ms in session.execute(query)
    )
