"""What a moderator does for buyers: makes an unclear comment their claim, writes a claim in for a caller.

Both go through the desk like anybody's claim, under the pin's limit and the bars of the session; the limit
of open claims for unproved numbers does not hold, because a person of the seller's vouches for them.
Refuses to do one comment twice.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.identity import people
from core.identity.logins import Login
from livestream import log
from livestream.desk import desk
from livestream.desk.desk import Claimed, ClaimRequest
from livestream.errors import AlreadyHandled
from livestream.models import Comment
from livestream.talk import helped


@dataclass(frozen=True)
class Wanted:
    """So many packs of a code, as typed."""

    code: str
    packs: int


@dataclass(frozen=True)
class Caller:
    """Who orders through a moderator: a number (E.164) and the name they go by."""

    phone: str
    name: str


def claim_for_writer(
    session: Session, session_id: str, comment_id: str, wanted: Wanted, moderator: Login
) -> Claimed:
    """Claim for who wrote an unclear comment, at the price of the moment it came in.

    Raises:
        NotFound: no such comment in the session. AlreadyHandled: somebody has dealt with it.
        and what `desk.claim` raises; then the comment stays to be dealt with.
    """
    log.begin(session, session_id)
    said = _unhandled(session, session_id, comment_id)
    request = ClaimRequest(
        session_id=session_id,
        code=wanted.code,
        qty=wanted.packs,
        login=_writer(said, moderator),
        received_ms=said.at_ms,
        source="comment",
        comment_id=said.id,
    )
    claimed = desk.claim(session, request)
    said.handled_ms = clock.now_ms()
    helped.note(session, claimed.claim_id, moderator)
    return claimed


def leave(session: Session, session_id: str, comment_id: str) -> None:
    """Take an unclear comment off the list without a claim; one that is off already stays so.

    Raises:
        NotFound: no such comment in the session.
    """
    log.begin(session, session_id)
    said = _comment(session, session_id, comment_id)
    said.handled_ms = said.handled_ms or clock.now_ms()


def claim_for_caller(
    session: Session, session_id: str, caller: Caller, wanted: Wanted, moderator: Login
) -> Claimed:
    """Claim for somebody who called, or ordered elsewhere; made, with the number, if nobody has it.

    The claim is the number's; a device that only types it later does not see it (ADR 0004), so the
    seller's people tell the buyer.

    Raises:
        what `desk.claim` raises.
    """
    person_id = people.find_or_create(session, caller.phone, caller.name)
    login = Login(
        device_id=moderator.device_id,
        person_id=person_id,
        name=caller.name,
        phone=caller.phone,
        verified=False,
        person_verified=True,
    )
    now = clock.now_ms()
    request = ClaimRequest(session_id, wanted.code, wanted.packs, login, now, source="keypad")
    claimed = desk.claim(session, request)
    helped.note(session, claimed.claim_id, moderator)
    return claimed


def _writer(said: Comment, moderator: Login) -> Login:
    """Who wrote the comment, on the device it was written on; a masked name masks to itself."""
    return Login(
        device_id=said.device_id or moderator.device_id,
        person_id=said.person_id,
        name=said.name_masked,
        phone="",
        verified=said.proved,
        person_verified=True,
    )


def _unhandled(session: Session, session_id: str, comment_id: str) -> Comment:
    said = _comment(session, session_id, comment_id)
    if said.handled_ms is not None:
        raise AlreadyHandled()
    return said


def _comment(session: Session, session_id: str, comment_id: str) -> Comment:
    query = select(Comment).where(Comment.id == comment_id, Comment.session_id == session_id)
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound()
    return found
