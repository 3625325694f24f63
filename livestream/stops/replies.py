"""What a seller concerned answers to an officer's stop: written down for officers. Refuses endless talk."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.events import Event
from core.identity import people
from core.ids import new_id
from core.outbox import publish
from livestream.stops import stops
from livestream.stops.stop_errors import RepliesFull
from livestream.stops.stop_models import StopReply

_MOST = 10
"""How often one seller may answer to one stop."""


@dataclass(frozen=True)
class ReplyFacts:
    """An answer: whose, in whose name, the words, when (UTC ms)."""

    id: str
    seller_id: str
    name: str
    words: str
    at_ms: int


@dataclass(frozen=True)
class StopAnswered(Event):
    """A seller answered to a stop; officers are told."""

    session_id: str
    reply_id: str


def add(session: Session, session_id: str, seller_id: str, person_id: str, words: str) -> None:
    """Write an answer of the seller down; `StopAnswered` is published.

    Raises:
        NotFound: the show was not stopped. RepliesFull: the seller has answered ten times.
    """
    if stops.of_session(session, session_id) is None:
        raise NotFound()
    said = select(func.count()).where(
        StopReply.session_id == session_id, StopReply.seller_id == seller_id
    )
    if (session.scalar(said) or 0) >= _MOST:
        raise RepliesFull()
    row = StopReply(
        id=new_id(),
        session_id=session_id,
        seller_id=seller_id,
        person_id=person_id,
        name=people.facts(session, person_id).name[:80],
        words=words,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    publish(session, StopAnswered(session_id, row.id))


def of_session(
    session: Session, session_id: str, seller_ids: Collection[str] | None = None
) -> tuple[ReplyFacts, ...]:
    """The answers to a stop, the first said first; only those of `seller_ids`, if they are named."""
    query = select(StopReply).where(StopReply.session_id == session_id)
    if seller_ids is not None:
        query = query.where(StopReply.seller_id.in_(list(seller_ids)))
    return tuple(
        ReplyFacts(row.id, row.seller_id, row.name, row.words, row.at_ms)
        for row in session.scalars(query.order_by(StopReply.at_ms, StopReply.id))
    )
