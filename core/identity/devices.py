"""The devices of a person, as the person sees them: which, since when, and signed out one by one.

A device that has not proved its number sees itself alone (ADR 0004).
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import changed
from core.errors import NotFound
from core.identity.logins import Login
from core.identity.models import AuthSession

_BROWSERS = (
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class DeviceFacts:
    """One signed-in device; `words` such as `Chrome · Android` may be empty."""

    id: str
    words: str
    verified: bool
    since_ms: int
    current: bool


def of_login(session: Session, login: Login) -> tuple[DeviceFacts, ...]:
    """The signed-in devices `login` may see, this one first, then the newest."""
    query = select(AuthSession).where(*_seen_by(login))
    rows = session.scalars(query.order_by(AuthSession.created_ms.desc(), AuthSession.id))
    found = [
        DeviceFacts(
            id=row.id,
            words=browser_words(row.device),
            verified=row.verified,
            since_ms=row.created_ms,
            current=row.id == login.device_id,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda device: not device.current))


def sign_out(session: Session, login: Login, device_id: str) -> None:
    """Sign out one of the devices `login` may see, for good.

    Raises:
        NotFound: it is none of theirs, or signed out already.
    """
    theirs = update(AuthSession).where(AuthSession.id == device_id, *_seen_by(login))
    if not changed(session, theirs.values(revoked_ms=clock.now_ms())):
        raise NotFound()


def _seen_by(login: Login) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The signed-in devices `login` may see: the person's on a proved device, else this one alone."""
    person, device = AuthSession.person_id == login.person_id, AuthSession.id == login.device_id
    return person if login.verified else device, AuthSession.revoked_ms.is_(None)


def browser_words(user_agent: str) -> str:
    """A browser's long self-description in two words, such as `Chrome · Android`; "" if it says nothing."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)
