"""A stocktake as a phone tells it: each lot counted at a point, with the book it was counted against.

A count made at the shelf may arrive hours later. Where the book has moved meanwhile, nobody but the one
who counted can say whether the count was before or after, so such a line is told back and changes
nothing; the others are kept. Refuses a lot twice in one count, and lots or points of other sellers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import Lot, LotStock, Stock, StockPoint
from catalog.stock import Word
from core.db import owned
from core.errors import BadRequest, NotFound

DEFAULT_REASON = "kiểm kê"


@dataclass(frozen=True)
class CountLine:
    """One lot at the shelf: what the book said when it was counted, and what was counted (base units)."""

    lot_id: str
    book: int
    counted: int


class Outcome(StrEnum):
    """What became of a line."""

    SAME = "same"
    """The book already said so."""
    KEPT = "kept"
    """The book now says what was counted."""
    MOVED = "moved"
    """The book has changed since; nothing was done."""


@dataclass(frozen=True)
class CountedLine:
    """The answer to a line: `now` is what the book says after it, `short` how much more of the product
    is promised at that point than there is (base units)."""

    lot_id: str
    outcome: Outcome
    now: int
    short: int


def take(
    session: Session, seller_id: str, point_id: str, lines: Sequence[CountLine], word: Word
) -> tuple[CountedLine, ...]:
    """Set each lot at a point to what was counted, unless the book has moved since; all in the given order.

    Raises:
        NotFound: the point or a lot is not this seller's.
        BadRequest: a lot is counted twice, or none is.
        BadQuantity: less than nothing was counted.
    """
    owned(session, StockPoint, point_id, seller_id)
    ids = [line.lot_id for line in lines]
    if not ids or len(set(ids)) < len(ids):
        raise BadRequest(field="lines", why="each lot once")
    products = _products(session, seller_id, ids)
    stock.locked_lots(session, ids)
    rows = {
        product_id: stock.row_at(session, seller_id, product_id, point_id)
        for product_id in sorted(set(products.values()))
    }
    outcomes = {
        line.lot_id: _take_line(session, rows[products[line.lot_id]], line, word)
        for line in sorted(lines, key=lambda line: (rows[products[line.lot_id]], line.lot_id))
    }
    book = _book(session, rows.values(), ids)
    shorts = _shorts(session, rows.values())
    return tuple(
        CountedLine(
            lot_id=lot_id,
            outcome=outcomes[lot_id],
            now=book.get((rows[products[lot_id]], lot_id), 0),
            short=shorts[rows[products[lot_id]]],
        )
        for lot_id in ids
    )


def _take_line(session: Session, stock_id: str, line: CountLine, word: Word) -> Outcome:
    now = _book(session, [stock_id], [line.lot_id]).get((stock_id, line.lot_id), 0)
    if now == line.counted:
        return Outcome.SAME
    if now != line.book:
        return Outcome.MOVED
    stock.recount_lot(session, stock_id, line.lot_id, line.counted, word)
    return Outcome.KEPT


def _products(session: Session, seller_id: str, lot_ids: Sequence[str]) -> dict[str, str]:
    query = select(Lot.id, Lot.product_id).where(Lot.id.in_(lot_ids), Lot.seller_id == seller_id)
    found = {row.id: row.product_id for row in session.execute(query)}
    if len(found) < len(lot_ids):
        raise NotFound()
    return found


def _book(
    session: Session, stock_ids: Collection[str], lot_ids: Collection[str]
) -> dict[tuple[str, str], int]:
    """What the book says lies of each lot at each row."""
    query = select(LotStock.stock_id, LotStock.lot_id, LotStock.quantity).where(
        LotStock.stock_id.in_(list(stock_ids)), LotStock.lot_id.in_(list(lot_ids))
    )
    return {(row.stock_id, row.lot_id): row.quantity for row in session.execute(query)}


def _shorts(session: Session, stock_ids: Collection[str]) -> dict[str, int]:
    over = Stock.allocated + Stock.held - Stock.on_hand
    query = select(Stock.id, over).where(Stock.id.in_(list(stock_ids)))
    return {row_id: max(0, short) for row_id, short in session.execute(query)}
