"""Goods that come in and goods that are counted: the only ways reality enters the books."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Product, Stock
from catalog.stock.rows import STOCK, Entry, change, positive
from core.db import insert_new, owned
from core.errors import NotFound
from core.ids import new_id
from core.quantity import BadQuantity


def receive(session: Session, seller_id: str, product_id: str, quantity: int, reason: str) -> str:
    """Add `quantity` base units of a product to what is on hand; returns the stock row's id.

    The row is made at the first receipt. `reason` (at most 200 characters) says where the goods came from.

    Raises:
        NotFound: the product is not this seller's.
        BadQuantity: `quantity` is below one base unit.
    """
    positive(quantity)
    session.flush()
    owned(session, Product, product_id, seller_id)
    values: dict[str, object] = {"id": new_id(), "seller_id": seller_id, "product_id": product_id}
    insert_new(session, Stock, {**values, "on_hand": 0, "allocated": 0, "held": 0})
    stock_id: str = session.execute(
        select(STOCK.c.id).where(STOCK.c.product_id == product_id)
    ).scalar_one()
    change(session, stock_id, Entry("receive", on_hand=quantity, reason=reason))
    return stock_id


def recount(session: Session, stock_id: str, on_hand: int, reason: str) -> None:
    """Set what is on hand to what was counted (base units), even below what is promised.

    A row counted below its promises is short: nothing more is promised from it until goods come in,
    and no promise is taken back here. Counting what the books already say changes nothing.

    Raises:
        NotFound: there is no such row. The caller has checked whose it is.
        BadQuantity: `on_hand` is negative.
    """
    if on_hand < 0:
        raise BadQuantity()
    query = select(STOCK.c.on_hand).where(STOCK.c.id == stock_id).with_for_update(key_share=True)
    known: int | None = session.execute(query).scalar_one_or_none()
    if known is None:
        raise NotFound()
    if on_hand != known:
        change(session, stock_id, Entry("recount", on_hand=on_hand - known, reason=reason))
