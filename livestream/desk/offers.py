"""Packs offered to who waited: when the buyer has heard of them, their time to order begins.

Heard means: an open page of theirs was told, they looked at what is theirs, they did something with it,
or staff called and ticked it. Until then nothing runs but the time to reach them (`waitlist`).
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from livestream import log
from livestream.desk import claims
from livestream.models import Claim


def unheard(session: Session, session_id: str, person_ids: Collection[str]) -> set[str]:
    """Those of `person_ids` who have an offer in the session they do not know of, or were passed over."""
    query = select(Claim.person_id).where(
        Claim.session_id == session_id, Claim.person_id.in_(sorted(person_ids)), _is_news()
    )
    return set(session.scalars(query))


def heard(
    session: Session,
    session_id: str,
    person_id: str,
    device_id: str | None = None,
    seller_id: str | None = None,
) -> None:
    """The buyer knows of their offers now; with `device_id` only of those of that device (ADR 0004).

    With `seller_id` only of that seller's, who called. Doing it again changes nothing.
    """
    turn = log.begin(session, session_id)
    query = select(Claim).where(
        Claim.session_id == session_id, Claim.person_id == person_id, _is_news()
    )
    if device_id is not None:
        query = query.where(Claim.device_id == device_id)
    if seller_id is not None:
        query = query.where(Claim.seller_id == seller_id)
    for claim in claims.chosen(query, session):
        claims.reach(turn, claim)


def _is_news() -> ColumnElement[bool]:
    return or_(Claim.offered > 0, Claim.passed_ms.is_not(None))
