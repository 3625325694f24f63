"""How many devices watched a session: each once, told apart by a random name their browser was given.

The name says nothing of anybody and only its hash is kept, until the report needs it no more. What was seen
is written down every few seconds, so that thousands who come at once cost one write; a server that dies in
between forgets those seconds, and they come again. Refuses to count who cannot be told apart.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from core.ids import new_id
from livestream.figures.models import SessionViewer
from livestream.models import LiveSession

COOKIE = "viewer"
"""The cookie with the browser's random name."""
COOKIE_S = 7 * 86_400
"""How long it is kept: a campaign's sessions lie within days of each other."""
_LONGEST = 64
_AT_ONCE = 300

_seen: defaultdict[str, set[str]] = defaultdict(set)


def new_name() -> str:
    """A name for a browser that has none."""
    return new_id() + new_id()


def saw(session_id: str, name: str) -> None:
    """Note that the device called `name` is in the room of a session that sells; "" is not counted."""
    if name and len(name) <= _LONGEST:
        _seen[session_id].add(hashlib.sha256(name.encode()).hexdigest()[:32])


def write_down(session: Session) -> None:
    """Write down some hundreds of those seen (a tick of the server).

    One is let go of only when it is found written, the next time: a write that was undone is made again.
    """
    if not _seen:
        return
    waiting = {id_: sorted(_seen[id_])[:_AT_ONCE] for id_ in list(_seen)}
    known = set(session.scalars(select(LiveSession.id).where(LiveSession.id.in_(waiting))))
    for session_id, viewers in waiting.items():
        written = _written(session, session_id, viewers)
        _seen[session_id] -= written
        fresh = [viewer for viewer in viewers if viewer not in written]
        if not fresh:
            _seen.pop(session_id)
        elif session_id in known:
            rows = [{"session_id": session_id, "viewer": viewer} for viewer in fresh]
            session.execute(insert(SessionViewer), rows)


def _written(session: Session, session_id: str, viewers: Collection[str]) -> set[str]:
    query = select(SessionViewer.viewer).where(
        SessionViewer.session_id == session_id, SessionViewer.viewer.in_(viewers)
    )
    return set(session.scalars(query))


def count(session: Session, session_ids: Collection[str]) -> int:
    """How many devices watched any of these sessions."""
    query = select(func.count(SessionViewer.viewer.distinct()))
    return session.scalar(query.where(SessionViewer.session_id.in_(session_ids))) or 0


def counts(session: Session, session_ids: Collection[str]) -> dict[str, int]:
    """How many devices watched each of these sessions; one nobody watched is absent."""
    query = select(SessionViewer.session_id, func.count())
    query = query.where(SessionViewer.session_id.in_(session_ids))
    rows = session.execute(query.group_by(SessionViewer.session_id))
    return {row[0]: row[1] for row in rows}


def forget_before(session: Session, ended_ms: int) -> None:
    """Drop who watched the sessions that ended before `ended_ms` (UTC ms): their reports are frozen."""
    old = select(LiveSession.id).where(LiveSession.ended_ms < ended_ms)
    session.execute(delete(SessionViewer).where(SessionViewer.session_id.in_(old)))
