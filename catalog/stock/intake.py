"""Reality enters the books: goods counted, spoiled, carried from point to point, sold by hand at a stall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.allocation import allocate
from catalog.errors import LotTooSmall
from catalog.stock.binding import unbind_above
from catalog.stock.fitting import ready, ready_to_lose, trim
from catalog.stock.lot_rows import (
    LOT_STOCK,
    LotMove,
    LotRow,
    entry_of,
    free_lots,
    lift,
    locked_lots,
    lots_at,
    product_of_row,
    put,
    take_out,
)
from catalog.stock.points import row_at
from catalog.stock.rows import STOCK, available_at, change, countable, positive
from core import clock
from core.errors import NotFound, OutOfStock


@dataclass(frozen=True)
class Word:
    """Who says so ("p:<person>") and why (at most 200 characters)."""

    actor: str = ""
    reason: str = ""


def receive(session: Session, stock_id: str, lot_id: str, quantity: int, word: Word) -> None:
    """Lay `quantity` base units of a lot at a stock row: they were not there before.

    Raises:
        BadQuantity: that is less than one base unit.
        NotFound: there is no such lot. The caller has checked whose it is.
    """
    lot = locked_lots(session, [lot_id])[lot_id]
    put(session, stock_id, lot, LotMove("receive", lot_id, quantity, word.actor, word.reason))


def recount(session: Session, stock_id: str, on_hand: int, reason: str) -> None:
    """Set what is on hand of a product at a point to what was counted (base units), lots not told apart.

    What is missing is taken off the available lots that should have been sold first; what is more than
    the books say goes to the one to be sold last. A row counted below its promises is short: nothing
    more is promised from it until goods come in, and no promise is taken back here.

    Raises:
        NotFound: there is no such row, or more was counted and it never had a lot.
        BelowNothing, TooLargeQuantity: `on_hand` is negative, or 10^12 and more.
    """
    countable(on_hand)
    lots = locked_lots(session, lots_at(session, stock_id))
    ready_to_lose(session, [stock_id])
    known: int | None = session.scalar(select(STOCK.c.on_hand).where(STOCK.c.id == stock_id))
    if known is None:
        raise NotFound()
    word = Word(reason=reason)
    if on_hand < known:
        _lose_first_to_go(session, stock_id, lots.values(), known - on_hand, word)
        trim(session, [stock_id])
    elif on_hand > known:
        last = _by_turn(lots.values())[-1:]
        if not last:
            raise NotFound()
        put(session, stock_id, last[0], _move("recount", last[0].id, on_hand - known, word))


def recount_lot(session: Session, stock_id: str, lot_id: str, counted: int, word: Word) -> None:
    """Set what lies of one lot at a point to what was counted (base units), even below what is promised.

    Orders it was bound to are freed of what is not there, the newest first; counting what the books
    already say changes nothing.

    Raises:
        NotFound: no such lot or row. The caller has checked whose they are.
        BelowNothing, TooLargeQuantity: `counted` is negative, or 10^12 and more.
    """
    countable(counted)
    lot = locked_lots(session, [lot_id])[lot_id]
    known = _lying_here(session, stock_id, lot_id)
    if counted > known:
        put(session, stock_id, lot, _move("recount", lot_id, counted - known, word))
    elif counted < known:
        _lose_and_trim(session, stock_id, lot, _move("recount", lot_id, known - counted, word))


def spoil(session: Session, stock_id: str, lot_id: str, quantity: int, word: Word) -> None:
    """Take `quantity` base units of a lot off the books: spoiled, eaten, dropped; promises do not stop it.

    Raises:
        LotTooSmall: the books have less than that there.
        BadQuantity: that is less than one base unit.
        NotFound: no such lot. The caller has checked whose it is.
    """
    lot = locked_lots(session, [lot_id])[lot_id]
    _lose_and_trim(session, stock_id, lot, _move("spoil", lot_id, positive(quantity), word))


@dataclass(frozen=True)
class Carry:
    """So many base units of a lot from one stock row to a point."""

    lot_id: str
    quantity: int
    from_stock: str
    to_point: str


def transfer(session: Session, carry: Carry, word: Word) -> str:
    """Carry goods of a lot to another point of the same seller; returns the stock row they lie at now.

    Raises:
        OutOfStock, LotTooSmall: they are promised where they lie, or are not there.
        NotFound: lot or point is unknown, or of another seller.
        BadQuantity: less than one base unit.
    """
    lot = locked_lots(session, [carry.lot_id])[carry.lot_id]
    target = row_at(session, lot.seller_id, lot.product_id, carry.to_point)
    if target == carry.from_stock:
        return target
    ready(session, {carry.from_stock, target})
    move = _move("transfer", lot.id, carry.quantity, word)
    take_out(session, carry.from_stock, lot, move)
    put(session, target, lot, move)
    return target


def sell(session: Session, stock_id: str, quantity: int, holder: str, word: Word) -> None:
    """Sell `quantity` base units by hand from a stall's row, oldest lots first; `holder` names the sale.

    Raises:
        OutOfStock: that much is not free there; `left` is what is.
        BadQuantity: less than one base unit.
    """
    lots = locked_lots(session, lots_at(session, stock_id))
    ready(session, [stock_id])
    served = allocate(free_lots(session, stock_id, lots), positive(quantity), clock.today())
    left = min(quantity - served.missing, available_at(session, stock_id))
    if left < quantity:
        raise OutOfStock(left=left, product=product_of_row(session, stock_id))
    for lot_id, part in served.parts:
        move = LotMove("sell", lot_id, part, word.actor, word.reason, holder)
        take_out(session, stock_id, lots[lot_id], move)


def _lose_first_to_go(
    session: Session, stock_id: str, lots: Iterable[LotRow], missing: int, word: Word
) -> None:
    for lot in _by_turn(lots):
        here = _lying_here(session, stock_id, lot.id)
        gone = min(here, missing)
        if gone:
            _lose(session, stock_id, lot, _move("recount", lot.id, gone, word))
            missing -= gone


def _lose_and_trim(session: Session, stock_id: str, lot: LotRow, move: LotMove) -> None:
    ready_to_lose(session, [stock_id])
    _lose(session, stock_id, lot, move)
    trim(session, [stock_id])


def _lose(session: Session, stock_id: str, lot: LotRow, move: LotMove) -> None:
    """Take off the books what is not there: promises do not stop it, and orders bound to it are freed.

    The stock row is changed before what lies of the lot, as everywhere, so that nobody deadlocks.

    Raises:
        LotTooSmall: the books have less than that.
    """
    here = _lying_here(session, stock_id, lot.id)
    if here < move.quantity:
        raise LotTooSmall(left=here)
    change(session, stock_id, entry_of(lot, move, -move.quantity))
    unbind_above(session, stock_id, lot.id, here - move.quantity)
    lift(session, stock_id, lot.id, move.quantity)


def _by_turn(lots: Iterable[LotRow]) -> list[LotRow]:
    """The available lots, the one to be sold first before the others."""
    counted = [lot for lot in lots if lot.counts]
    return sorted(counted, key=lambda lot: (lot.removes_on or date.max, lot.harvested_on, lot.id))


def _lying_here(session: Session, stock_id: str, lot_id: str) -> int:
    here = (LOT_STOCK.c.lot_id == lot_id) & (LOT_STOCK.c.stock_id == stock_id)
    return session.scalar(select(LOT_STOCK.c.quantity).where(here)) or 0


def _move(kind: str, lot_id: str, quantity: int, word: Word) -> LotMove:
    return LotMove(kind, lot_id, quantity, word.actor, word.reason)
