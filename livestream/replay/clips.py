"""Replays where others look for them: a product's clip, the newest replays for the list of shows."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from livestream.models import LiveSession, Pin
from livestream.replay import replay_page
from livestream.replay.chapters import clip
from livestream.replay.replay_models import SessionRecording
from livestream.room import view
from livestream.room.view import SessionFacts

_MOST_LISTED = 12
_MOST_LOOKED_AT = 5


@dataclass(frozen=True)
class ProductClip:
    """The part of a replay that shows a product: its page, the show's title and end (UTC ms), its length."""

    url: str
    title: str
    ended_ms: int
    length_ms: int


def of_listings(session: Session, listing_ids: Collection[str]) -> ProductClip | None:
    """The newest clip of any of these listings that everybody may see; None when there is none."""
    query = (
        select(LiveSession.id, LiveSession.title, LiveSession.ended_ms, Pin.code, SessionRecording)
        .join(Pin, Pin.session_id == LiveSession.id)
        .join(SessionRecording, SessionRecording.session_id == LiveSession.id)
        .where(Pin.listing_id.in_(list(listing_ids)), LiveSession.state == "replay", _may_be_seen())
        .order_by(LiveSession.ended_ms.desc(), Pin.position)
        .limit(_MOST_LOOKED_AT)
    )
    for session_id, title, ended_ms, code, row in session.execute(query):
        told = replay_page.of_session(session, session_id, replay_page.tape_of(row))
        part = clip(told, code)
        if part is not None:
            url = f"/live/{session_id}/replay?c={code}"
            return ProductClip(url, title, ended_ms or 0, part.length_ms)
    return None


def newest(session: Session) -> tuple[tuple[SessionFacts, int], ...]:
    """Shows that everybody may see again, the newest first, with how long each plays (ms)."""
    query = (
        select(LiveSession.id, SessionRecording.length_ms)
        .join(SessionRecording, SessionRecording.session_id == LiveSession.id)
        .where(LiveSession.state == "replay", _may_be_seen())
        .order_by(LiveSession.ended_ms.desc(), LiveSession.id)
        .limit(_MOST_LISTED)
    )
    return tuple((view.facts(session, one), length_ms) for one, length_ms in session.execute(query))


def _may_be_seen() -> ColumnElement[bool]:
    return and_(SessionRecording.state == "kept", SessionRecording.hidden_ms.is_(None))
