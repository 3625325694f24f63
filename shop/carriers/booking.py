"""Parcels handed to a carrier's machine: asked for in a write, booked by an errand after it, called off.

Booked once however often it is asked: the row is one for a shipment, and the carrier knows our key. Refuses
what is not packed, and to call off what the carrier has fetched.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import NotFound
from core.outbox import publish
from shop.carriers import connections, parcel_facts
from shop.carriers.carrier_errors import NothingToBook, NotToCallOff
from shop.carriers.carrier_events import CancelAsked, ParcelDue
from shop.carriers.models import CarrierParcel
from shop.carriers.parcel_states import ASKED, BOOKED, CANCELLED
from shop.shipments import shipments
from shop.shipments.shipments import OPEN, ShipmentFacts
from shop.states import PACKED

LEASE_MS = 10 * 60_000
"""How long an errand may take before the carrier is asked anew by the timer."""


def book(session: Session, seller_id: str, carrier: str, labels: Sequence[str]) -> int:
    """Ask `carrier` to fetch the seller's parcels with these labels; returns how many are newly asked for.

    What is booked already, opened again or gone is passed over. The errand speaks to the carrier after the
    commit.

    Raises:
        NotConnected: the seller has no account there. BadLabel, NotFound: no such label of this seller.
        NothingToBook: none of them waits to be fetched.
    """
    connections.require(session, seller_id, carrier)
    found = [shipments.by_label(session, seller_id, label) for label in dict.fromkeys(labels)]
    asked = sum(_ask(session, one, carrier) for one in sorted(found, key=lambda one: one.id))
    if not asked:
        raise NothingToBook()
    return asked


def cancel(session: Session, seller_id: str, label: str) -> None:
    """Call the booking of a parcel off; the carrier is told after the commit, and its answer decides.

    One the carrier would not take at all is free again at once. Called off already, nothing changes.

    Raises:
        NotToCallOff: it was fetched, or its booking is on its way. BadLabel, NotFound: not this seller's.
    """
    facts = shipments.by_label(session, seller_id, label)
    row = locked(session, facts.id)
    if row is None:
        raise NotFound()
    if row.state == CANCELLED:
        return
    if row.state == ASKED and row.trouble and row.ask_ms is None:
        row.state, row.moved_ms = CANCELLED, clock.now_ms()
    elif row.state == BOOKED:
        publish(session, CancelAsked(facts.id))
    else:
        raise NotToCallOff()


def locked(session: Session, shipment_id: str) -> CarrierParcel | None:
    """The carrier's row of a shipment, ours until the commit; None where no carrier has it."""
    return session.get(CarrierParcel, shipment_id, with_for_update=True, populate_existing=True)


def _ask(session: Session, facts: ShipmentFacts, carrier: str) -> bool:
    orders = parcel_facts.orders_in(session, facts.id)
    row = locked(session, facts.id)
    if row is not None and row.state != CANCELLED:
        return False
    if facts.state != OPEN or not orders or any(order.state != PACKED for order in orders):
        return False
    begun = begin(session, facts, row, carrier)
    begun.ask_ms = clock.now_ms() + LEASE_MS
    session.flush()
    publish(session, ParcelDue(facts.id))
    return True


def begin(
    session: Session, facts: ShipmentFacts, row: CarrierParcel | None, carrier: str
) -> CarrierParcel:
    """The row of a parcel that goes by `carrier` from now on; `row`: of a booking called off, or None."""
    now = clock.now_ms()
    values: dict[str, object] = {
        "seller_id": facts.seller_id,
        "carrier": carrier,
        "tracking_code": None,
        "state": ASKED,
        "booking_no": 1 if row is None else row.booking_no + 1,
        "fee_vnd": None,
        "cod_vnd": parcel_facts.cod_vnd(session, facts.id),
        "asked_ms": now,
        "moved_ms": now,
        "heard_ms": None,
        "ask_ms": None,
        "trouble": "",
    }
    if row is None:
        insert_new(session, CarrierParcel, {"shipment_id": facts.id, **values})
        return session.get_one(CarrierParcel, facts.id, with_for_update=True)
    for name, value in values.items():
        setattr(row, name, value)
    return row
