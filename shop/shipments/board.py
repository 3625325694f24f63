"""The parcels of a seller that wait to leave, those on their way, and those that left lately: for its staff.

Names, addresses and numbers of buyers are the seller's alone to see.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.phone import format_phone
from payments import payments
from shop.models import Order
from shop.ordering.order_facts import reference_of
from shop.shipments.labels import spoken
from shop.shipments.models import Shipment
from shop.shipments.shipments import HANDED_OVER, OPEN
from shop.states import DELIVERED, PACKED
from shop.states import HANDED_OVER as ON_ITS_WAY

_MOST = 300
_LATELY = 20


@dataclass(frozen=True)
class Parcel:
    """A parcel as it is called out: for whom, where to, what is to be paid at the door (đồng).

    `way_kind` is how the buyer chose to have it; `phone` (E.164) and `phone_shown` are who takes it, which
    for a gift is not who ordered. `at_ms` is when it was packed, or left.
    """

    label_code: str
    label_shown: str
    order_codes: tuple[str, ...]
    name: str
    phone: str
    phone_shown: str
    where: str
    way_kind: str
    due_vnd: int
    at_ms: int
    taken_by: str
    plate: str


@dataclass(frozen=True)
class Board:
    """Parcels `ready` to leave, `out` and not yet there, and `done` lately; the longest waiting first."""

    ready: tuple[Parcel, ...]
    out: tuple[Parcel, ...]
    done: tuple[Parcel, ...]


def of_seller(session: Session, seller_id: str) -> Board:
    """The parcels of `seller_id`, three hundred of a sort at most.

    A parcel is ready when every order in it is packed.
    """
    rows = _parcels(session, seller_id, (PACKED, ON_ITS_WAY))
    packing = _not_packed(session, [row.id for row, _ in rows])
    ready = [
        _parcel(session, row, orders)
        for row, orders in rows
        if row.state == OPEN and row.id not in packing
    ]
    out = [
        _parcel(session, row, orders)
        for row, orders in rows
        if row.state == HANDED_OVER and any(order.state == ON_ITS_WAY for order in orders)
    ]
    done = [_parcel(session, *one) for one in _parcels(session, seller_id, (DELIVERED,), _LATELY)]
    return Board(tuple(ready), tuple(out), tuple(done))


def _parcels(
    session: Session, seller_id: str, states: tuple[str, ...], most: int = _MOST
) -> list[tuple[Shipment, list[Order]]]:
    """Parcels with orders in `states`, and those orders; delivered ones the latest first."""
    latest = states == (DELIVERED,)
    order_by = (Order.delivered_ms.desc() if latest else Order.packed_ms, Order.code)
    query = (
        select(Shipment, Order)
        .join(Order, Order.shipment_id == Shipment.id)
        .where(Order.seller_id == seller_id, Order.state.in_(states))
        .order_by(*order_by)
        .limit(most)
    )
    found: dict[str, tuple[Shipment, list[Order]]] = {}
    for row, order in session.execute(query):
        found.setdefault(row.id, (row, []))[1].append(order)
    return list(found.values())


def _not_packed(session: Session, shipment_ids: Sequence[str]) -> set[str | None]:
    """Parcels that still wait for an order of theirs."""
    query = select(Order.shipment_id).where(
        Order.shipment_id.in_(shipment_ids), Order.state.in_(["placed", "secured", "packing"])
    )
    return set(session.scalars(query))


def _parcel(session: Session, row: Shipment, orders: Sequence[Order]) -> Parcel:
    first = orders[0]
    phone = first.recipient_phone or first.phone
    return Parcel(
        label_code=row.label_code,
        label_shown=spoken(row.label_code),
        order_codes=tuple(order.code for order in orders),
        name=first.recipient_name or first.name,
        phone=phone,
        phone_shown=format_phone(phone),
        where=first.address or first.way_label,
        way_kind=first.way_kind,
        due_vnd=sum(_due_vnd(session, order) for order in orders),
        at_ms=first.delivered_ms or row.handed_over_ms or first.packed_ms or first.placed_ms,
        taken_by=row.taken_by,
        plate=row.plate,
    )


def _due_vnd(session: Session, order: Order) -> int:
    """What is still to be paid for an order that goes out unpaid, or paid in part."""
    if order.secured_by == "paid":
        return 0
    return payments.facts(session, reference_of(order.code)).due_vnd
