"""Goods that come back: a lot of their own that waits for a check, and is not on hand before it.

Graded back in, or written off, in parts if need be; a slip of the pen is taken back. Refuses more than was
handed over, and to let goods of a blocked or recalled lot back on sale through the customer's door.
"""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.errors import LotTooSmall
from catalog.lots import opening, runs, states
from catalog.lots.errors import MoreThanShipped, NothingGraded, NotWaitingForCheck, SpoiltUnsaid
from catalog.lots.opening import NewLot
from catalog.lots.record import whole
from catalog.lots.rows import columns_of, locked, note, origin_of, row_of
from catalog.lots.rules import LOT, Origin, Standing
from catalog.models import Lot, LotParent
from catalog.stock import Word
from core.text import clean_line

_KEPT = {"blocked", "recalled"}
_LONGEST_ORDER = 40
_UNNAMED = ""
"""Who brought goods of which only the lot is known."""


@dataclass(frozen=True)
class Brought:
    """`quantity` base units of a lot that came back, to the store if no point is named.

    `order` is what the person says they bought it under: written down, not looked up.
    """

    lot_id: str
    quantity: int
    order: str = ""
    point_id: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What a look at returned goods at a stock row found: base units as good as new, base units spoilt."""

    stock_id: str
    good: int
    spoilt: int
    reason: str = ""


def take_back(
    session: Session, seller_id: str, holder: str, lot_id: str, quantity: int, actor: str
) -> str:
    """Take back `quantity` base units of a lot that `holder` was handed; returns the new lot's id.

    It lies at the seller's store in quarantine, waiting for a check; if the lot it came from is blocked
    or recalled by now, it is that too.

    Raises:
        MoreThanShipped: the holder was handed less of it, or brought it back already; `left` is the rest.
        BadQuantity, TooLargeQuantity, NotFound.
    """
    whole(quantity)
    source = locked(session, seller_id, [lot_id])[lot_id]
    _require_out(session, lot_id, quantity, trace.handed_over(session, lot_id, holder))
    return _lay_down(session, source, Brought(lot_id, quantity), holder, Word(actor))


def take_in(session: Session, seller_id: str, brought: Brought, word: Word) -> str:
    """Take back goods of which only the lot is known, not who had them; returns the new lot's id.

    They wait as in `take_back`. A recall still calls everybody who was served from the lot.

    Raises:
        MoreThanShipped: less of the lot is out of the house; `left` base units are.
        BadQuantity, TooLargeQuantity.
        NotFound: lot or point is not this seller's.
    """
    whole(brought.quantity)
    source = locked(session, seller_id, [brought.lot_id])[brought.lot_id]
    _require_out(session, source.id, brought.quantity, brought.quantity)
    return _lay_down(session, source, brought, _UNNAMED, word)


def grade(session: Session, seller_id: str, lot_id: str, verdict: Verdict, actor: str) -> str:
    """Put back on sale what is good of a returned lot and write off what is spoilt; the rest waits on.

    Returns the id of the lot that is on sale, of the returned lot itself if nothing is.

    Raises:
        NotWaitingForCheck: the lot is none that waits for a look. NothingGraded: both amounts are 0.
        SpoiltUnsaid: goods are written off without a reason.
        LotTooSmall: less of it lies there; `left` base units.
        NotClearYet, PastRemoval: the good part may not be sold (yet). NotFound: not this seller's.
    """
    lot = locked(session, seller_id, [lot_id])[lot_id]
    if lot.origin != "return" or lot.state != "quarantine":
        raise NotWaitingForCheck()
    if verdict.good + verdict.spoilt < 1:
        raise NothingGraded()
    lies = dict(stock.lying(session, lot_id))
    here = lies.get(verdict.stock_id, 0)
    if verdict.good + verdict.spoilt > here:
        raise LotTooSmall(left=here)
    if verdict.spoilt:
        _write_off(session, lot_id, verdict, actor)
    if not verdict.good:
        return lot_id
    rest = sum(lies.values()) - verdict.spoilt - verdict.good
    good_id = _apart(session, seller_id, lot_id, verdict, actor) if rest else lot_id
    states.release(session, seller_id, good_id, actor, verdict.reason)
    return good_id


def undo(session: Session, seller_id: str, lot_id: str, word: Word) -> None:
    """Take a return out of the book again that never happened: as much of it as still lies and waits.

    What is on sale or written off already stays so. An empty lot is closed.

    Raises:
        NotWaitingForCheck: it is no returned lot, is on sale, or nothing of it waits any more.
        OutOfStock, LotTooSmall: part of it is some order's. NotFound: not this seller's.
    """
    lot = locked(session, seller_id, [lot_id])[lot_id]
    waits = [(row, quantity) for row, quantity in stock.lying(session, lot_id) if quantity]
    ties = [tie for tie in _ties(session, lot_id) if tie.share]
    if lot.origin != "return" or lot.state not in {"quarantine", *_KEPT} or not waits or not ties:
        raise NotWaitingForCheck()
    tie, before = ties[0], row_of(lot)
    for stock_id, quantity in waits:
        gone = min(quantity, tie.share)
        if gone:
            move = stock.LotMove("returned", lot.id, gone, word.actor, word.reason)
            stock.take_out(session, stock_id, before, move)
            tie.used, tie.share = tie.used - gone, tie.share - gone
    note(session, lot, "undone", word)
    if LOT.allows(lot.state, "spent") and not any(q for _, q in stock.lying(session, lot_id)):
        states.spend(session, seller_id, lot_id, word.actor, word.reason)


def _require_out(session: Session, lot_id: str, quantity: int, most: int) -> None:
    """Go on only if so much of a lot is out of the house, and of that at most `most` may come back now."""
    left = min(most, trace.out_of_house(session, [lot_id])[lot_id])
    if quantity > left:
        raise MoreThanShipped(left=left)


def _lay_down(session: Session, source: Lot, brought: Brought, holder: str, word: Word) -> str:
    stock_id = stock.row_at(session, source.seller_id, source.product_id, brought.point_id)
    lot = _add(session, source, brought, word.actor)
    parent = LotParent(child_id=lot.id, parent_id=source.id, seller_id=source.seller_id)
    parent.used = parent.share = brought.quantity
    session.add(parent)
    note(session, lot, "returned", replace(word, reason=""))
    move = stock.LotMove("returned", lot.id, brought.quantity, word.actor, word.reason, holder)
    stock.put(session, stock_id, row_of(lot), move)
    return lot.id


def _add(session: Session, source: Lot, brought: Brought, actor: str) -> Lot:
    origin = origin_of(source)
    standing = origin.standing if source.state in _KEPT else Standing("quarantine", "check")
    new = NewLot(
        source.seller_id,
        source.product_id,
        "return",
        standing.state,
        source.harvested_on,
        actor,
    )
    columns = columns_of(Origin(standing, origin.days, origin.grade))
    lot_id = opening.add(
        session,
        new,
        **columns,
        member_id=source.member_id,
        plot_id=source.plot_id,
        notes=clean_line(brought.order, _LONGEST_ORDER),
    )
    return session.get_one(Lot, lot_id)


def _write_off(session: Session, lot_id: str, verdict: Verdict, actor: str) -> None:
    if not verdict.reason:
        raise SpoiltUnsaid()
    word = Word(actor, verdict.reason)
    stock.spoil(session, verdict.stock_id, lot_id, verdict.spoilt, word)


def _apart(session: Session, seller_id: str, lot_id: str, verdict: Verdict, actor: str) -> str:
    """The good part as a lot of its own, because the rest still waits; its id."""
    part = runs.RunInput(lot_id, verdict.good, verdict.stock_id)
    return runs.split(session, seller_id, part, actor, verdict.reason).outputs[0]


def _ties(session: Session, lot_id: str) -> list[LotParent]:
    query = select(LotParent).where(LotParent.child_id == lot_id)
    return list(session.scalars(query.execution_options(populate_existing=True)))
