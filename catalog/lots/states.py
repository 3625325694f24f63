"""The states of a lot, one function per transition: what may be sold of it changes in the same write.

Refuses to sell a lot inside its interval, past its removal day, or once recalled, whoever asks.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.lots import rules
from catalog.lots.errors import LotNotEmpty, NotClearYet, PastRemoval
from catalog.lots.rows import days_of, locked, note, row_of
from catalog.lots.rules import LOT, PAST, Standing
from catalog.models import Lot, LotStock
from catalog.stock import Word
from core import clock

_AT_ONCE = 50


def release(session: Session, seller_id: str, lot_id: str, actor: str, reason: str) -> None:
    """Let a lot be sold from now on: it was checked, or its block was a mistake, or it was closed too soon.

    Raises:
        NotClearYet: its interval is not over; `on` is the first day it may be sold.
        PastRemoval: it had to leave the shelf before today.
        BadTransition: it is recalled, or may be sold already. NotFound: not this seller's.
    """
    lot = locked(session, seller_id, [lot_id])[lot_id]
    _require_sellable(lot)
    _move(session, lot, Standing("available"), "released", Word(actor, reason))


def block(session: Session, seller_id: str, lot_id: str, actor: str, reason: str) -> None:
    """Stop sales of a lot until somebody releases it; orders it was to serve are bound to others later.

    Raises:
        BadTransition: it is blocked, recalled or closed. NotFound: not this seller's.
    """
    lot = locked(session, seller_id, [lot_id])[lot_id]
    _move(session, lot, Standing("blocked", why=reason), "blocked", Word(actor, reason))


def recall(
    session: Session, seller_id: str, lot_id: str, actor: str, reason: str
) -> tuple[str, ...]:
    """Recall a lot and everything it went into, for good: none of it is sold any more from this commit on.

    Lots recalled before stay as they are. Returns the ids of all that are recalled now, the lot first;
    who has goods of them is `catalog.trace.holders`.

    Raises:
        NotFound: not this seller's.
    """
    family = _locked_family(session, seller_id, lot_id)
    sound = [lot for lot in family if lot.state != "recalled"]
    stock.ready_to_lose(session, _rows_of(session, sound))
    for lot in sound:
        _move(session, lot, Standing("recalled", why=reason), "recalled", Word(actor, reason))
    return tuple(lot.id for lot in family)


def spend(session: Session, seller_id: str, lot_id: str, actor: str, reason: str) -> None:
    """Close a lot of which nothing lies anywhere any more; it can still be recalled.

    Raises:
        LotNotEmpty: goods of it lie somewhere; `left` base units.
        BadTransition: it is recalled or closed. NotFound: not this seller's.
    """
    lot = locked(session, seller_id, [lot_id])[lot_id]
    left = sum(quantity for _, quantity in stock.lying(session, lot_id))
    if left:
        raise LotNotEmpty(left=left)
    _move(session, lot, Standing("spent"), "spent", Word(actor, reason))


def release_cleared(session: Session) -> None:
    """Let lots be sold whose interval ended and that wait for nothing else: once a minute, by the server."""
    today = clock.today()
    waiting = select(Lot.id).where(
        Lot.state == "quarantine", Lot.waits_for == "interval", Lot.clear_on <= today
    )
    for lot in _still(session, session.scalars(waiting.order_by(Lot.id).limit(_AT_ONCE))):
        if lot.state == "quarantine" and not rules.is_past(days_of(lot), today):
            _move(session, lot, Standing("available"), "cleared", Word())


def retire_expired(session: Session) -> None:
    """Take lots off sale that had to leave the shelf before today: blocked, for somebody to look at."""
    today = clock.today()
    lies = exists().where(LotStock.lot_id == Lot.id, LotStock.quantity > 0)
    late = select(Lot.id).where(
        Lot.state.in_(("available", "quarantine")), Lot.removes_on < today, lies
    )
    for lot in _still(session, session.scalars(late.order_by(Lot.id).limit(_AT_ONCE))):
        if LOT.allows(lot.state, "blocked") and rules.is_past(days_of(lot), today):
            _move(session, lot, Standing("blocked", why=PAST), "expired", Word(reason=PAST))


def _require_sellable(lot: Lot) -> None:
    today, days = clock.today(), days_of(lot)
    LOT.move(lot.state, "available")
    if days.clear_on and not rules.is_clear(days, today):
        raise NotClearYet(on=days.clear_on)
    if days.removes_on and rules.is_past(days, today):
        raise PastRemoval(on=days.removes_on)


def _move(session: Session, lot: Lot, to: Standing, what: str, word: Word) -> None:
    """Make the move if the table has it; goods that may be sold no more leave the counts and the orders."""
    before = row_of(lot)
    lot.state = LOT.move(lot.state, to.state)
    lot.waits_for, lot.why = to.waits_for, to.why
    note(session, lot, what, word)
    session.flush()
    after = replace(before, state=lot.state)
    rows = _rows_of(session, [lot])
    if before.counts and not after.counts:
        stock.ready_to_lose(session, rows)
        stock.count_in(session, after, "close", word.actor, word.reason)
        stock.unbind_lot(session, lot.id)
        stock.trim(session, rows)
    elif after.counts and not before.counts:
        stock.ready(session, rows)
        stock.count_in(session, after, "open", word.actor, word.reason)


def _locked_family(session: Session, seller_id: str, lot_id: str) -> list[Lot]:
    """The lot and all it went into, locked: nothing more can be made from any of them meanwhile."""
    family: tuple[str, ...] = ()
    while True:
        wider = (lot_id, *trace.descendants(session, seller_id, lot_id))
        if set(wider) == set(family):
            found = locked(session, seller_id, family)
            return [found[id_] for id_ in family]
        family = wider
        stock.locked_lots(session, family)


def _still(session: Session, lot_ids: Iterable[str]) -> list[Lot]:
    """These lots, of any seller, locked and read anew."""
    by_seller = select(Lot.seller_id, Lot.id).where(Lot.id.in_(list(lot_ids)))
    found = session.execute(by_seller.order_by(Lot.id)).all()
    stock.locked_lots(session, [row.id for row in found])
    return [locked(session, row.seller_id, [row.id])[row.id] for row in found]


def _rows_of(session: Session, lots: Iterable[Lot]) -> set[str]:
    return {
        stock_id for lot in lots for stock_id, quantity in stock.lying(session, lot.id) if quantity
    }
