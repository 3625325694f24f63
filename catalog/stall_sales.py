"""Sales by hand at a stall, a van or the farm gate: goods leave, cash is in the seller's pocket.

One sale is one row of movements under a name of its own (`stall:…`), with what was taken for it in its
reason. Refuses to sell what is not there: a sale that has happened and cannot be booked is the phone's to
keep until somebody has looked. Money is no business of the catalogue's; the sum is written down and told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings, stock
from catalog.events import StallSold
from catalog.listings import ListingFacts
from catalog.models import StockPoint
from catalog.stock import Word
from catalog.units import packs_said
from core import clock
from core.db import owned
from core.errors import N_, NotFound, OutOfStock
from core.ids import new_id
from core.money import format_vnd
from core.outbox import publish


class StallShort(OutOfStock):
    """Less lies free at a point than was sold by hand there.

    `left` base units of `product` (counted in `unit`: g, ml or piece); `left_words` says it as the listing
    is sold, `name` which one.
    """

    message = N_(
        "Ở đây sổ chỉ còn %(left_words)s %(name)s. Bạn đếm lại quầy hoặc chuyển thêm hàng tới nhé."
    )

    def __init__(self, left: int, sold: ListingFacts) -> None:
        words = packs_said(left, sold.unit_word, sold.pack_size, sold.base_unit)
        super().__init__(
            left=left,
            unit=sold.base_unit,
            left_words=words,
            product=sold.product_id,
            name=sold.name,
        )


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

    `StallSold` is told.

    Raises:
        StallShort: that much is not free there; `left` base units are.
        NotFound: the point or a listing is not this seller's.
        BadQuantity: a line is below one base unit.
    """
    owned(session, StockPoint, sale.point_id, seller_id)
    offered = listings.facts(session, [line.listing_id for line in sale.lines])
    holder = f"stall:{new_id()}"
    word = Word(actor=actor, reason=_reason(sale))
    wanted = [(_listing(offered, line, seller_id), line.quantity) for line in sale.lines]
    for sold, quantity in sorted(wanted, key=lambda pair: (pair[0].product_id, pair[1])):
        row = stock.row_at(session, seller_id, sold.product_id, sale.point_id)
        try:
            stock.sell(session, row, quantity, holder, word)
        except OutOfStock as error:
            raise StallShort(int(error.data["left"]), sold) from error
    publish(session, StallSold(seller_id, holder, sale.took_vnd, sale.sold_ms))
    return holder


def _listing(offered: dict[str, ListingFacts], line: StallLine, seller_id: str) -> ListingFacts:
    found = offered.get(line.listing_id)
    if found is None or found.seller_id != seller_id:
        raise NotFound()
    return found


def _reason(sale: StallSale) -> str:
    sold = clock.in_vietnam(sale.sold_ms)
    return f"bán tại quầy {sold:%H:%M %d/%m/%Y}, thu {format_vnd(sale.took_vnd)}"
