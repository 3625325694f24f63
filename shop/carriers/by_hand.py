"""Carriers that speak to no program: a table of where parcels are, looked at first, then taken in.

The same rules as for a carrier's machine: a state only moves forwards, orders follow it, a parcel that
cannot be followed says why. Refuses to speak for parcels a connected carrier is asked about.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import DomainError
from shop.carriers import adapters, parcel_facts, tracking
from shop.carriers.booking import begin, locked
from shop.carriers.models import CarrierParcel
from shop.carriers.parcel_states import BOOKED, CANCELLED, is_ahead
from shop.carriers.status_list import StatusLine
from shop.shipments import shipments
from shop.shipments.labels import spoken
from shop.shipments.shipments import OPEN, ShipmentFacts
from shop.states import PACKED


class Verdict(StrEnum):
    """What a line of the table comes to."""

    MOVES = "moves"
    SAME = "same"
    BEHIND = "behind"  # the parcel is further than that
    NO_WORDS = "no_words"  # it does not say how far in words we know
    NO_LABEL = "no_label"
    UNKNOWN = "unknown"  # no parcel of this seller's
    TWICE = "twice"
    INSIDE = "inside"  # it is not packed yet
    CONNECTED = "connected"  # the carrier's machine is asked


@dataclass(frozen=True)
class CheckedStatus:
    """A line and its verdict; `name` is the label as printed, or the words that could not be read."""

    name: str
    line: StatusLine
    verdict: Verdict


def look(
    session: Session, seller_id: str, lines: Sequence[StatusLine]
) -> tuple[CheckedStatus, ...]:
    """What each line would do; changes nothing."""
    times = Counter(line.label for line in lines)
    return tuple(_checked(session, seller_id, line, times[line.label]) for line in lines)


def take(session: Session, seller_id: str, lines: Sequence[StatusLine]) -> int:
    """Do what the lines say, those that move a parcel; returns how many did. Again, none does."""
    moved = 0
    for one in sorted(look(session, seller_id, lines), key=lambda one: one.line.label):
        if one.verdict is Verdict.MOVES:
            _move(session, shipments.by_label(session, seller_id, one.line.label), one.line)
            moved += 1
    return moved


def _checked(session: Session, seller_id: str, line: StatusLine, times: int) -> CheckedStatus:
    if not line.label:
        return CheckedStatus(line.said, line, Verdict.NO_LABEL)
    return CheckedStatus(spoken(line.label), line, _verdict(session, seller_id, line, times))


def _verdict(session: Session, seller_id: str, line: StatusLine, times: int) -> Verdict:
    if times > 1:
        return Verdict.TWICE
    try:
        facts = shipments.by_label(session, seller_id, line.label)
    except DomainError:
        return Verdict.UNKNOWN
    if not line.state:
        return Verdict.NO_WORDS
    row = session.get(CarrierParcel, facts.id)
    if row is not None and row.carrier != adapters.BY_HAND and row.state != CANCELLED:
        return Verdict.CONNECTED
    if not _is_ready(session, facts):
        return Verdict.INSIDE
    known = BOOKED if row is None or row.state == CANCELLED else row.state
    stuck = row is not None and row.trouble != "" and known == line.state
    if is_ahead(known, line.state) or stuck:
        return Verdict.MOVES
    return Verdict.SAME if known == line.state else Verdict.BEHIND


def _is_ready(session: Session, facts: ShipmentFacts) -> bool:
    orders = parcel_facts.orders_in(session, facts.id)
    if facts.state != OPEN:
        return bool(orders)
    return bool(orders) and all(order.state == PACKED for order in orders)


def _move(session: Session, facts: ShipmentFacts, line: StatusLine) -> None:
    row = locked(session, facts.id)
    if row is None or row.state == CANCELLED:
        row = begin(session, facts, row, adapters.BY_HAND)
    if line.tracking_code and _is_free(session, facts, line.tracking_code):
        row.tracking_code = line.tracking_code
    row.heard_ms, row.trouble = clock.now_ms(), ""
    tracking.take_state(session, row, line.state)


def _is_free(session: Session, facts: ShipmentFacts, tracking_code: str) -> bool:
    query = select(CarrierParcel.shipment_id).where(
        CarrierParcel.seller_id == facts.seller_id,
        CarrierParcel.carrier == adapters.BY_HAND,
        CarrierParcel.tracking_code == tracking_code,
        CarrierParcel.shipment_id != facts.id,
    )
    return session.scalars(query.limit(1)).first() is None
