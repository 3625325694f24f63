"""What the moderator's screen shows: unclear comments with guesses, the talk, who is barred, the pins.

Read fresh each time; the same page answers each step. Refuses money and phone numbers: a moderator works
with first letters and codes.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity.logins import Login
from core.ids import new_id
from livestream import access
from livestream.delivery import boards
from livestream.models import Comment, Pin
from livestream.room import room_words, view
from livestream.room.view import SessionFacts
from livestream.states import SHOWN
from livestream.talk import chat, chat_bars, comments
from livestream.talk import moderator_words as words
from livestream.talk.chat_bars import BarredPerson
from livestream.talk.chat_rules import ChatRules
from livestream.talk.guesses import Guess, guesses

_LINES = 60


@dataclass(frozen=True)
class ModeratorPin:
    """A pin that is not closed: its code, name, state, and packs nobody has yet."""

    code: str
    name: str
    state: str
    left: int


@dataclass(frozen=True)
class UnclearComment:
    """A comment near an order that waits for a person: why in words, and what it may mean."""

    id: str
    name_masked: str
    text: str
    why: str
    at: str
    guesses: tuple[Guess, ...]


@dataclass(frozen=True)
class SaidLine:
    """A line of the talk; `hidden` says in words why the room does not see it."""

    id: str
    name_masked: str
    text: str
    hidden: str
    staff: bool
    at: str


@dataclass(frozen=True)
class ModeratorPage:
    """All the moderator's template needs; `told` and its kind answer the last step."""

    show: SessionFacts
    runs_show: bool
    pins: tuple[ModeratorPin, ...]
    main: ModeratorPin | None
    next: ModeratorPin | None
    unclear: tuple[UnclearComment, ...]
    said: tuple[SaidLine, ...]
    barred: tuple[BarredPerson, ...]
    bar_words: dict[str, str]
    rules: ChatRules
    paces: dict[int, str]
    client_id: str
    told: tuple[str, str] | None


def page(
    session: Session, session_id: str, login: Login, told: tuple[str, str] | None = None
) -> ModeratorPage:
    """The screen for `login`, who moderates the session (`access.require_moderator`)."""
    pins = _pins(session, session_id)
    main = next((pin for pin in pins if pin.state == "showing"), None)
    rules = chat.rules_of(session, session_id)
    return ModeratorPage(
        show=view.facts(session, session_id),
        runs_show=access.hosts(session, session_id, login),
        pins=pins,
        main=main,
        next=_next(pins, main),
        unclear=_unclear(session, session_id, pins, main),
        said=_said(session, session_id),
        barred=chat_bars.listed(session, session_id),
        bar_words=words.bar_words(),
        rules=rules,
        paces={one: words.pace_words(one) for one in sorted({*chat.SLOW_STEPS_S, rules.slow_s})},
        client_id=new_id(),
        told=told,
    )


def _pins(session: Session, session_id: str) -> tuple[ModeratorPin, ...]:
    left = boards.left(session, session_id)
    query = select(Pin.code, Pin.name, Pin.state, Pin.packs).where(
        Pin.session_id == session_id, Pin.state != "closed"
    )
    return tuple(
        ModeratorPin(code, name, state, left.get(code, packs))
        for code, name, state, packs in session.execute(query.order_by(Pin.position))
    )


def _next(pins: tuple[ModeratorPin, ...], main: ModeratorPin | None) -> ModeratorPin | None:
    """The pin after the one on show, and after the last one the first."""
    start = pins.index(main) + 1 if main else 0
    others = [*pins[start:], *pins[:start]]
    return next((pin for pin in others if pin != main), None)


def _unclear(
    session: Session, session_id: str, pins: tuple[ModeratorPin, ...], main: ModeratorPin | None
) -> tuple[UnclearComment, ...]:
    codes = [pin.code for pin in pins if pin.state in SHOWN]
    shown = main.code if main else None
    why = room_words.whys()
    now_ms = clock.now_ms()
    return tuple(
        UnclearComment(
            id=str(line["comment"]),
            name_masked=str(line["name_masked"]),
            text=str(line["text"]),
            why=why.get(str(line["why"])) or why[""],
            at=room_words.short_time(str(line["at"]), now_ms),
            guesses=guesses(str(line["text"]), codes, shown),
        )
        for line in reversed(comments.unclear(session, session_id))
    )


def _said(session: Session, session_id: str) -> tuple[SaidLine, ...]:
    query = select(Comment).where(Comment.session_id == session_id)
    rows = session.scalars(query.order_by(Comment.position.desc()).limit(_LINES))
    why = words.hidden_words()
    now_ms = clock.now_ms()
    return tuple(
        SaidLine(
            id=row.id,
            name_masked=row.name_masked,
            text=row.text,
            hidden=why.get(row.hidden, row.hidden),
            staff=row.staff,
            at=room_words.short_time(clock.iso(row.at_ms), now_ms),
        )
        for row in rows
    )
