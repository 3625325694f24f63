"""The public list of a session's claims, whole and newest first: who came when is for everybody to see.

Names are masked where the claim was made; refuses phones, sums and orders.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.strict_json import JsonValue
from livestream.desk.claims import public_line
from livestream.models import Claim, Pin
from livestream.room import room_words, view
from livestream.room.snapshot import ClaimLine
from livestream.room.view import SessionFacts

PAGE = 100
_MOST_DIGITS = 12


@dataclass(frozen=True)
class ShownClaim:
    """A line of the claim list in words."""

    number: int
    name: str
    code: str
    held: int
    waiting: int
    status: str
    at: str


@dataclass(frozen=True)
class ClaimPage:
    """A hundred claims; `before` is the number to ask for those before them, None at the end."""

    show: SessionFacts
    claims: tuple[ShownClaim, ...]
    before: int | None
    words: dict[str, JsonValue]


def page(session: Session, session_id: str, before: str = "") -> ClaimPage:
    """A page of the list; `before` is a claim number as it stands in the address, any other text the start.

    Raises:
        NotFound: the session has no public page.
    """
    show = view.public_facts(session, session_id)
    query = (
        select(Claim, Pin.code)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(Claim.session_id == session_id)
        .order_by(Claim.number.desc())
        .limit(PAGE + 1)
    )
    if before.isascii() and before.isdigit() and len(before) <= _MOST_DIGITS:
        query = query.where(Claim.number < int(before))
    lines = [shown(public_line(claim, code)) for claim, code in session.execute(query)]
    more = lines[PAGE - 1].number if len(lines) > PAGE else None
    return ClaimPage(show, tuple(lines[:PAGE]), more, room_words.words())


def shown(line: ClaimLine) -> ShownClaim:
    """A claim of the snapshot in words."""
    number, name, code, held, waiting, status, at = line
    return ShownClaim(
        number=int(number),
        name=str(name),
        code=str(code),
        held=int(held),
        waiting=int(waiting),
        status=str(status),
        at=room_words.exact_time(str(at)),
    )
