"""A seller's recordings for its own people: how long, how large, until when, whether anybody sees them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from livestream.models import LiveSession
from livestream.replay import terms
from livestream.replay.replay_models import SessionRecording

_MOST = 200
_MB = 1_000_000


@dataclass(frozen=True)
class KeptRecording:
    """One recording; `until_ms` (UTC ms) is when it may be deleted at the earliest, None: not by itself.

    `state` is kept, hidden, held (by an officer; hidden too if `is_hidden`) or gone.
    """

    session_id: str
    title: str
    ended_ms: int
    length_ms: int
    megabytes: int
    until_ms: int | None
    state: str
    is_hidden: bool
    digest: str


def of_seller(session: Session, seller_id: str) -> tuple[KeptRecording, ...]:
    """What was recorded of a seller's sessions, the newest first; at most two hundred."""
    query = (
        select(SessionRecording, LiveSession.title, LiveSession.ended_ms)
        .join(LiveSession, LiveSession.id == SessionRecording.session_id)
        .where(SessionRecording.seller_id == seller_id)
        .order_by(SessionRecording.noted_ms.desc(), SessionRecording.session_id)
        .limit(_MOST)
    )
    all_of, now_ms = terms.terms(session), clock.now_ms()
    return tuple(
        _kept(row, title, ended_ms, terms.kept_until_ms(all_of, ended_ms or row.noted_ms, now_ms))
        for row, title, ended_ms in session.execute(query)
    )


def _kept(
    row: SessionRecording, title: str, ended_ms: int | None, until_ms: int | None
) -> KeptRecording:
    return KeptRecording(
        session_id=row.session_id,
        title=title,
        ended_ms=ended_ms or row.noted_ms,
        length_ms=row.length_ms,
        megabytes=-(-row.size_bytes // _MB),
        until_ms=None if row.held_ms is not None else until_ms,
        state=_state(row),
        is_hidden=row.hidden_ms is not None,
        digest=row.digest,
    )


def _state(row: SessionRecording) -> str:
    if row.state != "kept":
        return "gone"
    if row.held_ms is not None:
        return "held"
    return "hidden" if row.hidden_ms is not None else "kept"
