"""What changes in an order after it was placed, and before its parcel is made up.

Lines are cancelled, delivered short or replaced by the seller with a reason; the way and the address
change; the seller calls the whole order off (`adding` adds lines). Each leaves stock, sums and money in
agreement, in one write. Refuses to know who asks: edges let in the buyer on their own device, and staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadRequest
from core.quantity import BadQuantity
from payments import payments
from shop.delivery import slots
from shop.errors import ReplacementDearer
from shop.models import Order, OrderLine
from shop.ordering import adding, balance, ending, fulfilment, history, placing, securing
from shop.ordering.fulfilment import said
from shop.ordering.line_changes import (
    CANCELLED_LINE,
    REPLACED,
    SHORT,
    Why,
    line_of,
    packs_left_of,
    require_changing,
    take_off,
)
from shop.ordering.order_facts import reference_of
from shop.ordering.pricing import DeliveryChoice
from shop.states import CANCELLED, PACKED, PACKING, PLACED, SECURED

REFUND, WAIT, REPLACE = "refund", "wait", "replace"
"""What a buyer wants when goods are short: the money back, to wait, or something else in their place."""


@dataclass(frozen=True)
class Delivered:
    """What there is of a line: `packs` (0 or more), who says so (a login's actor), and why it is short."""

    line_id: str
    packs: int
    actor: str
    reason: str


@dataclass(frozen=True)
class Shortened:
    """What became of a short line: `outcome` REFUND, WAIT or REPLACE, packs missing, đồng taken off."""

    outcome: str
    missing_packs: int
    less_vnd: int


@dataclass(frozen=True)
class Replacement:
    """Packs of another listing of the seller, at its price of today."""

    listing_id: str
    packs: int


def wish_if_short(session: Session, code: str, wish: str, actor: str) -> None:
    """Note what the buyer wants if goods are short: REFUND, WAIT or REPLACE.

    Raises:
        BadRequest: it is none of them. BadTransition: the parcel is made up, or the order has ended.
    """
    if wish not in (REFUND, WAIT, REPLACE):
        raise BadRequest(field="if_short")
    order = history.locked(session, code)
    require_changing(order)
    if order.if_short != wish:
        order.if_short = wish
        history.record(session, order, actor, f"if short: {wish}")


def shorten(session: Session, code: str, delivered: Delivered) -> Shortened:
    """There is less of a line than was ordered: it goes by what the buyer wished beforehand.

    Effect: who waits keeps everything, and the order is put aside until goods come; for the rest the
    line becomes smaller and the difference is not asked for, or is owed back. An order of which nothing
    is left is cancelled. As many as ordered: nothing changes.

    Raises:
        ReasonNeeded: none is given. BadQuantity: more packs than ordered, or less than none.
        BadTransition: its parcel is made up, or it has ended. NotFound: no such order or line.
    """
    order = history.locked(session, code)
    require_changing(order)
    line = line_of(session, order, delivered.line_id)
    missing = line.packs - delivered.packs
    if not 0 <= missing <= line.packs:
        raise BadQuantity()
    if not missing:
        return Shortened(order.if_short, 0, 0)
    reason = said(delivered.reason)
    if order.if_short == WAIT and order.state in (SECURED, PACKING):
        _put_aside(session, order, missing, line, delivered.actor)
        return Shortened(WAIT, missing, 0)
    why = Why(SHORT, delivered.actor, reason)
    return Shortened(REFUND, missing, _lessen(session, order, line, delivered.packs, why))


def cancel_line(session: Session, code: str, line_id: str, actor: str, reason: str) -> None:
    """Take a whole line out of an order for the seller; the last one cancels the order.

    Raises:
        ReasonNeeded, BadTransition, NotFound: as `shorten`.
    """
    order = history.locked(session, code)
    require_changing(order)
    line = line_of(session, order, line_id)
    why = Why(CANCELLED_LINE, actor, said(reason))
    if line.packs:
        _lessen(session, order, line, 0, why)


def replace(session: Session, code: str, delivered: Delivered, by: Replacement) -> Shortened:
    """Put something else in the place of what is missing of a line; the buyer pays no more for it.

    Effect: as `shorten` for the refund, and a new line of `by` is held (and allocated, if the order is).

    Raises:
        ReplacementDearer: it costs more than what is missing. OutOfStock: there is not enough of it.
        WeighedApart: it is weighed before it is paid.
        ReasonNeeded, BadQuantity, BadTransition, NotFound: as `shorten`.
    """
    order = history.locked(session, code)
    require_changing(order)
    line = line_of(session, order, delivered.line_id)
    why = Why(REPLACED, delivered.actor, said(delivered.reason))
    missing = line.packs - delivered.packs
    lost_vnd = take_off(session, order, line, delivered.packs, why)
    lines = adding.priced_today(session, order.seller_id, [(by.listing_id, by.packs)])
    if sum(one.amount_vnd for one in lines) > lost_vnd:
        raise ReplacementDearer(lost_vnd)
    cost_vnd = adding.into(session, order, lines, why)
    balance.settle_up(session, order)
    history.record(session, order, why.actor, f"{REPLACED}: {line.name} -{missing}. {why.reason}")
    _serve_if_paid(session, order)
    return Shortened(REPLACE, missing, lost_vnd - cost_vnd)


def call_off(session: Session, code: str, actor: str, reason: str) -> None:
    """Cancel an order for its seller at any time before it leaves the house: opened again if it is packed.

    Effect: as `ending.cancel`; each step back stands in the history.

    Raises:
        ReasonNeeded: none is given. BadTransition: it left the house, or has ended. NotFound.
    """
    order = history.locked(session, code)
    if order.state == CANCELLED:
        return
    words = said(reason)
    if order.state == PACKED:
        fulfilment.unpack(session, code, actor, words)
    if order.state == PACKING:
        fulfilment.stop_packing(session, code, actor, words)
    ending.drop(session, order, actor, words)


def change_delivery(session: Session, code: str, choice: DeliveryChoice, actor: str) -> int:
    """Send an order another way, or to another address; returns the đồng its fee is higher (lower: < 0).

    Effect: the fee is quoted anew for its goods; what is more is asked for, what is less is owed back. Out
    of a joint parcel it goes into one of its own: the others still go where they went.

    Raises:
        BadTransition: its parcel is made up, or it has ended.
        NoService, CommuneNeeded, AddressNeeded, GiftNeedsDoor, SlotNeeded, SlotFull, NotFound,
        TooMuchForOneTransfer: as `placing.place`.
    """
    order = history.locked(session, code)
    require_changing(order)
    priced = adding.priced_as(session, order, choice)
    more_vnd = priced.way.fee_vnd - order.fee_vnd
    slots.move(session, order.slot_id, priced.slot)
    _go_another_way(session, order, placing.way_values(priced))
    order.fee_vnd += more_vnd
    order.amount_vnd += more_vnd
    balance.settle_up(session, order, placing.fee_label(priced.way))
    history.record(session, order, actor, f"delivery changed: {more_vnd:+d} đ")
    return more_vnd


def _go_another_way(session: Session, order: Order, values: Mapping[str, object]) -> None:
    """Write the new way down; an order that goes elsewhere travels with its companions no more."""
    moved = any(getattr(order, column) != value for column, value in values.items())
    for column, value in values.items():
        setattr(order, column, value)
    beside = select(Order.code).where(
        Order.shipment_id == order.shipment_id, Order.code != order.code
    )
    if moved and order.shipment_id is not None and session.scalars(beside).first() is not None:
        order.shipment_id = None


def _lessen(session: Session, order: Order, line: OrderLine, packs: int, why: Why) -> int:
    """Leave `packs` of `line` and settle up; with nothing left of the order it is cancelled as it was."""
    if packs_left_of(session, order.code) - line.packs + packs == 0:
        lost_vnd = order.goods_vnd
        call_off(session, order.code, why.actor, why.reason)
        return lost_vnd
    gone = line.packs - packs
    lost_vnd = take_off(session, order, line, packs, why)
    balance.settle_up(session, order)
    words = f"{why.kind}: {line.name} -{gone}, -{lost_vnd} đ. {why.reason}"
    history.record(session, order, why.actor, words)
    _serve_if_paid(session, order)
    return lost_vnd


def _serve_if_paid(session: Session, order: Order) -> None:
    """What waited for the scales with its money here does not wait when that line is gone."""
    session.flush()
    paid = payments.facts(session, reference_of(order.code))
    if order.state == PLACED and paid.settled_ms is not None:
        securing.secure(session, order.code)


def _put_aside(session: Session, order: Order, missing: int, line: OrderLine, actor: str) -> None:
    """The buyer waits for what is missing: nobody packs the order until it has come."""
    words = f"waits for {missing} × {line.name}"
    if order.state == PACKING:
        fulfilment.stop_packing(session, order.code, actor, words)
    else:
        history.record(session, order, actor, words)
