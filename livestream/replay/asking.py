"""Talking to the engine about recordings, outside of any write: what was kept, hide it, delete it.

Whoever is not answered asks again: by the errand itself, and for ever by `ask_missing` and the row's state.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import clock, errands
from core.db import db
from core.outbox import publish
from livestream.replay import keeping
from livestream.replay.replay_events import RecordingDue, RecordingShown, RecordingWanted
from livestream.replay.replay_models import SessionRecording
from livestream.video.engines import engine
from livestream.video.live_engine import Recording
from livestream.video.video_events import StreamEnded
from livestream.video.video_models import LiveStream

_SOON_MS, _EACH_MS = 1_800_000, 3_600_000
NOTHING = Recording((), 0, "")


def subscribe() -> None:
    """Have the engine asked and told after the commits that want it."""
    errands.on(StreamEnded, ask_ended, _noted_ended, give_up=_wait)
    errands.on(RecordingWanted, ask, _noted, give_up=_wait)
    errands.on(RecordingShown, show)
    errands.on(RecordingDue, forget, _forgotten, give_up=_wait)


def ask_ended(event: StreamEnded) -> Recording:
    """Raises: EngineAway, and is tried again."""
    return _asked(event.ref)


def ask(event: RecordingWanted) -> Recording:
    """Raises: EngineAway, and is tried again."""
    return _asked(event.ref)


def show(event: RecordingShown) -> None:
    """Tell the engine what the row says now. Raises: EngineAway, and is tried again."""
    hidden_ms = db.session.scalar(
        select(SessionRecording.hidden_ms).where(SessionRecording.session_id == event.session_id)
    )
    engine().hide(event.ref, hidden_ms is not None)


def forget(event: RecordingDue) -> bool:
    """Delete it if that is still what is meant. Raises: EngineAway, and is tried again."""
    state = select(SessionRecording.state).where(SessionRecording.session_id == event.session_id)
    if db.session.scalar(state) != "going":
        return False
    engine().forget(event.ref)
    return True


def ask_missing(session: Session) -> None:
    """Ask anew for recordings of streams that are over half an hour and that nobody noted (a tick)."""
    now_ms = clock.now_ms()
    noted = exists().where(SessionRecording.session_id == LiveStream.session_id)
    query = select(LiveStream.id, LiveStream.session_id).where(
        LiveStream.state == "closed",
        LiveStream.started_ms.is_not(None),
        LiveStream.closed_ms < now_ms - _SOON_MS,
        ~noted,
    )
    for ref, session_id in session.execute(query):
        publish(session, RecordingWanted(ref, session_id))


def _asked(ref: str) -> Recording:
    """What was kept, after the last of it was written: an open stream is closed first."""
    engine().close(ref)
    return engine().recording(ref) or NOTHING


def _noted_ended(session: Session, event: StreamEnded, found: Recording) -> None:
    if found.pieces or _was_sent(session, event.ref):
        keeping.note(session, event.session_id, event.ref, found)


def _noted(session: Session, event: RecordingWanted, found: Recording) -> None:
    keeping.note(session, event.session_id, event.ref, found)


def _wait(_session: Session, _event: StreamEnded | RecordingWanted | RecordingDue) -> None:
    """The engine is away for long: a tick asks again (`ask_missing`, `keeping.look_after`)."""


def _forgotten(session: Session, event: RecordingDue, is_done: bool) -> None:
    if is_done:
        keeping.forgotten(session, event.session_id)


def _was_sent(session: Session, ref: str) -> bool:
    return session.scalar(select(LiveStream.started_ms).where(LiveStream.id == ref)) is not None
