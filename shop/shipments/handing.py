"""A parcel leaves: once, with all its packed orders, to whoever takes it; then it is there, or comes back.

What a phone recorded without a network arrives late, perhaps twice, perhaps with a clock a year off: the
label decides what happened, the market's own clock when it was told, and the phone's word on the time is
kept beside it and believed only where it can be true. Refuses labels of other sellers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import clock
from shop.models import Order
from shop.ordering import fulfilment, history
from shop.shipments import shipments
from shop.shipments.errors import (
    AlreadyHandedOver,
    JoinedElsewhere,
    NotHandedOver,
    NothingInside,
    NotPackedYet,
)
from shop.shipments.models import Shipment
from shop.shipments.shipments import HANDED_OVER, JOINED, OPEN, ShipmentFacts
from shop.states import CLOSED, DELIVERED, OUT, PACKED


@dataclass(frozen=True)
class HandOver:
    """Who hands over (a login's actor), and to whom where that is not the buyer.

    `said_ms` is the time on the clock of whoever did it (UTC ms), None where the market was asked at once.
    `taken_by` names a coach or a carrier, `plate` its number, `driver_phone` (E.164) who drives.
    """

    actor: str
    said_ms: int | None = None
    taken_by: str = ""
    plate: str = ""
    driver_phone: str = ""


def hand_over(session: Session, seller_id: str, label_code: str, how: HandOver) -> ShipmentFacts:
    """Hand over the parcel with that label: all its orders are handed over, their goods leave the stock.

    Raises:
        BadLabel, NotFound: no such label of this seller.
        AlreadyHandedOver: it left before. JoinedElsewhere: its orders travel under another label.
        NothingInside: its orders were cancelled. NotPackedYet: orders of it are still to be packed.
        LotsMissing: a lot of it was recalled or counted away; nothing was handed over.
    """
    row, orders = _locked(session, seller_id, label_code)
    _check_leaves(session, row, orders)
    for order in orders:
        if order.state == PACKED:  # others of it may have left before, past the label
            fulfilment.hand_over(session, order.code, how.actor)
    row.told_ms = clock.now_ms()
    row.said_ms = how.said_ms
    row.handed_over_ms = believed_ms(how.said_ms, _packed_ms(orders), row.told_ms)
    row.state = HANDED_OVER
    row.handed_by, row.taken_by = how.actor, how.taken_by
    row.plate, row.driver_phone = how.plate, how.driver_phone
    session.flush()
    return shipments.facts(session, row.id)


def give(session: Session, seller_id: str, label_code: str, how: HandOver) -> ShipmentFacts:
    """Put the parcel into the buyer's hands: each of its orders is delivered, handed over before if need be.

    Raises:
        AlreadyHandedOver: the buyer has it already.
        BadTransition: an order of it was refused or came back. Else as `hand_over`.
    """
    if shipments.by_label(session, seller_id, label_code).state == OPEN:
        hand_over(session, seller_id, label_code, how)
    row, orders = _locked(session, seller_id, label_code)
    there = [order for order in orders if order.state in (DELIVERED, CLOSED)]
    if there and len(there) == len(orders):
        raise AlreadyHandedOver(row.label_code, _spoken(there[0].delivered_ms or row.told_ms or 0))
    return _each(session, row, orders, lambda code: fulfilment.deliver(session, code, how.actor))


def refuse(
    session: Session, seller_id: str, label_code: str, actor: str, reason: str
) -> ShipmentFacts:
    """The buyer did not take the parcel: its goods wait for a look, what was paid is owed back.

    Raises:
        BadLabel, NotFound: no such label of this seller. NotHandedOver: it has not left yet.
        ReasonNeeded: no reason is given. BadTransition: it is delivered already.
    """
    row, orders = _locked(session, seller_id, label_code)
    return _each(session, row, orders, lambda code: fulfilment.refuse(session, code, actor, reason))


def note_left(session: Session, code: str) -> None:
    """Note that the parcel of order `code` left, where its orders were handed over past the label.

    Orders of it that are still in the house keep it open. Raises NotFound.
    """
    found = shipments.for_order(session, code)
    row, orders = _locked(session, found.seller_id, found.label_code)
    if row.state != OPEN or not orders or any(order.state not in OUT for order in orders):
        return
    row.state = HANDED_OVER
    row.told_ms = row.handed_over_ms = max(_out_ms(order) for order in orders)


def believed_ms(said_ms: int | None, packed_ms: int, told_ms: int) -> int:
    """When a parcel left (UTC ms): what a phone's clock says if that can be true, else when it was told.

    It can be true from when the parcel was packed until it was told; a clock a year off, either way, or
    one that was never set is outside of that.
    """
    if said_ms is not None and packed_ms <= said_ms <= told_ms:
        return said_ms
    return told_ms


def _locked(session: Session, seller_id: str, label_code: str) -> tuple[Shipment, list[Order]]:
    """The parcel's row and its orders', ours until the commit; orders first, as everybody locks them."""
    found = shipments.by_label(session, seller_id, label_code)
    orders = [history.locked(session, code) for code in sorted(found.order_codes)]
    row = session.get_one(Shipment, found.id, with_for_update=True, populate_existing=True)
    return row, [order for order in orders if order.shipment_id == row.id]


def _check_leaves(session: Session, row: Shipment, orders: Sequence[Order]) -> None:
    if row.state == HANDED_OVER and row.handed_over_ms is not None:
        raise AlreadyHandedOver(row.label_code, _spoken(row.handed_over_ms))
    if row.state == JOINED and row.joined_into is not None:
        raise JoinedElsewhere(shipments.facts(session, row.joined_into).label_code)
    if not orders:
        raise NothingInside()
    if all(order.state in OUT for order in orders):  # one by one, past the label
        raise AlreadyHandedOver(row.label_code, _spoken(max(_out_ms(order) for order in orders)))
    waiting = [order.code for order in orders if order.state != PACKED and order.state not in OUT]
    if waiting:
        raise NotPackedYet(", ".join(waiting))


def _packed_ms(orders: Sequence[Order]) -> int:
    return max(order.packed_ms or order.placed_ms for order in orders)


def _out_ms(order: Order) -> int:
    return order.handed_over_ms or order.placed_ms


def _spoken(at_ms: int) -> str:
    return f"{clock.in_vietnam(at_ms):%H:%M %d/%m/%Y}"


def _each(
    session: Session, row: Shipment, orders: Sequence[Order], step: Callable[[str], None]
) -> ShipmentFacts:
    if row.state != HANDED_OVER:
        raise NotHandedOver()
    for order in orders:
        step(order.code)
    session.flush()
    return shipments.facts(session, row.id)
