"""Where carriers' parcels are: asked by the clock or on a hint, and what the answer does to our orders.

An answer only ever moves a parcel forwards; no answer leaves it as it was and is asked for again. Orders
follow through `fulfilment` and `handing` under the carrier's name; what these refuse is kept as the parcel's
trouble for somebody to look at, and tried again with the next answer.
"""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock
from core.errors import DomainError
from core.outbox import publish
from shop.carriers import adapters, connections, parcel_facts
from shop.carriers.booking import LEASE_MS, locked
from shop.carriers.carrier_adapter import Account, NewParcel
from shop.carriers.carrier_errors import NotConnected
from shop.carriers.carrier_events import ParcelDue
from shop.carriers.models import CarrierParcel
from shop.carriers.parcel_states import (
    ASKED,
    BOOKED,
    CANCELLED,
    DELIVERED,
    ENDED,
    LOST,
    OUT,
    REFUSED,
    RETURNED,
    is_ahead,
    pause_ms,
)
from shop.ordering import fulfilment
from shop.shipments import handing, shipments
from shop.shipments.handing import HandOver
from shop.shipments.shipments import OPEN
from shop.states import HANDED_OVER

SILENT = "silent"
NOT_CONNECTED = "carrier_not_connected"
_AT_ONCE = 5
_AGAIN_MS = 5 * 60_000
_HINT_GAP_MS = 30_000
_STUCK_MS = 20 * 60_000


@dataclass(frozen=True)
class Question:
    """What to ask a carrier: to book `parcel`, or (None) where `tracking_code` is; `account` None: let go.

    `booking_no` tells apart the answers about a booking that was called off meanwhile.
    """

    carrier: str
    account: Account | None
    booking_no: int
    parcel: NewParcel | None = None
    tracking_code: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of it: a `state` ("" if none is known), a fresh tracking code and fee, or a `trouble`.

    With `final` the carrier said no: it is not asked again before somebody has looked.
    """

    booking_no: int
    state: str = ""
    tracking_code: str = ""
    fee_vnd: int | None = None
    trouble: str = ""
    final: bool = False


def ask_due(session: Session) -> None:
    """Have carriers asked about what is due, the longest waiting first, a few a round."""
    now = clock.now_ms()
    query = (
        select(CarrierParcel.shipment_id)
        .where(CarrierParcel.ask_ms <= now)
        .order_by(CarrierParcel.ask_ms, CarrierParcel.shipment_id)
        .limit(_AT_ONCE)
    )
    for shipment_id in session.scalars(query).all():
        row = locked(session, shipment_id)
        if row is not None and row.ask_ms is not None and row.ask_ms <= now:
            row.ask_ms = now + LEASE_MS
            publish(session, ParcelDue(shipment_id))


def hint(session: Session, carrier: str, tracking_code: str) -> None:
    """A notice spoke of this parcel: ask its carrier soon, at most twice a minute. Unknown: nothing."""
    query = select(CarrierParcel.shipment_id).where(
        CarrierParcel.carrier == carrier,
        CarrierParcel.tracking_code == tracking_code,
        CarrierParcel.ask_ms.is_not(None),
    )
    for shipment_id in session.scalars(query).all():
        row = locked(session, shipment_id)
        if row is not None and row.ask_ms is not None:
            row.ask_ms = min(row.ask_ms, max(clock.now_ms(), (row.heard_ms or 0) + _HINT_GAP_MS))


def is_known(session: Session, carrier: str, tracking_code: str) -> bool:
    """Whether a carrier is still asked about such a parcel; only reads."""
    query = select(CarrierParcel.shipment_id).where(
        CarrierParcel.carrier == carrier,
        CarrierParcel.tracking_code == tracking_code,
        CarrierParcel.ask_ms.is_not(None),
    )
    return session.scalars(query.limit(1)).first() is not None


def question(session: Session, shipment_id: str) -> Question | None:
    """What to ask about a parcel now; None where nothing is to be asked any more."""
    row = session.get(CarrierParcel, shipment_id)
    if row is None or row.ask_ms is None or row.carrier == adapters.BY_HAND:
        return None
    account = _account(session, row)
    if row.tracking_code:
        return Question(row.carrier, account, row.booking_no, None, row.tracking_code)
    if not parcel_facts.orders_in(session, shipment_id):
        return None
    parcel = parcel_facts.told(session, shipment_id, row.booking_no, row.cod_vnd)
    return Question(row.carrier, account, row.booking_no, parcel)


def calling_off(session: Session, shipment_id: str) -> Question | None:
    """What booking to call off; None where it is none any more."""
    row = session.get(CarrierParcel, shipment_id)
    if row is None or row.state != BOOKED or not row.tracking_code:
        return None
    account = _account(session, row)
    return Question(row.carrier, account, row.booking_no, None, row.tracking_code)


def told(session: Session, shipment_id: str, answer: Answer) -> None:
    """Take in what a carrier answered; the same again, or an older word, changes nothing."""
    row = locked(session, shipment_id)
    if row is None or row.booking_no != answer.booking_no or _is_over(row):
        return
    if answer.trouble:
        _note_trouble(session, row, answer)
        return
    row.heard_ms, row.trouble = clock.now_ms(), ""
    if answer.tracking_code and row.tracking_code is None:
        row.tracking_code, row.fee_vnd = answer.tracking_code, answer.fee_vnd
    take_state(session, row, answer.state)


def take_state(session: Session, row: CarrierParcel, state: str) -> None:
    """Move the parcel to `state` if that is ahead, and have its orders follow. Precondition: it is locked."""
    if is_ahead(row.state, state):
        row.state, row.moved_ms = state, clock.now_ms()
    elif state == CANCELLED:
        row.trouble = "carrier_cancelled"
    row.trouble = row.trouble or _follow(session, row)
    pause = pause_ms(row.state) or (None if _is_over(row) else _STUCK_MS)
    row.ask_ms = None if pause is None or row.carrier == adapters.BY_HAND else _in(pause)
    session.flush()


def _account(session: Session, row: CarrierParcel) -> Account | None:
    try:
        return connections.account(session, row.seller_id, row.carrier)
    except NotConnected:
        return None


def _is_over(row: CarrierParcel) -> bool:
    """Whether nothing is left to do: it ended, and its orders stand where it does."""
    return row.state == CANCELLED or (row.state in ENDED and not row.trouble)


def _note_trouble(session: Session, row: CarrierParcel, answer: Answer) -> None:
    row.trouble = answer.trouble
    row.ask_ms = None if answer.final and row.state == ASKED else _in(_AGAIN_MS)
    if answer.trouble == SILENT:  # who does not answer is not asked for every parcel in turn
        others = update(CarrierParcel).where(
            CarrierParcel.seller_id == row.seller_id,
            CarrierParcel.carrier == row.carrier,
            CarrierParcel.ask_ms < _in(_AGAIN_MS),
        )
        session.execute(others.values(ask_ms=_in(_AGAIN_MS)))
    session.flush()


def _follow(session: Session, row: CarrierParcel) -> str:
    """Have the parcel's orders stand where it is; why they could not, "" if they do."""
    if row.state == LOST:
        return "lost"
    if row.state not in OUT:
        return ""
    try:
        with session.begin_nested():
            _bring_in_line(session, row)
    except DomainError as error:
        return error.code
    return ""


def _bring_in_line(session: Session, row: CarrierParcel) -> None:
    actor = f"carrier:{row.carrier}"
    facts = shipments.facts(session, row.shipment_id)
    if facts.state == OPEN:
        adapter = adapters.named(row.carrier)
        how = HandOver(actor, taken_by=adapter.label if adapter else "")
        handing.hand_over(session, row.seller_id, facts.label_code, how)
    for order in parcel_facts.orders_in(session, row.shipment_id):
        if order.state != HANDED_OVER:
            continue
        if row.state == DELIVERED:
            fulfilment.deliver(session, order.code, actor)
        elif row.state in (REFUSED, RETURNED):
            fulfilment.refuse(session, order.code, actor, "carrier brought it back")


def _in(pause: int) -> int:
    return clock.now_ms() + pause
