"""Who holds an office of the province. Named and let go by an operator's command, never by a page.

Refuses to say more than whether: an officer sees what everybody sees until a page asks for them.
"""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import LoginRequired, NotFound
from core.identity import people
from core.identity.logins import Login
from core.identity.models import Officer
from core.text import clean_line

_OFFICE_LENGTH = 120


@dataclass(frozen=True)
class OfficerFacts:
    """A person who holds an office now, and what it is called."""

    person_id: str
    office: str


def name(session: Session, phone: str, office: str) -> str:
    """Let the owner of `phone` (E.164) hold `office` from now on; returns the person's id.

    Doing it again changes what the office is called. A person who was let go holds one again.
    """
    person_id = people.find_or_create(session, phone, "")
    session.merge(
        Officer(
            person_id=person_id,
            office=clean_line(office, _OFFICE_LENGTH),
            since_ms=clock.now_ms(),
            until_ms=None,
        )
    )
    session.flush()
    return person_id


def let_go(session: Session, phone: str) -> bool:
    """End the office of the owner of `phone` now; returns whether they held one."""
    person_id = people.find_or_create(session, phone, "")
    officer = session.get(Officer, person_id)
    if officer is None or (officer.until_ms is not None and officer.until_ms <= clock.now_ms()):
        return False
    officer.until_ms = clock.now_ms()
    return True


def held_by(session: Session, login: Login | None) -> OfficerFacts | None:
    """The office of whoever is signed in, or None; a device that proved no number holds none."""
    if login is None or login.person_id is None or not login.verified:
        return None
    now = clock.now_ms()
    query = select(Officer).where(
        Officer.person_id == login.person_id,
        or_(Officer.until_ms.is_(None), Officer.until_ms > now),
    )
    found = session.scalars(query).one_or_none()
    return OfficerFacts(found.person_id, found.office) if found else None


def all_now(session: Session) -> tuple[OfficerFacts, ...]:
    """Everybody who holds an office now, by person; for telling them what waits."""
    now = clock.now_ms()
    query = select(Officer).where(or_(Officer.until_ms.is_(None), Officer.until_ms > now))
    rows = session.scalars(query.order_by(Officer.person_id))
    return tuple(OfficerFacts(row.person_id, row.office) for row in rows)


def require(session: Session, login: Login | None) -> OfficerFacts:
    """The office of whoever is signed in.

    Raises:
        LoginRequired: nobody is. NotFound: they hold none.
    """
    if login is None:
        raise LoginRequired()
    held = held_by(session, login)
    if held is None:
        raise NotFound()
    return held
