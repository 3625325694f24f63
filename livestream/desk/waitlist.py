"""The waiting list of a pin: what ran out is ended, then who waits is served in number order.

A freed pack goes to the first who waits, never past them to a newcomer or to the web; so every write
that could free or take packs settles the pin first. Refuses to serve when the show is over or the pin
is closed: then what is freed goes back to the shop.
"""

from collections.abc import Collection
from dataclasses import fields

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from livestream import log
from livestream.desk import claims
from livestream.log import Turn
from livestream.models import Claim, LiveSession, Pin
from livestream.pins.pin_sale import PinSale
from livestream.states import RUNNING

_AT_ONCE = 50
PIN_COLUMNS = tuple(getattr(Pin, field.name) for field in fields(PinSale))


def settle(session: Session, turn: Turn, pin: PinSale) -> None:
    """End the claims of `pin` that ran out, then serve its waiting list as far as packs go."""
    now = clock.now_ms()
    if turn.running and pin.state != "closed":
        for claim in claims.chosen(claims.of_pin(pin).where(*unreached(now)), session):
            claims.pass_over(session, turn, pin, claim)
    for claim in claims.chosen(claims.of_pin(pin).where(*_ran_out(now)), session):
        claims.expire(session, turn, pin, claim)
    promote(session, turn, pin)
    session.flush()  # the desk looks with core statements, which do not send what waits


def promote(session: Session, turn: Turn, pin: PinSale) -> None:
    """Serve who waits for `pin`, in number order, until nobody waits or nothing is left.

    Who was offered packs and not reached keeps their number, and comes after those not asked yet.
    """
    if not turn.running or pin.state == "closed":
        return
    waiting = claims.of_pin(pin).where(Claim.wait_state == "waiting").limit(_AT_ONCE)
    waiting = waiting.order_by(Claim.passed_ms.is_not(None))
    while queue := claims.chosen(waiting, session):
        for claim in queue:
            wanted = claim.waiting
            packs = stock.take(session, pin.allotment_id, pin.pack_size, wanted)
            if packs:
                claims.serve(session, turn, pin, claim, packs)
            if packs < wanted:
                return


def settle_pins(session: Session, turn: Turn, pin_ids: Collection[str]) -> None:
    """Settle several pins of the session, in the order of their allotments (the lock order)."""
    for pin in sales(session, pin_ids):
        settle(session, turn, pin)


def settle_due(session: Session) -> None:
    """Settle every pin on which a claim ran out or stock may be had for who waits (a tick).

    Nothing needs it to be right: it only tells the screens and serves the waiting sooner.
    """
    now = clock.now_ms()
    by_pin = select(Claim.session_id, Claim.pin_id).distinct()
    due = [*session.execute(by_pin.where(*_ran_out(now)))]
    due += session.execute(_of_running_pins(by_pin.where(*unreached(now))))
    by_session: dict[str, set[str]] = {}
    for session_id, pin_id in [*due, *_with_packs_for_waiters(session)]:
        by_session.setdefault(session_id, set()).add(pin_id)
    for session_id in sorted(by_session):
        turn = log.begin(session, session_id)
        settle_pins(session, turn, by_session[session_id])


def sales(session: Session, pin_ids: Collection[str]) -> list[PinSale]:
    """What selling needs of these pins, in the order of their allotments."""
    query = select(*PIN_COLUMNS).where(Pin.id.in_(list(pin_ids))).order_by(Pin.allotment_id)
    return [PinSale(*row) for row in session.execute(query)]


def _with_packs_for_waiters(session: Session) -> list[tuple[str, str]]:
    query = (
        select(Pin.session_id, Pin.id, Pin.allotment_id, Pin.pack_size)
        .join(LiveSession, LiveSession.id == Pin.session_id)
        .join(Claim, Claim.pin_id == Pin.id)
        .where(LiveSession.state.in_(RUNNING), Pin.state != "closed", Claim.wait_state == "waiting")
        .distinct()
    )
    rows = session.execute(query).all()
    left = stock.allotment_left(session, {row.allotment_id for row in rows})
    return [(row.session_id, row.id) for row in rows if left[row.allotment_id] >= row.pack_size]


def unreached(now_ms: int) -> tuple[ColumnElement[bool], ...]:
    """The claims whose offer nobody was told of in time."""
    return (Claim.reach_by_ms <= now_ms,)


def _of_running_pins(query: Select[str, str]) -> Select[str, str]:
    query = query.join(Pin, Pin.id == Claim.pin_id)
    query = query.join(LiveSession, LiveSession.id == Pin.session_id)
    return query.where(LiveSession.state.in_(RUNNING), Pin.state != "closed")


def _ran_out(now_ms: int) -> tuple[ColumnElement[bool], ...]:
    return (Claim.state == "held", Claim.expires_ms <= now_ms)
