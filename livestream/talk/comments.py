"""What people say in the room: kept with phone numbers masked, read, and shown to who may see it.

Questions and chat are only shown; what is unclear goes to the moderator's list; what reads as an order
is done by `livestream.desk.intake`, each code a claim of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.errors import DomainError
from core.identity.logins import Login
from core.ids import new_id
from core.text import mask_name
from livestream.desk.desk import ClaimRequest
from livestream.log import Turn
from livestream.models import Comment, Pin
from livestream.pins import pin_codes
from livestream.reader import claim_reader
from livestream.reader.claim_reader import Item, PinSize, Reading
from livestream.talk import chat
from livestream.talk.chat import Floor
from livestream.talk.chat_rules import SHOWN
from livestream.talk.chat_text import mask_links

_COMMENTS = cast(Table, Comment.__table__)

MOST_LETTERS = 500
_MOST_AT_ONCE = 50

Reader = Callable[[str], Reading]


@dataclass(frozen=True)
class CommentRequest:
    """Who says what; `received_ms` (UTC ms) is when the server heard of it.

    `source` is where its claims come from: `comment`, or `import` if it was said elsewhere.
    """

    session_id: str
    text: str
    login: Login
    received_ms: int
    source: str = "comment"


@dataclass(frozen=True)
class Said:
    """A comment and how it was read; kept, perhaps out of sight (`hidden` says why), or refused.

    A refused one does nothing: its reading is of chat.
    """

    comment_id: str
    reading: Reading
    hidden: str = SHOWN
    refusal: DomainError | None = None
    staff: bool = False


def keep(session: Session, turn: Turn, requests: Sequence[CommentRequest]) -> list[Said]:
    """Read comments of one session as its pins stand now, and keep them; does nothing they say.

    Precondition: everybody who speaks has given a number.
    """
    if not requests:
        return []
    logins = [request.login for request in requests]
    floor = chat.floor(session, turn, logins, clock.now_ms())
    readings = read_all(session, turn.session_id, [request.text for request in requests])
    said = [
        _said(floor, request, reading) for request, reading in zip(requests, readings, strict=True)
    ]
    rows = [
        _row(request, one)
        for request, one in zip(requests, said, strict=True)
        if one.refusal is None
    ]
    if rows:
        session.execute(insert(_COMMENTS), rows)
    return said


def read_all(session: Session, session_id: str, texts: Sequence[str]) -> list[Reading]:
    """Read comments of one session as its pins stand now; keeps nothing."""
    read = reader(session, session_id)
    return [read(text) for text in texts]


def reader(session: Session, session_id: str) -> Reader:
    """What reads comments of one session as its pins stand now."""
    pins, main = _pins(session, session_id)
    bare = pin_codes.are_bare(pins)
    return lambda text: claim_reader.read(text, pins, main, bare_numbers=bare)


def claim_of(request: CommentRequest, said: Said, item: Item) -> ClaimRequest:
    """The claim that one item of a comment is."""
    return ClaimRequest(
        session_id=request.session_id,
        code=item.code,
        qty=item.packs,
        login=request.login,
        received_ms=request.received_ms,
        source=request.source,
        comment_id=said.comment_id,
    )


def last_position(session: Session) -> int:
    """The position of the newest comment of all sessions; 0 when there is none."""
    return session.scalar(select(func.max(Comment.position))) or 0


def since(
    session: Session, session_id: str, position: int
) -> tuple[int, list[JsonObject], list[JsonObject]]:
    """What was said after `position`: the new position, lines for everybody, unclear ones for moderators."""
    query = select(Comment).where(Comment.session_id == session_id, Comment.position > position)
    rows = list(session.scalars(query.order_by(Comment.position).limit(_MOST_AT_ONCE)))
    unclear = [_unclear_line(row) for row in rows if row.why]
    newest = rows[-1].position if rows else position
    return newest, [_line(row) for row in rows if row.hidden == SHOWN], unclear


def newest(session: Session, session_id: str, limit: int = 50) -> list[JsonObject]:
    """The newest lines of the chat, the oldest of them first."""
    return [_line(row) for row in _newest(session, session_id, limit)]


def unclear(session: Session, session_id: str, limit: int = 100) -> list[JsonObject]:
    """The moderator's list: what looked like an order and was not clear, or not all of it, oldest first."""
    query = select(Comment).where(
        Comment.session_id == session_id, Comment.why != "", Comment.handled_ms.is_(None)
    )
    rows = session.scalars(query.order_by(Comment.position.desc()).limit(limit)).all()
    return [_unclear_line(row) for row in rows[::-1]]


def _newest(session: Session, session_id: str, limit: int) -> list[Comment]:
    query = select(Comment).where(Comment.session_id == session_id, Comment.hidden == SHOWN)
    return list(session.scalars(query.order_by(Comment.position.desc()).limit(limit)))[::-1]


def _pins(session: Session, session_id: str) -> tuple[dict[str, PinSize], str | None]:
    """The codes people may mean, and the one on show."""
    query = select(Pin).where(Pin.session_id == session_id, Pin.on_screen)
    rows = list(session.scalars(query.execution_options(populate_existing=True)))
    sizes = {pin.code: PinSize(pin.pack_size, pin.base_unit, pin.unit_word) for pin in rows}
    main = [pin.code for pin in rows if pin.state == "showing"]
    return sizes, main[0] if main else None


def _said(floor: Floor, request: CommentRequest, reading: Reading) -> Said:
    """What becomes of a comment under the room's rules."""
    login = request.login
    try:
        hidden = floor.judge(login, reading.kind, reading.masked, request.received_ms)
    except DomainError as error:
        return Said("", Reading("chat", (), reading.masked), refusal=error)
    if floor.is_staff(login):  # "A1 còn 5 gói" is said to sell, not to buy
        return Said(new_id(), Reading("chat", (), reading.masked), hidden, staff=True)
    return Said(new_id(), reading, hidden)


def _row(request: CommentRequest, said: Said) -> dict[str, object]:
    masked = said.reading.masked
    text = masked if said.staff else mask_links(masked)
    return {
        "id": said.comment_id,
        "session_id": request.session_id,
        "person_id": request.login.person_id,
        "device_id": request.login.device_id,
        "name_masked": mask_name(request.login.name),
        "text": text[:MOST_LETTERS],
        "kind": said.reading.kind,
        "why": said.reading.why,
        "hidden": said.hidden,
        "proved": request.login.verified,
        "staff": said.staff,
        "at_ms": request.received_ms,
    }


def _line(row: Comment) -> JsonObject:
    return {
        "comment": row.id,
        "name_masked": row.name_masked,
        "text": row.text,
        "kind": row.kind,
        "staff": row.staff,
        "at": clock.iso(row.at_ms),
    }


def _unclear_line(row: Comment) -> JsonObject:
    return {**_line(row), "why": row.why}
