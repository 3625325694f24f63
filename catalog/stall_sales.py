"""Sales by hand at a stall, a van or the farm gate: goods leave, cash is in the seller's pocket.

One sale is one row of movements under a name of its own (`stall:…`), with what was taken for it in its
reason. Refuses to sell what is not there: a sale that has happened and cannot be booked is the phone's to
keep until somebody has looked. Money is no business of the catalogue's; the sum is only written down.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings, stock
from catalog.listings import ListingFacts
from catalog.models import StockPoint
from catalog.stock import Word
from core import clock
from core.db import owned
from core.errors import NotFound
from core.ids import new_id
from core.money import format_vnd


@dataclass(frozen=True)
class StallLine:
    """So many base units of what a listing offers."""

    listing_id: str
    quantity: int


@dataclass(frozen=True)
class StallSale:
    """What was sold in one go at a point, for how much in đồng, and when by the phone's clock (UTC ms)."""

    point_id: str
    lines: Sequence[StallLine]
    took_vnd: int
    sold_ms: int


def sell(session: Session, seller_id: str, sale: StallSale, actor: str) -> str:
    """Take the goods of a sale off the point, oldest lots first, all lines or none; returns the sale's name.

    Raises:
        OutOfStock: with `left`, the base units that are free there, and `product`.
        NotFound: the point or a listing is not this seller's.
        BadQuantity: a line is below one base unit.
    """
    owned(session, StockPoint, sale.point_id, seller_id)
    offered = listings.facts(session, [line.listing_id for line in sale.lines])
    holder = f"stall:{new_id()}"
    word = Word(actor=actor, reason=_reason(sale))
    wanted = [(_product(offered, line, seller_id), line.quantity) for line in sale.lines]
    for product_id, quantity in sorted(wanted):
        row = stock.row_at(session, seller_id, product_id, sale.point_id)
        stock.sell(session, row, quantity, holder, word)
    return holder


def _product(offered: dict[str, ListingFacts], line: StallLine, seller_id: str) -> str:
    found = offered.get(line.listing_id)
    if found is None or found.seller_id != seller_id:
        raise NotFound()
    return found.product_id


def _reason(sale: StallSale) -> str:
    sold = clock.in_vietnam(sale.sold_ms)
    return f"bán tại quầy {sold:%H:%M %d/%m/%Y}, thu {format_vnd(sale.took_vnd)}"
