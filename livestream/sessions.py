"""A live session from draft to end: made of pins, checked, started, interrupted, ended, each step logged.

Refuses to start a session again once it ended, and to start one whose going-live list has something
open.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from catalog import listings
from core import clock
from core.ids import new_id
from livestream import hold_rule, log, pins, waitlist
from livestream.errors import NothingPinned, NotReady, PinHidden, SessionNotLive
from livestream.log import Turn
from livestream.models import LiveSession, Pin
from livestream.pins import NewPin
from livestream.states import SESSION


@dataclass(frozen=True)
class NewSession:
    """A session to come: its organiser, its planned end (UTC ms) and how long claims are held.

    `hold_rule`: `until_end_plus` (so many minutes after the end) or `minutes` (from the claim on).
    """

    seller_id: str
    title: str
    planned_end_ms: int
    hold_rule: str = "until_end_plus"
    hold_minutes: int = 30


def create(
    session: Session, new: NewSession, pinned: Sequence[NewPin], consenting: Collection[str] = ()
) -> str:
    """Make a session and pin its listings as A1, A2 … with an allotment each; returns its id.

    The organiser agrees to its own listings; other sellers' only if they are in `consenting`. With
    nothing open on the going-live list it is `checked`, else a draft.

    Raises:
        NotFound, OutOfStock, CodesFull: as `pins.add`.
    """
    row = LiveSession(
        id=new_id(),
        seller_id=new.seller_id,
        title=new.title,
        state="draft",
        hold_rule=new.hold_rule,
        hold_minutes=new.hold_minutes,
        planned_end_ms=new.planned_end_ms,
        announcement="",
        last_number=0,
        last_seq=0,
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    for pin in pinned:
        pins.add(session, row.id, pin, {new.seller_id, *consenting})
    if not open_points(session, row.id):
        _move(session, log.begin(session, row.id), "checked")
    return row.id


def open_points(session: Session, session_id: str) -> tuple[NotReady, ...]:
    """What the going-live list still has open, each as the refusal it is; nothing when it may start."""
    pinned = _open_pins(session, session_id)
    facts = listings.facts(session, [pin.listing_id for pin in pinned])
    hidden = [
        pin.code
        for pin in pinned
        if pin.listing_id not in facts or not facts[pin.listing_id].on_sale
    ]
    if not pinned:
        return (NothingPinned(),)
    return tuple(PinHidden(code) for code in hidden)


def start(session: Session, session_id: str) -> None:
    """Go live: the first pin is shown, the next three beside it.

    Raises:
        NotFound: no such session. BadTransition: it runs already, or is over.
        NotReady: the going-live list has something open.
    """
    turn = log.begin(session, session_id)
    open_now = open_points(session, session_id)
    if open_now:
        raise open_now[0]
    if turn.state == "draft":
        _move(session, turn, "checked")
    _move(session, turn, "live", started_ms=clock.now_ms())
    log.append(session, turn, "session_live", {})
    pins.show_first(session, turn)


def interrupt(session: Session, session_id: str) -> None:
    """The picture is lost; selling goes on.

    Raises:
        NotFound: no such session. BadTransition: it is not live.
    """
    turn = log.begin(session, session_id)
    _move(session, turn, "interrupted")
    log.append(session, turn, "session_interrupted", {})


def resume(session: Session, session_id: str) -> None:
    """The picture is back.

    Raises:
        NotFound: no such session. SessionNotLive: it was not interrupted.
    """
    turn = log.begin(session, session_id)
    if turn.state != "interrupted":
        raise SessionNotLive()
    _move(session, turn, "live")
    log.append(session, turn, "session_live", {})


def end(session: Session, session_id: str) -> None:
    """End the show for good: waiting ends, unused allotment returns to the shop, holds live on.

    Raises:
        NotFound: no such session. BadTransition: it does not run.
    """
    turn = log.begin(session, session_id)
    SESSION.move(turn.state, "ended")
    open_pins = _open_pins(session, session_id)
    waitlist.settle_pins(session, turn, [pin.id for pin in open_pins])
    now = clock.now_ms()
    for pin in sorted(open_pins, key=lambda one: one.allotment_id):
        pins.shut(session, pin)
    _move(session, turn, "ended", ended_ms=now)
    hold_rule.show_ended(session, turn, now)
    log.append(session, turn, "session_ended", {})


def cancel(session: Session, session_id: str) -> None:
    """Call a session off before it began; what was set aside for it returns to the shop.

    Raises:
        NotFound: no such session. BadTransition: it has begun.
    """
    turn = log.begin(session, session_id)
    _move(session, turn, "cancelled")
    for pin in sorted(_open_pins(session, session_id), key=lambda one: one.allotment_id):
        pins.shut(session, pin)


def announce(session: Session, session_id: str, text: str) -> None:
    """Put one line (at most 300 characters) over the room; an empty one takes it away.

    Raises:
        NotFound: no such session. SessionNotLive: it does not run.
    """
    turn = log.begin(session, session_id)
    turn.require_running()
    session.execute(_row(turn).values(announcement=text))
    log.append(session, turn, "announcement", {"text": text})


def _move(session: Session, turn: Turn, state: str, **times: int) -> None:
    turn.state = SESSION.move(turn.state, state)
    session.execute(_row(turn).values(state=state, **times))


def _open_pins(session: Session, session_id: str) -> list[Pin]:
    query = select(Pin).where(Pin.session_id == session_id, Pin.state != "closed")
    return list(session.scalars(query.order_by(Pin.position)))


def _row(turn: Turn) -> Update:
    return update(LiveSession).where(LiveSession.id == turn.session_id)
