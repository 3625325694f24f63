"""A seller's lots, locked and read anew, and the notes about them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots.rules import Days, Origin, Standing
from catalog.models import Lot, LotNote
from core import clock
from core.errors import NotFound
from core.text import clean_line

_LONGEST_REASON = 200


def locked(session: Session, seller_id: str, lot_ids: Collection[str]) -> dict[str, Lot]:
    """The seller's lots by id, locked in order and as they are now.

    Raises:
        NotFound: one is unknown or another seller's.
    """
    stock.locked_lots(session, lot_ids)
    query = select(Lot).where(Lot.id.in_(set(lot_ids)), Lot.seller_id == seller_id)
    fresh = session.scalars(query.execution_options(populate_existing=True))
    found = {lot.id: lot for lot in fresh}
    if len(found) < len(set(lot_ids)):
        raise NotFound()
    return found


def row_of(lot: Lot) -> stock.LotRow:
    """What `catalog.stock` has to know of a lot."""
    return stock.LotRow(
        lot.id, lot.seller_id, lot.product_id, lot.state, lot.harvested_on, lot.removes_on
    )


def days_of(lot: Lot) -> Days:
    """The days of a lot."""
    return Days(
        lot.harvested_on,
        lot.best_before,
        lot.removes_on,
        lot.sprayed_on,
        lot.interval_days,
        lot.clear_on,
    )


def origin_of(lot: Lot) -> Origin:
    """What goods made from this lot inherit."""
    return Origin(Standing(lot.state, lot.waits_for, lot.why), days_of(lot), lot.grade)


def columns_of(origin: Origin) -> dict[str, object]:
    """The columns of a lot that is as `origin` says, but for its state and harvest day."""
    days = origin.days
    return {
        "waits_for": origin.standing.waits_for,
        "why": origin.standing.why,
        "grade": origin.grade,
        "best_before": days.best_before,
        "removes_on": days.removes_on,
        "sprayed_on": days.sprayed_on,
        "interval_days": days.interval_days,
        "clear_on": days.clear_on,
    }


def note(session: Session, lot: Lot, what: str, word: stock.Word) -> None:
    """Write down what happened to a lot: `what` is a word for programs, the reason is for people."""
    session.add(
        LotNote(
            seller_id=lot.seller_id,
            lot_id=lot.id,
            what=what,
            reason=clean_line(word.reason, _LONGEST_REASON),
            actor=word.actor,
            at_ms=clock.now_ms(),
        )
    )
