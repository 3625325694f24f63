"""A live session from draft to end: made of pins, checked, started, interrupted, ended, each step logged.

Refuses to start a session again once it ended, and to start one of which no pin may be shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from core.outbox import publish
from livestream import log
from livestream.desk import hold_rule, waitlist
from livestream.errors import SessionBegun, SessionNotLive
from livestream.log import Turn
from livestream.models import LiveSession, Pin
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.shows import going_live
from livestream.shows.show_news import ShowMoved
from livestream.states import BEFORE, SESSION

_TOLD = frozenset({"checked", "live", "ended", "cancelled"})


@dataclass(frozen=True)
class NewSession:
    """A session to come: its organiser, its planned end (UTC ms) and how long claims are held.

    `planned_start_ms` is None for one that starts whenever its host is ready.

    A lesson is of kind LESSON; `guide` teaches, `place` is where learners come together.
    `hold_rule`: `until_end_plus` (so many minutes after the end) or `minutes` (from the claim on).
    """

    seller_id: str
    title: str
    planned_end_ms: int
    hold_rule: str = "until_end_plus"
    hold_minutes: int = 30
    planned_start_ms: int | None = None
    kind: str = "sale"
    guide: str = ""
    place: str = ""


def create(
    session: Session, new: NewSession, pinned: Sequence[NewPin], consenting: Collection[str] = ()
) -> str:
    """Make a session and pin its listings as A1, A2 … with an allotment each; returns its id.

    The organiser agrees to its own listings; other sellers' only if they are in `consenting`. With
    at least one pin that may be shown it is `checked`, else a draft.

    Raises:
        NotFound, OutOfStock, CodesFull: as `pins.add`.
    """
    row = LiveSession(
        id=new_id(),
        seller_id=new.seller_id,
        title=new.title,
        kind=new.kind,
        guide=new.guide,
        place=new.place,
        state="draft",
        hold_rule=new.hold_rule,
        hold_minutes=new.hold_minutes,
        planned_start_ms=new.planned_start_ms,
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
    if going_live.is_startable(session, row.id):
        _move(session, log.begin(session, row.id), "checked")
    return row.id


def recheck(session: Session, session_id: str) -> None:
    """Make a draft `checked` once one of its pins may be shown; any other session stays as it is.

    Raises:
        NotFound: no such session. NotReady: a draft, and none of its pins may be shown.
    """
    turn = log.begin(session, session_id)
    if turn.state == "draft":
        going_live.require_startable(session, session_id)
        _move(session, turn, "checked")


def recheck_of_seller(session: Session, seller_id: str) -> None:
    """Make those drafts `checked` that have goods of `seller_id` and may start now."""
    query = (
        select(LiveSession.id)
        .join(Pin, Pin.session_id == LiveSession.id)
        .where(LiveSession.state == "draft", Pin.seller_id == seller_id)
    )
    for session_id in sorted(set(session.scalars(query))):
        if going_live.is_startable(session, session_id):
            recheck(session, session_id)


def replan(
    session: Session, session_id: str, planned_start_ms: int | None, planned_end_ms: int
) -> None:
    """Move a session to come to another time (UTC ms); None: whenever its host is ready.

    Raises:
        NotFound: no such session. SessionBegun: it has begun, or was called off.
    """
    turn = log.begin(session, session_id)
    if turn.state not in BEFORE:
        raise SessionBegun()
    values = {"planned_start_ms": planned_start_ms, "planned_end_ms": planned_end_ms}
    session.execute(_row(turn).values(**values))


def rehearse(session: Session, session_id: str) -> None:
    """Try the show out where only its staff see it; nothing is sold.

    Raises:
        NotFound: no such session. BadTransition: it is not ready, or has begun.
    """
    _move(session, log.begin(session, session_id), "rehearsal")


def leave_rehearsal(session: Session, session_id: str) -> None:
    """End the rehearsal; the session waits for its time again.

    Raises:
        NotFound: no such session. BadTransition: no rehearsal goes on.
    """
    turn = log.begin(session, session_id)
    if turn.state != "rehearsal":
        SESSION.move(turn.state, "rehearsal")
    _move(session, turn, "checked")


def start(session: Session, session_id: str) -> None:
    """Go live: the first pin that may be shown is, the next three beside it; blocked ones stay behind.

    Raises:
        NotFound: no such session. BadTransition: it runs already, or is over.
        NotReady: no pin may be shown.
    """
    turn = log.begin(session, session_id)
    going_live.require_startable(session, session_id)
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
    waitlist.settle_pins(session, turn, [pin.id for pin in _open_pins(session, session_id)])
    hold_rule.show_ended(session, turn, clock.now_ms())
    close_down(session, turn)


def close_down(session: Session, turn: Turn) -> None:
    """Shut every pin of a running show and end it, serving nobody who waits; what is held stays held.

    Raises:
        BadTransition: it does not run.
    """
    SESSION.move(turn.state, "ended")
    for pin in sorted(_open_pins(session, turn.session_id), key=lambda one: one.allotment_id):
        pins.shut(session, pin)
    _move(session, turn, "ended", ended_ms=clock.now_ms())
    log.append(session, turn, "session_ended", {})


def open_replay(session: Session, session_id: str) -> None:
    """Say that an ended show can be seen again; in any other state it stays as it is.

    Raises:
        NotFound: no such session.
    """
    turn = log.begin(session, session_id)
    if turn.state == "ended":
        _move(session, turn, "replay")


def archive(session: Session, session_id: str) -> None:
    """Say that a replay is seen no more; in any other state it stays as it is.

    Raises:
        NotFound: no such session.
    """
    turn = log.begin(session, session_id)
    if turn.state == "replay":
        _move(session, turn, "archived")


def cancel(session: Session, session_id: str) -> None:
    """Call a session off before it began; what was set aside for it returns to the shop.

    Raises:
        NotFound: no such session. BadTransition: it has begun.
    """
    turn = log.begin(session, session_id)
    _move(session, turn, "cancelled")
    for pin in sorted(_open_pins(session, session_id), key=lambda one: one.allotment_id):
        pins.shut(session, pin)


def close_unpapered(session: Session) -> None:
    """Close the pins of running shows whose seller's papers count no more today (a tick)."""
    for session_id, code in going_live.running_without_papers(session):
        pins.close(session, session_id, code)


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
    if state in _TOLD:
        publish(session, ShowMoved(turn.session_id))


def _open_pins(session: Session, session_id: str) -> list[Pin]:
    query = select(Pin).where(Pin.session_id == session_id, Pin.state != "closed")
    return list(session.scalars(query.order_by(Pin.position)))


def _row(turn: Turn) -> Update:
    return update(LiveSession).where(LiveSession.id == turn.session_id)
