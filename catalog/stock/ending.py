"""How a promise ends: what was kept goes back to where it was taken from.

A hold inside an open allotment returns to the allotment (so to its waiting list, never past it to the
web); one of the shop, or of an allotment that was closed, returns to what is available.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Select, Table, case, select, update
from sqlalchemy.orm import Session

from catalog.errors import MoreThanTaken
from catalog.events import HoldsExpired
from catalog.models import Allotment, StockHold
from catalog.stock.rows import Entry, change
from core import clock
from core.errors import NotFound
from core.outbox import publish

HOLDS = cast(Table, StockHold.__table__)
ALLOTMENTS = cast(Table, Allotment.__table__)


@dataclass(frozen=True)
class HoldRow:
    """A hold as it stands, locked."""

    id: str
    stock_id: str
    allotment_id: str | None
    quantity: int
    until_ms: int
    state: str


def locked_holds(session: Session, holder: str) -> list[HoldRow]:
    """Every hold of `holder`, by id, locked: what is decided about them stays true until the commit."""
    columns = (HOLDS.c[name] for name in HoldRow.__dataclass_fields__)
    query = select(*columns).where(HOLDS.c.holder == holder).order_by(HOLDS.c.id)
    return [HoldRow(*row) for row in session.execute(query.with_for_update())]


def end(session: Session, holder: str, holds: Sequence[HoldRow]) -> None:
    """End the active ones among `holds`, which `holder` has and the caller has locked."""
    active = [hold for hold in holds if hold.state == "active"]
    if not active:
        return
    ids = [hold.id for hold in active]
    session.execute(update(HOLDS).where(HOLDS.c.id.in_(ids)).values(state="ended"))
    for allotment_id, quantity in sums((h.allotment_id, h.quantity) for h in active):
        return_to_allotment(session, allotment_id, quantity, holder)
    for stock_id, quantity in sums((h.stock_id, h.quantity) for h in active if not h.allotment_id):
        change(session, stock_id, Entry("release", held=-quantity, holder=holder))


def end_expired(session: Session, holders_of_expired: Select[str]) -> None:
    """End all holds of each holder in the query who, looked at again under lock, has one that ran out."""
    now = clock.now_ms()
    for holder in session.scalars(holders_of_expired.distinct().order_by(HOLDS.c.holder)).all():
        holds = locked_holds(session, holder)
        if any(hold.state == "active" and hold.until_ms <= now for hold in holds):
            end(session, holder, holds)
            publish(session, HoldsExpired(holder))


def return_to_allotment(
    session: Session, allotment_id: str, quantity: int, holder: str = ""
) -> None:
    """Take `quantity` base units off what the allotment has promised; a closed one passes them on.

    Raises:
        NotFound: there is no such allotment.
        MoreThanTaken: it has promised less than that.
    """
    passed_on = case((ALLOTMENTS.c.closed, quantity), else_=0)
    statement = (
        update(ALLOTMENTS)
        .where(ALLOTMENTS.c.id == allotment_id, ALLOTMENTS.c.used >= quantity)
        .values(used=ALLOTMENTS.c.used - quantity, granted=ALLOTMENTS.c.granted - passed_on)
        .returning(ALLOTMENTS.c.stock_id, ALLOTMENTS.c.closed)
    )
    returned = session.execute(statement).one_or_none()
    if returned is None:
        raise _why_not_returned(session, allotment_id)
    if returned.closed:
        change(session, returned.stock_id, Entry("return", held=-quantity, holder=holder))


def _why_not_returned(session: Session, allotment_id: str) -> MoreThanTaken | NotFound:
    used = session.scalar(select(ALLOTMENTS.c.used).where(ALLOTMENTS.c.id == allotment_id))
    return NotFound() if used is None else MoreThanTaken(taken=used)


def sums(parts: Iterable[tuple[str | None, int]]) -> list[tuple[str, int]]:
    """The sum of each key, keys sorted, parts without one left out."""
    sums: Counter[str] = Counter()
    for key, quantity in parts:
        if key is not None:
            sums[key] += quantity
    return sorted(sums.items())
