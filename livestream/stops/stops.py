"""Stopping a show by an officer's order: one write ends the sale, and the picture is cut right after it.

Pins close, nobody is served from the waiting list, what is held is released, unpaid orders end, the others
are frozen until the officer rules (`rulings`). Refuses to start such a show again, and a second stop.
"""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.events import Event
from core.identity import people
from core.identity.officers import OfficerFacts
from core.outbox import publish
from livestream import log
from livestream.desk import claims, waitlist
from livestream.desk.checkout import SOURCE
from livestream.log import Turn
from livestream.models import Claim, LiveSession, Pin
from livestream.replay import keeping
from livestream.replay.acts import By
from livestream.replay.replay_errors import RecordingGone
from livestream.room.room_words import STOP_LINE
from livestream.shows import sessions
from livestream.states import BEFORE, OVER, RUNNING
from livestream.stops.stop_errors import AlreadyStopped, NothingToStop
from livestream.stops.stop_models import SessionStop
from livestream.video import broadcasts
from shop.ordering import freezes
from shop.ordering.freezes import Stopped

ALL, REPLAY = "all", "replay"
SCOPES = (ALL, REPLAY)
REASONS = ("forbidden", "unsafe", "false_claim", "fraud", "harm", "other")


@dataclass(frozen=True)
class StopOrder:
    """What the officer orders: the reason (of REASONS), their words, and how far (`scope` of SCOPES).

    A running show, or one to come, is always stopped whole; `REPLAY` leaves the sale of one that is over.
    """

    reason: str
    words: str
    scope: str = ALL


@dataclass(frozen=True)
class StopFacts:
    """A stop as it was written down: by whom of which office, why, when (UTC ms), and what it ended."""

    session_id: str
    seller_id: str
    person_id: str
    name: str
    office: str
    scope: str
    reason: str
    words: str
    claims_released: int
    orders_ended: int
    orders_frozen: int
    at_ms: int


@dataclass(frozen=True)
class ShowStopped(Event):
    """An officer stopped a show: its picture is cut again, who held or ordered and its sellers are told."""

    session_id: str


def stop(session: Session, session_id: str, order: StopOrder, officer: OfficerFacts) -> None:
    """Stop the show for good, in this one write; `ShowStopped` is published.

    Raises:
        NotFound: no such session. AlreadyStopped: it was. NothingToStop: a draft, or called off.
    """
    turn = log.begin(session, session_id)
    if of_session(session, session_id) is not None:
        raise AlreadyStopped()
    was = turn.state
    if was in {"draft", "cancelled"}:
        raise NothingToStop()
    scope = order.scope if was in OVER else ALL
    released, orders = 0, Stopped((), ())
    if was in BEFORE:
        _call_off(session, turn)
    elif scope == ALL:
        released, orders = _end_sale(session, turn, officer)
    session.add(
        SessionStop(
            session_id=session_id,
            seller_id=turn.seller_id,
            person_id=officer.person_id,
            name=people.facts(session, officer.person_id).name[:80],
            office=officer.office,
            scope=scope,
            reason=order.reason,
            words=order.words,
            state_was=was,
            claims_released=released,
            orders_ended=len(orders.ended),
            orders_frozen=len(orders.frozen),
            at_ms=clock.now_ms(),
        )
    )
    session.flush()
    broadcasts.close(session, session_id, "order")
    with suppress(NotFound, RecordingGone):
        by = By(f"p:{officer.person_id}", officer.office, officer.office, order.words)
        keeping.hide(session, session_id, by, is_hidden=True)
    publish(session, ShowStopped(session_id))


def of_session(session: Session, session_id: str) -> StopFacts | None:
    """The stop of a session, or None."""
    row = session.get(SessionStop, session_id)
    if row is None:
        return None
    return StopFacts(**{name: getattr(row, name) for name in StopFacts.__dataclass_fields__})


def cause_of(session_id: str) -> str:
    """What the shop knows the freezes of a session by."""
    return f"stop:{session_id}"


def _call_off(session: Session, turn: Turn) -> None:
    """A show to come does not begin; a rehearsal ends first."""
    if turn.state == "rehearsal":
        sessions.leave_rehearsal(session, turn.session_id)
    sessions.cancel(session, turn.session_id)


def _end_sale(session: Session, turn: Turn, officer: OfficerFacts) -> tuple[int, Stopped]:
    """Announce, end what is unpaid, freeze what is paid, release what is held, close everything.

    Orders before allotments, as everybody locks them.
    """
    _announce(session, turn)
    source, actor = f"{SOURCE}{turn.session_id}", f"p:{officer.person_id}"
    orders = freezes.stop(session, source, cause_of(turn.session_id), actor)
    released = _release_held(session, turn)
    if turn.state in RUNNING:
        sessions.close_down(session, turn)
    return released, orders


def _announce(session: Session, turn: Turn) -> None:
    row = update(LiveSession).where(LiveSession.id == turn.session_id)
    session.execute(row.values(announcement=STOP_LINE))
    log.append(session, turn, "announcement", {"text": STOP_LINE})


def _release_held(session: Session, turn: Turn) -> int:
    """Release every claim that is held, pin by pin; returns how many there were."""
    released = 0
    pin_ids = session.scalars(select(Pin.id).where(Pin.session_id == turn.session_id)).all()
    for pin in waitlist.sales(session, pin_ids):
        for claim in claims.chosen(claims.of_pin(pin).where(Claim.state == "held"), session):
            claims.release(session, turn, pin, claim)
            released += 1
    session.flush()
    return released
