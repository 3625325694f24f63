"""The stream of a session: who may send it, what the engine says of it, when it is over.

News are taken once, by number. A picture that is lost interrupts the session, one that is back resumes it;
the sale asks for neither. Refuses a second publisher unless its host takes over, and anything after the end.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.outbox import publish
from livestream import log
from livestream.log import Turn
from livestream.room import view
from livestream.shows import sessions
from livestream.states import BEFORE, RUNNING
from livestream.video import targets
from livestream.video.live_engine import EngineEvent, LiveEngine, Publishing
from livestream.video.video_errors import StreamClosed, StreamTaken
from livestream.video.video_events import StreamEnded
from livestream.video.video_models import LiveStream

GRANT_MS = 10 * 60_000
"""How long a phone may send before it asks again."""
UNHEARD_MS = 15_000
"""The engine says every 5 s that a stream goes on: three times missed, and it is gone."""

_COMES = frozenset({"started", "sending", "returned"})
_GOES = frozenset({"interrupted", "broken", "ended"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants to send: `publisher` names one open page of one device; `mode` is `picture` or `sound`."""

    publisher: str
    mode: str
    take_over: bool


@dataclass(frozen=True, slots=True)
class ShownStream:
    """A session's stream as rooms are told of it: `state` is `none`, `sending`, `lost` or `over`."""

    ref: str
    state: str
    mode: str
    photo: str


NOTHING = ShownStream("", "none", "picture", "")


def publishing(session: Session, session_id: str, asked: Asked, engine: LiveEngine) -> Publishing:
    """Let one page send the session's picture for ten minutes; asked again, it may go on.

    Precondition: who asks runs the show.

    Raises:
        NotFound: no such session. StreamClosed: it is over, or was stopped.
        StreamTaken: another page sends just now, and `take_over` was not asked for.
    """
    turn = log.begin(session, session_id)
    if turn.state not in BEFORE | RUNNING:
        raise StreamClosed()
    row = _row(session, session_id) or _opened(session, turn, engine)
    if row.state == "closed":
        raise StreamClosed()
    if row.state == "sending" and row.publisher != asked.publisher and not asked.take_over:
        raise StreamTaken()
    is_told = row.state == "sending" and row.mode != asked.mode
    row.publisher, row.mode = asked.publisher, asked.mode
    if is_told:
        _tell_rooms(session, turn)
    return engine.publish(row.id, asked.publisher, clock.now_ms() + GRANT_MS)


def hear(session: Session, event: EngineEvent) -> None:
    """Take a piece of news, once. Of streams that are not ours or are closed nothing is heard."""
    session_id = session.scalar(select(LiveStream.session_id).where(LiveStream.id == event.ref))
    if session_id is None:
        return
    turn = log.begin(session, session_id)
    row = session.get_one(LiveStream, event.ref, populate_existing=True)
    if row.state == "closed" or event.number <= row.news_number:
        return
    row.news_number, row.heard_ms = event.number, clock.now_ms()
    if event.kind == "target":
        targets.hear(session, session_id, event.target, event.reason, event.at_ms)
    if event.kind == "started":
        targets.stream_began(session, session_id)
    if event.kind in _COMES:
        _comes(session, turn, row)
    elif event.kind in _GOES:
        _goes(session, turn, row, event.reason or event.kind)


def close_unheard(session: Session) -> None:
    """Take streams of which the engine says nothing any more as lost: it is gone (a tick)."""
    query = select(LiveStream.session_id).where(
        LiveStream.state == "sending", LiveStream.heard_ms < clock.now_ms() - UNHEARD_MS
    )
    for session_id in sorted(session.scalars(query)):
        turn = log.begin(session, session_id)
        row = _row(session, session_id)
        if row is not None and row.state == "sending":
            _goes(session, turn, row, "engine")


def close(session: Session, session_id: str, why: str) -> str | None:
    """End the session's stream for good; returns its name for who tells the engine at once.

    `why` is a stable English word. None: it has no stream, or that is closed already.
    """
    log.begin(session, session_id)
    row = _row(session, session_id)
    if row is None or row.state == "closed":
        return None
    row.state, row.closed_why, row.closed_ms = "closed", why, clock.now_ms()
    publish(session, StreamEnded(row.id, session_id))
    return row.id


def close_if_over(session: Session, session_id: str) -> None:
    """End the stream of a session that does not run and will not; how often this is asked changes nothing."""
    if log.begin(session, session_id).state not in BEFORE | RUNNING:
        close(session, session_id, "session_over")


def shown(session: Session, session_id: str) -> ShownStream:
    """The session's stream as rooms are told of it; before and after the show there is none to see."""
    session_state = view.facts(session, session_id).state
    row = _row(session, session_id)
    if row is None or session_state in BEFORE:
        return NOTHING
    words = {"sending": "sending", "silent": "lost", "opened": "none", "closed": "over"}
    state = words[row.state] if session_state in RUNNING else "over"
    return ShownStream(row.id, state, row.mode, row.photo)


def _comes(session: Session, turn: Turn, row: LiveStream) -> None:
    if row.state == "sending":
        return
    row.state, row.why = "sending", ""
    row.started_ms = row.started_ms or clock.now_ms()
    if turn.state == "interrupted":
        sessions.resume(session, turn.session_id)
    else:
        _tell_rooms(session, turn)


def _goes(session: Session, turn: Turn, row: LiveStream, why: str) -> None:
    if row.state != "sending":
        return
    row.state, row.why = "silent", why[:40]
    if turn.state == "live":
        sessions.interrupt(session, turn.session_id)


def _tell_rooms(session: Session, turn: Turn) -> None:
    """Have rooms ask for the picture: that the session is live is said again."""
    if turn.state == "live":
        log.append(session, turn, "session_live", {})


def _opened(session: Session, turn: Turn, engine: LiveEngine) -> LiveStream:
    row = LiveStream(
        id=engine.open(),
        session_id=turn.session_id,
        seller_id=turn.seller_id,
        engine=engine.name,
        state="opened",
        opened_ms=clock.now_ms(),
        news_number=0,
    )
    session.add(row)
    return row


def _row(session: Session, session_id: str) -> LiveStream | None:
    query = select(LiveStream).where(LiveStream.session_id == session_id)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()
