"""Which class a member's household is (poor, near poor, other): from when, who says so, and their consent.

Held for support programmes only, and only while the family agrees. Callers are pages for those who keep
the book (`catalog.access.KEEPERS`); refuses to write anything without consent, and forgets on demand.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from catalog.growers.days import no_later_than_today, shown
from catalog.growers.errors import DaysReversed, NoConsent
from catalog.models import Household, Member
from core import clock
from core.db import owned
from core.errors import BadRequest
from core.ids import new_id
from core.text import clean_line

SOURCE_LENGTH = 200
CLASSES = ("poor", "near_poor", "other")


@dataclass(frozen=True)
class HouseholdFacts:
    """One dated entry: the class from a day on (until a last day, if one was said), and who says so."""

    id: str
    member_id: str
    class_: str
    from_on: date
    until_on: date | None
    source: str
    consented_on: date


@dataclass(frozen=True)
class NewEntry:
    """An entry to be: `source` is the list or decision it stands in; without `consented_on` it is refused."""

    class_: str
    from_on: date
    source: str
    consented_on: date | None
    until_on: date | None = None


def record(session: Session, seller_id: str, member_id: str, new: NewEntry, actor: str) -> str:
    """Add an entry to a household's history, said by `actor` (`Login.actor`); returns its id.

    Earlier entries stay: the class on a day is the one that began last by then.

    Raises:
        NotFound: the member is not this seller's. NoConsent: the family did not agree.
        BadRequest: no such class, or no source. DayToCome: it begins or was agreed on a day to come.
        DaysReversed: it ends before it begins.
    """
    owned(session, Member, member_id, seller_id)
    consented_on = _checked(new)
    entry = Household(
        id=new_id(),
        seller_id=seller_id,
        member_id=member_id,
        class_=new.class_,
        from_on=new.from_on,
        until_on=new.until_on,
        source=clean_line(new.source, SOURCE_LENGTH),
        consented_on=consented_on,
        actor=actor,
        created_ms=clock.now_ms(),
    )
    session.add(entry)
    session.flush()
    return entry.id


def forget(session: Session, seller_id: str, member_id: str) -> None:
    """Erase every entry of a household, because the family no longer agrees. It cannot be undone.

    Raises:
        NotFound: the member is not this seller's.
    """
    owned(session, Member, member_id, seller_id)
    session.execute(delete(Household).where(Household.member_id == member_id))


def of_member(session: Session, seller_id: str, member_id: str) -> tuple[HouseholdFacts, ...]:
    """A household's history, the newest first; none for another seller's member."""
    query = select(Household).where(
        Household.seller_id == seller_id, Household.member_id == member_id
    )
    newest = query.order_by(Household.from_on.desc(), Household.created_ms.desc(), Household.id)
    return tuple(_facts(entry) for entry in session.scalars(newest))


def on_day(
    session: Session, seller_id: str, member_ids: Collection[str], on: date
) -> dict[str, HouseholdFacts]:
    """The entry that counts on a day for each of the seller's members that has one, in one query."""
    query = select(Household).where(
        Household.seller_id == seller_id,
        Household.member_id.in_(set(member_ids)),
        Household.from_on <= on,
        or_(Household.until_on.is_(None), Household.until_on >= on),
    )
    oldest = query.order_by(Household.from_on, Household.created_ms, Household.id.desc())
    return {entry.member_id: _facts(entry) for entry in session.scalars(oldest)}


def _checked(new: NewEntry) -> date:
    """The day of consent of an entry that is right."""
    if new.class_ not in CLASSES:
        raise BadRequest(field="class", why="not a class")
    if not clean_line(new.source, SOURCE_LENGTH):
        raise BadRequest(field="source", why="empty")
    if new.consented_on is None:
        raise NoConsent()
    no_later_than_today(new.from_on, "from_on")
    no_later_than_today(new.consented_on, "consented_on")
    if new.until_on is not None and new.until_on < new.from_on:
        raise DaysReversed("until_on", shown(new.from_on), shown(new.until_on))
    return new.consented_on


def _facts(entry: Household) -> HouseholdFacts:
    return HouseholdFacts(
        id=entry.id,
        member_id=entry.member_id,
        class_=entry.class_,
        from_on=entry.from_on,
        until_on=entry.until_on,
        source=entry.source,
        consented_on=entry.consented_on,
    )
