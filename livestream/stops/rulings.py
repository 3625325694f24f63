"""What an officer rules about each order that their stop froze: it goes on, or its money goes back."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from core.errors import NotFound
from livestream.stops import stops
from shop.ordering import freezes
from shop.ordering.freezes import FreezeFacts, Ruling


def rule(session: Session, session_id: str, code: str, ruling: Ruling) -> None:
    """Rule on one frozen order of a stopped show.

    Raises:
        NotFound: the order is none that this stop froze. ReasonNeeded: no words.
        AlreadyRuled: somebody ruled, or the order ended meanwhile.
    """
    if code not in {one.code for one in of_session(session, session_id)}:
        raise NotFound()
    freezes.rule(session, code, stops.cause_of(session_id), ruling)


def of_session(
    session: Session, session_id: str, seller_ids: Collection[str] | None = None
) -> tuple[FreezeFacts, ...]:
    """The orders a stop froze, by code; only those of `seller_ids`, if they are named."""
    return freezes.of_cause(session, stops.cause_of(session_id), seller_ids)
