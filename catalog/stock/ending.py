"""How a promise ends: what was kept goes back to where it was taken from.

A hold inside an open allotment returns to the allotment (so to its waiting list, never past it to the
web); one of the shop, or of an allotment that was closed, returns to what is available. However many
holders end at once, their rows are locked in the one order of `catalog.stock`, so that enders wait for
each other and do not deadlock.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlalchemy import Table, and_, case, or_, select, update
from sqlalchemy.orm import Session

from catalog.errors import MoreThanTaken
from catalog.events import HoldsExpired
from catalog.models import Allotment, StockHold
from catalog.stock.rows import Entry, change, lock_rows
from core import clock
from core.errors import NotFound
from core.outbox import publish

HOLDS = cast(Table, StockHold.__table__)
ALLOTMENTS = cast(Table, Allotment.__table__)


@dataclass(frozen=True)
class HoldRow:
    """A hold as it stands, locked."""

    id: str
    holder: str
    stock_id: str
    allotment_id: str | None
    quantity: int
    until_ms: int
    state: str

    def ran_out(self, now_ms: int) -> bool:
        return self.state == "active" and self.until_ms <= now_ms


def locked_holds(session: Session, holders: Collection[str]) -> list[HoldRow]:
    """Every hold of `holders`, by id, locked: what is decided about them stays true until the commit.

    Those that a short harvest left nothing of are over, and not among them.
    """
    columns = (HOLDS.c[name] for name in HoldRow.__dataclass_fields__)
    query = select(*columns).where(HOLDS.c.holder.in_(list(holders)), HOLDS.c.state != "cut")
    query = query.order_by(HOLDS.c.id)
    return [HoldRow(*row) for row in session.execute(query.with_for_update(key_share=True))]


def end(session: Session, holds: Sequence[HoldRow], touching: Collection[str] = ()) -> None:
    """End the active ones among `holds`, which the caller has locked.

    `touching` are stock rows the caller will change next: they are locked in one order with those that
    change here.
    """
    active = [hold for hold in holds if hold.state == "active"]
    if not active:
        return
    ids = [hold.id for hold in active]
    session.execute(update(HOLDS).where(HOLDS.c.id.in_(ids)).values(state="ended"))
    closed = {
        allotment_id
        for allotment_id, quantity in sums((h.allotment_id, h.quantity) for h in active)
        if lower(session, allotment_id, quantity).closed
    }
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for hold in active:
        if hold.allotment_id is None or hold.allotment_id in closed:
            kind = "return" if hold.allotment_id else "release"
            entry = Entry(kind, held=-hold.quantity, holder=hold.holder)
            entries[hold.stock_id].append(entry)
    lock_rows(session, {*entries, *touching})
    for stock_id in sorted(entries):
        change(session, stock_id, *entries[stock_id])


def end_expired(
    session: Session, *, stock_ids: Collection[str] = (), allotment_ids: Collection[str] = ()
) -> None:
    """End what ran out inside these allotments, and what ran out of what these stock rows themselves keep.

    That is holds of the web, and those in allotments already closed. All of a holder's holds end with
    the first of them, and `HoldsExpired` is published.
    """
    now = clock.now_ms()
    of_shop = or_(HOLDS.c.allotment_id.is_(None), ALLOTMENTS.c.closed)
    query = (
        select(HOLDS.c.holder)
        .outerjoin(ALLOTMENTS, ALLOTMENTS.c.id == HOLDS.c.allotment_id)
        .where(HOLDS.c.state == "active", HOLDS.c.until_ms <= now)
        .where(
            or_(
                and_(HOLDS.c.stock_id.in_(list(stock_ids)), of_shop),
                HOLDS.c.allotment_id.in_(list(allotment_ids)),
            )
        )
    )
    if holders := set(session.scalars(query)):
        _end_those_who_ran_out(session, holders, now, stock_ids)


def _end_those_who_ran_out(
    session: Session, holders: Collection[str], now_ms: int, touching: Collection[str]
) -> None:
    """End all holds of each of `holders` who, looked at again under lock, has one that ran out."""
    holds = locked_holds(session, holders)
    late = {hold.holder for hold in holds if hold.ran_out(now_ms)}
    end(session, [hold for hold in holds if hold.holder in late], touching)
    for holder in sorted(late):
        publish(session, HoldsExpired(holder))


def return_to_allotment(session: Session, allotment_id: str, quantity: int) -> None:
    """Take `quantity` base units off what the allotment has promised; a closed one passes them on.

    Raises:
        NotFound: there is no such allotment.
        MoreThanTaken: it has promised less than that.
    """
    lowered = lower(session, allotment_id, quantity)
    if lowered.closed and lowered.stock_id is not None:
        change(session, lowered.stock_id, Entry("return", held=-quantity, holder=lowered.holder))


class Lowered(NamedTuple):
    """An allotment that promises less now: its stock row (none: practice), holder, whether it is closed."""

    stock_id: str | None
    holder: str
    closed: bool


def lower(session: Session, allotment_id: str, quantity: int) -> Lowered:
    """Lower `used`, and in a closed allotment `granted` with it; the stock row is the caller's to change."""
    passed_on = case((ALLOTMENTS.c.closed, quantity), else_=0)
    statement = (
        update(ALLOTMENTS)
        .where(ALLOTMENTS.c.id == allotment_id, ALLOTMENTS.c.used >= quantity)
        .values(used=ALLOTMENTS.c.used - quantity, granted=ALLOTMENTS.c.granted - passed_on)
        .returning(*(ALLOTMENTS.c[name] for name in Lowered._fields))
    )
    lowered = session.execute(statement).one_or_none()
    if lowered is None:
        raise _why_not_lowered(session, allotment_id)
    return Lowered(*lowered)


def _why_not_lowered(session: Session, allotment_id: str) -> MoreThanTaken | NotFound:
    used = session.scalar(select(ALLOTMENTS.c.used).where(ALLOTMENTS.c.id == allotment_id))
    return NotFound() if used is None else MoreThanTaken(taken=used)


def sums(parts: Iterable[tuple[str | None, int]]) -> list[tuple[str, int]]:
    """The sum of each key, keys sorted, parts without one left out."""
    totals: Counter[str] = Counter()
    for key, quantity in parts:
        if key is not None:
            totals[key] += quantity
    return sorted(totals.items())
