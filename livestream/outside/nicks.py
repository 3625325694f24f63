"""Nicks of other channels: whose a claim for a nick is, and a claim typed in for one by a moderator.

Until somebody gives a number through the nick's link (`nick_links`), a buyer of its own stands for it.
Precondition of all: the caller writes under the session's lock. Refuses to guess that two nicks are one.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity import people
from core.identity.logins import Login
from core.ids import new_id
from livestream import log
from livestream.desk import desk
from livestream.desk.desk import Claimed, ClaimRequest
from livestream.outside.channels import Source
from livestream.outside.outside_models import OutsideBuyer
from livestream.talk import helped
from livestream.talk.moderation import Wanted

_KEY_BYTES = 16


@dataclass(frozen=True)
class Nick:
    """Somebody on another channel, as they are called there."""

    source: Source
    name: str


def claim(session: Session, session_id: str, nick: Nick, wanted: Wanted, by: Login) -> Claimed:
    """Claim for a nick that ordered where we cannot read along; its link finds the owner.

    Raises:
        what `desk.claim` raises.
    """
    log.begin(session, session_id)
    login = buyer_of(session, session_id, nick, by)
    now = clock.now_ms()
    request = ClaimRequest(session_id, wanted.code, wanted.packs, login, now, source="keypad")
    made = desk.claim(session, request)
    helped.note(session, made.claim_id, by)
    return made


def buyer_of(session: Session, session_id: str, nick: Nick, by: Login) -> Login:
    """Who took the nick's link, or the nick itself; `by` is who of the seller's people vouches."""
    row = _row(session, session_id, nick)
    if row.taken_by and row.taken_device_id:
        return vouched(row.taken_device_id, row.taken_by, nick.name)
    return vouched(by.device_id, row.person_id, nick.name, is_nick=True)


def vouched(
    device_id: str, person_id: str, name: str, phone: str = "", *, is_nick: bool = False
) -> Login:
    """A buyer for whom the seller's people vouch; a nick owns all that was claimed for it."""
    return Login(device_id, person_id, name, phone, verified=is_nick, person_verified=True)


def _row(session: Session, session_id: str, nick: Nick) -> OutsideBuyer:
    here = select(OutsideBuyer).where(OutsideBuyer.session_id == session_id)
    found = session.scalar(
        here.where(OutsideBuyer.source == nick.source, OutsideBuyer.nick == nick.name)
    )
    if found is not None:
        return found
    row = OutsideBuyer(
        id=new_id(),
        session_id=session_id,
        source=nick.source,
        nick=nick.name,
        person_id=people.add_without_phone(session, nick.name),
        key=secrets.token_urlsafe(_KEY_BYTES),
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row
