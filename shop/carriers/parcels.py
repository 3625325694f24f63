"""Carriers' parcels as pages tell them: what waits to be booked, what is under way, and a buyer's own.

Only reads. Names, numbers and addresses are the seller's to see; a buyer is told the carrier, its code and
how far the parcel is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.carriers import adapters, parcel_facts
from shop.carriers.models import CarrierParcel
from shop.carriers.parcel_states import ASKED, BOOKED, CANCELLED, DELIVERED, RETURNED
from shop.delivery.ways import CARRIER
from shop.models import Order
from shop.shipments import board
from shop.shipments.board import Parcel
from shop.shipments.labels import spoken
from shop.shipments.models import Shipment

_MOST, _LATELY = 300, 30
_OVER = (DELIVERED, RETURNED)


@dataclass(frozen=True)
class UnderWay:
    """A parcel a carrier has; `carrier` is its name, `trouble` a code or the carrier's words, "" for none.

    `cod_vnd` is what the carrier collects at the door; `moved_ms` since when it is in `state`.
    """

    label_code: str
    label_shown: str
    order_codes: tuple[str, ...]
    name: str
    where: str
    carrier: str
    tracking_code: str
    state: str
    moved_ms: int
    heard_ms: int | None
    trouble: str
    cod_vnd: int
    fee_vnd: int | None
    by_hand: bool
    may_call_off: bool


@dataclass(frozen=True)
class ParcelNews:
    """What a buyer hears of the parcel: the carrier's name ("" if unknown), its code, how far, since when."""

    carrier: str
    tracking_code: str
    state: str
    moved_ms: int


@dataclass(frozen=True)
class CarrierDesk:
    """Parcels `waiting` to be given to a carrier, `under_way`, and `over` lately.

    `held_vnd` is what carriers collected of those lately delivered that no list of theirs has settled yet.
    """

    waiting: tuple[Parcel, ...]
    under_way: tuple[UnderWay, ...]
    over: tuple[UnderWay, ...]
    held_vnd: int


def desk(session: Session, seller_id: str) -> CarrierDesk:
    """The parcels of a seller that go by a carrier."""
    now = _rows(session, seller_id, over=False, most=_MOST)
    over = _rows(session, seller_id, over=True, most=_LATELY)
    held = [row for row in over if row.state == DELIVERED and row.cod_vnd]
    return CarrierDesk(
        waiting=waiting(session, seller_id),
        under_way=_told(session, now),
        over=_told(session, over),
        held_vnd=sum(parcel_facts.cod_vnd(session, row.shipment_id) for row in held),
    )


def waiting(session: Session, seller_id: str) -> tuple[Parcel, ...]:
    """Packed parcels of buyers who chose a carrier that no carrier has been told of."""
    query = (
        select(Shipment.label_code)
        .join(CarrierParcel, CarrierParcel.shipment_id == Shipment.id)
        .where(CarrierParcel.seller_id == seller_id, CarrierParcel.state != CANCELLED)
    )
    known = set(session.scalars(query))
    ready = board.of_seller(session, seller_id).ready
    return tuple(one for one in ready if one.way_kind == CARRIER and one.label_code not in known)


def news(session: Session, shipment_id: str | None) -> ParcelNews | None:
    """What the buyer of a parcel hears; None where no carrier has it."""
    row = session.get(CarrierParcel, shipment_id) if shipment_id else None
    if row is None or row.state in (ASKED, CANCELLED):
        return None
    return ParcelNews(_carrier_of(row), row.tracking_code or "", row.state, row.moved_ms)


def weights(session: Session, labels: Sequence[str], seller_id: str) -> Mapping[str, int]:
    """What the seller's parcels with these labels weigh with their packing, in grams."""
    query = select(Shipment).where(Shipment.label_code.in_(labels), Shipment.seller_id == seller_id)
    return {
        row.label_code: parcel_facts.grams(session, parcel_facts.orders_in(session, row.id))
        for row in session.scalars(query)
    }


def _rows(session: Session, seller_id: str, *, over: bool, most: int) -> list[CarrierParcel]:
    ended = CarrierParcel.state.in_(_OVER)
    query = select(CarrierParcel).where(
        CarrierParcel.seller_id == seller_id,
        ended if over else ended.is_(False),
        CarrierParcel.state != CANCELLED,
    )
    order_by = CarrierParcel.moved_ms.desc() if over else CarrierParcel.asked_ms
    query = query.order_by(order_by, CarrierParcel.shipment_id).limit(most)
    return list(session.scalars(query))


def _told(session: Session, rows: Sequence[CarrierParcel]) -> tuple[UnderWay, ...]:
    query = (
        select(Shipment, Order)
        .join(Order, Order.shipment_id == Shipment.id)
        .where(Shipment.id.in_([row.shipment_id for row in rows]))
        .order_by(Order.placed_ms, Order.code)
    )
    inside: dict[str, tuple[Shipment, list[Order]]] = {}
    for shipment, order in session.execute(query):
        inside.setdefault(shipment.id, (shipment, []))[1].append(order)
    return tuple(
        _under_way(row, *inside[row.shipment_id]) for row in rows if row.shipment_id in inside
    )


def _under_way(row: CarrierParcel, shipment: Shipment, orders: Sequence[Order]) -> UnderWay:
    first, refused = orders[0], row.state == ASKED and row.ask_ms is None
    return UnderWay(
        label_code=shipment.label_code,
        label_shown=spoken(shipment.label_code),
        order_codes=tuple(order.code for order in orders),
        name=first.recipient_name or first.name,
        where=first.address or first.way_label,
        carrier=_carrier_of(row) or shipment.taken_by,
        tracking_code=row.tracking_code or "",
        state=row.state,
        moved_ms=row.moved_ms,
        heard_ms=row.heard_ms,
        trouble=row.trouble,
        cod_vnd=row.cod_vnd,
        fee_vnd=row.fee_vnd,
        by_hand=row.carrier == adapters.BY_HAND,
        may_call_off=row.state == BOOKED or refused,
    )


def _carrier_of(row: CarrierParcel) -> str:
    adapter = adapters.named(row.carrier)
    return adapter.label if adapter else ""
