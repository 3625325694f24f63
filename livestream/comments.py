"""What people say in the room: kept with phone numbers masked, read, and answered claim by claim.

A comment that reads as an order is one, each code a claim of its own: one that fails never blocks
another. Questions and chat are only shown; what is unclear goes to the moderator's list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.errors import DomainError
from core.identity.logins import Login, require_person
from core.ids import new_id
from core.text import mask_name
from livestream import claim_reader, desk, log
from livestream.claim_reader import Item, PinSize, Reading
from livestream.desk import Changed, ChangeRequest, Claimed, ClaimRequest
from livestream.models import Claim, Comment, Pin

MOST_LETTERS = 500
_MOST_AT_ONCE = 50

Outcome = Claimed | Changed | DomainError
"""What one item of a comment came to."""


@dataclass(frozen=True)
class CommentRequest:
    """Who says what; `received_ms` (UTC ms) is when the server heard of it."""

    session_id: str
    text: str
    login: Login
    received_ms: int


@dataclass(frozen=True)
class Commented:
    """A kept comment, how it was read, and the outcome of each of its items in order."""

    comment_id: str
    reading: Reading
    outcomes: tuple[Outcome, ...]


def comment(session: Session, request: CommentRequest) -> Commented:
    """Keep a comment and do what it says, each item by itself.

    Raises:
        LoginRequired: the device has given no number.
        NotFound, SessionNotLive: nobody talks there now.
    """
    person_id = require_person(request.login)
    turn = log.begin(session, request.session_id)
    turn.require_running()
    reading = claim_reader.read(request.text, *_pins(session, request.session_id))
    row = Comment(
        id=new_id(),
        session_id=request.session_id,
        person_id=person_id,
        device_id=request.login.device_id,
        name_masked=mask_name(request.login.name),
        text=reading.masked[:MOST_LETTERS],
        kind=reading.kind,
        why=reading.why,
        at_ms=request.received_ms,
    )
    session.add(row)
    session.flush()
    return Commented(row.id, reading, _done(session, request, row.id, reading))


def last_position(session: Session) -> int:
    """The position of the newest comment of all sessions; 0 when there is none."""
    return session.scalar(select(func.max(Comment.position))) or 0


def since(
    session: Session, session_id: str, position: int
) -> tuple[int, list[JsonObject], list[JsonObject]]:
    """What was said after `position`: the new position, lines for everybody, unclear ones for moderators."""
    query = select(Comment).where(Comment.session_id == session_id, Comment.position > position)
    rows = list(session.scalars(query.order_by(Comment.position).limit(_MOST_AT_ONCE)))
    unclear = [_unclear_line(row) for row in rows if row.kind == "ambiguous"]
    newest = rows[-1].position if rows else position
    return newest, [_line(row) for row in rows], unclear


def newest(session: Session, session_id: str, limit: int = 50) -> list[JsonObject]:
    """The newest lines of the chat, the oldest of them first."""
    return [_line(row) for row in _newest(session, session_id, limit)]


def unclear(session: Session, session_id: str, limit: int = 100) -> list[JsonObject]:
    """The moderator's list: what looked like an order and was not clear, the oldest first."""
    query = select(Comment).where(Comment.session_id == session_id, Comment.kind == "ambiguous")
    rows = session.scalars(query.order_by(Comment.position.desc()).limit(limit)).all()
    return [_unclear_line(row) for row in rows[::-1]]


def _newest(session: Session, session_id: str, limit: int) -> list[Comment]:
    query = select(Comment).where(Comment.session_id == session_id)
    return list(session.scalars(query.order_by(Comment.position.desc()).limit(limit)))[::-1]


def _pins(session: Session, session_id: str) -> tuple[dict[str, PinSize], str | None]:
    """The codes people may mean, and the one on show."""
    query = select(Pin).where(Pin.session_id == session_id, Pin.on_screen)
    rows = list(session.scalars(query.execution_options(populate_existing=True)))
    sizes = {pin.code: PinSize(pin.pack_size, pin.base_unit, pin.unit_word) for pin in rows}
    main = [pin.code for pin in rows if pin.state == "showing"]
    return sizes, main[0] if main else None


def _done(
    session: Session, request: CommentRequest, comment_id: str, reading: Reading
) -> tuple[Outcome, ...]:
    if reading.kind == "claim":
        return tuple(
            _apart(session, partial(_claim, session, request, comment_id, item))
            for item in reading.items
        )
    if reading.kind == "withdraw":
        return tuple(
            _apart(session, partial(_withdraw, session, request, claim_id))
            for claim_id in _meant_claims(session, request, reading)
        )
    return ()


def _apart(session: Session, act: Callable[[], Outcome]) -> Outcome:
    """Do one item in a savepoint of its own: a refusal undoes this item alone and is its outcome."""
    try:
        with session.begin_nested():
            return act()
    except DomainError as error:
        return error


def _claim(session: Session, request: CommentRequest, comment_id: str, item: Item) -> Claimed:
    return desk.claim(
        session,
        ClaimRequest(
            session_id=request.session_id,
            code=item.code,
            qty=item.packs,
            login=request.login,
            received_ms=request.received_ms,
            source="comment",
            comment_id=comment_id,
        ),
    )


def _withdraw(session: Session, request: CommentRequest, claim_id: str) -> Changed:
    return desk.change(session, ChangeRequest(request.session_id, claim_id, 0, request.login))


def _meant_claims(session: Session, request: CommentRequest, reading: Reading) -> list[str]:
    """The buyer's claims a withdrawal means: those of its codes, or without a code the only one."""
    query = (
        select(Claim, Pin.code)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(
            Claim.session_id == request.session_id,
            Claim.person_id == request.login.person_id,
            (Claim.state == "held") | (Claim.wait_state == "waiting"),
        )
        .order_by(Claim.number)
    )
    own = [
        (claim.id, code)
        for claim, code in session.execute(query)
        if request.login.owns(claim.person_id, claim.device_id)
    ]
    if reading.items:
        codes = {item.code for item in reading.items}
        return [claim_id for claim_id, code in own if code in codes]
    return [claim_id for claim_id, _code in own] if len(own) == 1 else []


def _line(row: Comment) -> JsonObject:
    return {
        "comment": row.id,
        "name_masked": row.name_masked,
        "text": row.text,
        "kind": row.kind,
        "at": clock.iso(row.at_ms),
    }


def _unclear_line(row: Comment) -> JsonObject:
    return {**_line(row), "why": row.why}
