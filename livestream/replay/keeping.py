"""What becomes of a recording: noted when its stream is over, hidden, held, deleted when its time is over.

A show with something to see becomes a replay; one whose recording is deleted, an archive. Refuses to delete
what is held or still has time, and every other way of deleting: a seller may hide its replay and no more.
"""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.outbox import publish
from livestream import log
from livestream.models import LiveSession
from livestream.replay import acts, terms
from livestream.replay.acts import By
from livestream.replay.replay_errors import HiddenByOrder, RecordingGone
from livestream.replay.replay_events import RecordingDue, RecordingShown
from livestream.replay.replay_models import SessionRecording
from livestream.shows import sessions
from livestream.stops import standing
from livestream.video.live_engine import Recording

_ASK_AGAIN_MS = 3_600_000
_MOST_AT_ONCE = 50


def note(session: Session, session_id: str, stream: str, found: Recording) -> None:
    """Keep what the engine says of a session's recording, once, with its digest in the audit trail."""
    turn = log.begin(session, session_id)
    if session.get(SessionRecording, session_id) is not None:
        return
    row = SessionRecording(
        session_id=session_id,
        seller_id=turn.seller_id,
        stream=stream,
        state="kept",
        began_ms=found.pieces[0].at_ms if found.pieces else clock.now_ms(),
        length_ms=found.length_ms,
        size_bytes=found.size_bytes,
        digest=found.digest,
        pieces=json.dumps([[one.at_ms, one.length_ms] for one in found.pieces]),
        noted_ms=clock.now_ms(),
    )
    session.add(row)
    acts.write(session, row, "closed")
    if standing.is_stopped(session, session_id):
        row.hidden_ms = clock.now_ms()
        acts.write(session, row, "hidden")
        publish(session, RecordingShown(row.stream, session_id))
    _show(session, row)


def hide(session: Session, session_id: str, by: By, *, is_hidden: bool) -> None:
    """Show the replay to nobody, or to everybody again; done a second time, nothing happens.

    Precondition: `by` may do that for the session's seller.

    Raises:
        NotFound: there is no recording. RecordingGone: it is deleted.
        HiddenByOrder: an officer stopped the show, and nobody shows it again.
    """
    row = _kept(session, session_id)
    if not is_hidden and standing.is_stopped(session, session_id):
        raise HiddenByOrder()
    if (row.hidden_ms is not None) == is_hidden:
        return
    row.hidden_ms = clock.now_ms() if is_hidden else None
    acts.write(session, row, "hidden" if is_hidden else "shown", by)
    publish(session, RecordingShown(row.stream, session_id))


def hold(session: Session, session_id: str, by: By, *, is_held: bool) -> None:
    """Have nobody delete it until an officer lets it go; each word of an officer stays in the audit trail.

    Precondition: `by` names an officer and a reason.

    Raises:
        NotFound: there is no recording. RecordingGone: it is deleted.
    """
    row = _kept(session, session_id)
    row.held_ms = (row.held_ms or clock.now_ms()) if is_held else None
    acts.write(session, row, "held" if is_held else "released", by)


def look_after(session: Session) -> None:
    """Begin replays of shows that ended after their stream, and delete what is due (a tick)."""
    query = (
        select(SessionRecording)
        .join(LiveSession, LiveSession.id == SessionRecording.session_id)
        .where(LiveSession.state == "ended", SessionRecording.state == "kept")
        .order_by(SessionRecording.session_id)
        .limit(_MOST_AT_ONCE)
    )
    for row in list(session.scalars(query.where(SessionRecording.length_ms > 0))):
        log.begin(session, row.session_id)
        _show(session, row)
    for session_id in due(session):
        _let_go(session, session_id)
    _ask_again(session)


def due(session: Session) -> tuple[str, ...]:
    """The sessions whose recordings may be deleted now: their time is over and nobody holds them."""
    query = (
        select(SessionRecording.session_id, LiveSession.ended_ms)
        .join(LiveSession, LiveSession.id == SessionRecording.session_id)
        .where(
            SessionRecording.state == "kept",
            SessionRecording.held_ms.is_(None),
            LiveSession.ended_ms.is_not(None),
        )
        .order_by(LiveSession.ended_ms)
    )
    all_of, now_ms = terms.terms(session), clock.now_ms()
    untils = [
        (session_id, terms.kept_until_ms(all_of, ended_ms or now_ms, now_ms))
        for session_id, ended_ms in session.execute(query)
    ]
    over = [session_id for session_id, until in untils if until is not None and until <= now_ms]
    return tuple(over[:_MOST_AT_ONCE])


def forgotten(session: Session, session_id: str) -> None:
    """The engine has deleted it: say so for ever."""
    row = _locked(session, session_id)
    if row.state == "going":
        row.state, row.gone_ms = "gone", clock.now_ms()
        acts.write(session, row, "deleted")


def _let_go(session: Session, session_id: str) -> None:
    row = _locked(session, session_id)
    if row.state != "kept" or row.held_ms is not None:
        return  # held or let go since it was looked up
    row.state, row.asked_ms = "going", clock.now_ms()
    acts.write(session, row, "due")
    sessions.archive(session, session_id)
    publish(session, RecordingDue(row.stream, session_id))


def _ask_again(session: Session) -> None:
    """Tell the engine once more of what it should have deleted an hour ago."""
    query = select(SessionRecording).where(
        SessionRecording.state == "going",
        SessionRecording.asked_ms < clock.now_ms() - _ASK_AGAIN_MS,
    )
    for row in list(session.scalars(query.limit(_MOST_AT_ONCE))):
        row.asked_ms = clock.now_ms()
        publish(session, RecordingDue(row.stream, row.session_id))


def _show(session: Session, row: SessionRecording) -> None:
    """Make an ended show a replay if there is something to see. Precondition: its session is locked."""
    if row.length_ms > 0 and row.state == "kept":
        sessions.open_replay(session, row.session_id)


def _kept(session: Session, session_id: str) -> SessionRecording:
    row = _locked(session, session_id)
    if row.state != "kept":
        raise RecordingGone()
    return row


def _locked(session: Session, session_id: str) -> SessionRecording:
    """The recording, its session locked, so that a hold and a deletion never pass each other."""
    log.begin(session, session_id)
    row = session.get(SessionRecording, session_id, populate_existing=True)
    if row is None:
        raise NotFound()
    return row
