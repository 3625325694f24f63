"""Why a run could not be done as it is weighed in, said before anybody has checked it: lot by lot.

Read only, by the same rules as `lots.runs` and what it calls. Refuses to promise that the run will go
through: somebody may buy in between, and the run itself decides under its locks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import facts, rules
from catalog.lots.facts import LotFacts, LyingFacts
from catalog.lots.runs import RunInput
from core import clock

PAST, TOO_SMALL, PROMISED = "past", "too_small", "promised"
USABLE = ("available", "quarantine")
"""The states a lot may be in to become part of other goods."""


@dataclass(frozen=True)
class Trouble:
    """Why a lot cannot go in as asked: its state, `past` its last day, `too_small`, or `promised`.

    `left` is how much could go in (base units); 0 where none may.
    """

    why: str
    left: int = 0


def troubles(session: Session, seller_id: str, inputs: Sequence[RunInput]) -> dict[str, Trouble]:
    """What stands in the way of a run of these inputs now, by lot; nothing where nothing does.

    Precondition: the inputs name no stock rows (as the desk's form does). Lots of others are left out.
    """
    wanted: Counter[str] = Counter()
    for one in inputs:
        wanted[one.lot_id] += one.quantity
    lots = facts.by_ids(session, seller_id, wanted)
    found = {
        lot.id: trouble
        for lot in lots.values()
        if (trouble := _of_lot(lot, wanted[lot.id])) is not None
    }
    sound = [lot for lot in lots.values() if lot.id not in found]
    return found | _promised(session, sound, wanted)


def _of_lot(lot: LotFacts, wanted: int) -> Trouble | None:
    if lot.state not in USABLE:
        return Trouble(lot.state)
    if rules.is_past(rules.Days(lot.harvested_on, removes_on=lot.removes_on), clock.today()):
        return Trouble(PAST)
    place = _taken_from(lot)
    left = place.quantity - place.bound if place else 0
    return Trouble(TOO_SMALL, left) if wanted > left else None


def _promised(
    session: Session, lots: Sequence[LotFacts], wanted: Mapping[str, int]
) -> dict[str, Trouble]:
    """Lots in the store that counted together would take what buyers were promised of their product."""
    counted = [one for one in lots if one.state == "available" and _in_store(one)]
    taken: Counter[str] = Counter()
    for lot in counted:
        taken[lot.product_id] += wanted[lot.id]
    levels = stock.levels(session, taken)
    return {
        lot.id: Trouble(PROMISED, levels[lot.product_id].available)
        for lot in counted
        if taken[lot.product_id] > levels[lot.product_id].available
    }


def _in_store(lot: LotFacts) -> bool:
    place = _taken_from(lot)
    return place is not None and place.point_kind == "store"


def _taken_from(lot: LotFacts) -> LyingFacts | None:
    """Where a run takes a lot from if nobody says: the store if it lies there, else wherever it does."""
    return next((at for at in lot.lies if at.point_kind == "store"), next(iter(lot.lies), None))
