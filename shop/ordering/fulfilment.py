"""The way of a secured order to the buyer's hand, and back: each step one function.

Packing, hand-over and delivery are told by people of the seller, a carrier or a driver; goods leave the
stock at hand-over, from the lots they were bound to, and nowhere else. Done twice, a step does nothing
more, so that two packers or a label scanned twice do no harm. Refuses to skip a step, and to say who may
take it: that is the edges' to know.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.errors import LotsMissing
from catalog.lots import returns
from core import clock
from core.outbox import publish
from core.states import BadTransition
from core.text import clean_line
from payments import payments
from shop.delivery import arrival
from shop.errors import MoneyOwed, ReasonNeeded
from shop.events import OrderDelivered, OrderHandedOver, OrderPacked, OrderRefused, OrderReturned
from shop.models import Order
from shop.ordering import balance, frozen, history, securing, weights
from shop.ordering.order_facts import reference_of
from shop.reliability import noting
from shop.states import (
    CLOSED,
    DELIVERED,
    HANDED_OVER,
    ORDER,
    PACKED,
    PACKING,
    REFUSED,
    RETURNED,
    SECURED,
)

_CLOSES_AFTER_MS = int(timedelta(days=7).total_seconds()) * 1000
_AT_ONCE = 50
_LONGEST_REASON = 300


def start_packing(session: Session, code: str, actor: str) -> None:
    """Begin to pack: from now on the buyer cannot cancel alone. Being packed already, nothing changes.

    Raises:
        BadTransition: it is not secured (any more). NotFound: there is no such order.
        OrderFrozen: an officer keeps it.
    """
    order = history.locked(session, code)
    if order.state != PACKING:
        _only_from(SECURED, order, PACKING)
        frozen.require_free(session, code)
        _move(session, order, PACKING, actor)


def stop_packing(session: Session, code: str, actor: str, reason: str = "") -> None:
    """Put a half-packed order aside: it is `secured` again, its goods stay its own, its lots are freed.

    Raises:
        BadTransition: nobody packs it. NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.state == SECURED:
        return
    _only_from(PACKING, order, SECURED)
    _move(session, order, SECURED, actor, reason)
    stock.unbind_holder(session, reference_of(code))


def finish_packing(session: Session, code: str, actor: str) -> None:
    """The parcel is made up: every pack has its lot, and it may be handed over. `OrderPacked` is told.

    Raises:
        LotsMissing: `missing` base units have no lot yet; bind them, or deliver less.
        NotWeighed: something of it is priced by weight, and was on no scales.
        BadTransition: nobody packs it. NotFound: there is no such order. OrderFrozen: an officer keeps it.
    """
    order = history.locked(session, code)
    if order.state == PACKED:
        return
    ORDER.move(order.state, PACKED)
    frozen.require_free(session, code)
    weights.require_weighed(session, code)
    if missing := unbound(session, code):
        raise LotsMissing(missing=missing)
    order.packed_ms = clock.now_ms()
    _move(session, order, PACKED, actor)
    publish(session, OrderPacked(code=code, source=order.source, seller_id=order.seller_id))


def pack(session: Session, code: str, actor: str) -> None:
    """Pack an order in one go: begun if it was not, lots bound by first expired, first out, made up.

    No lot serves that leaves the shelf before the buyer has the goods.

    Raises: as `start_packing` and `finish_packing`.
    """
    order = history.locked(session, code)
    if order.state == SECURED:
        start_packing(session, code, actor)
    if order.state == PACKING:
        stock.bind_holder(session, reference_of(code), arrival.day_of(session, order))
    finish_packing(session, code, actor)


def unpack(session: Session, code: str, actor: str, reason: str = "") -> None:
    """Open a parcel again that has not left the house: it is `packing`, its lots stay bound.

    Raises:
        BadTransition: it is not packed. NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.state == PACKING:
        return
    _only_from(PACKED, order, PACKING)
    order.packed_ms = None
    _move(session, order, PACKING, actor, reason)


def hand_over(session: Session, code: str, actor: str) -> None:
    """The goods leave the house, from the lots they are bound to; `OrderHandedOver` is told.

    Handed over already, nothing changes.

    Raises:
        BadTransition: it is not packed. NotFound: there is no such order.
        LotsMissing: a lot was blocked or counted away since it was packed; nothing was handed over.
        MoneyOwed: a sum on top of what was paid has not come. OrderFrozen: an officer keeps it.
    """
    order = history.locked(session, code)
    if order.state == HANDED_OVER:
        return
    ORDER.move(order.state, HANDED_OVER)
    frozen.require_free(session, code)
    if top := balance.owed(session, code):
        raise MoneyOwed(top.due_vnd)
    stock.ship_holder(session, reference_of(code), actor)
    order.handed_over_ms = clock.now_ms()
    _move(session, order, HANDED_OVER, actor)
    publish(session, OrderHandedOver(code=code, source=order.source, seller_id=order.seller_id))


def deliver(session: Session, code: str, actor: str) -> None:
    """The goods are in the buyer's hands; `OrderDelivered` is told. Said twice, nothing changes.

    Raises:
        BadTransition: they are not on their way. NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.state == DELIVERED:
        return
    order.delivered_ms = clock.now_ms()
    _move(session, order, DELIVERED, actor)
    publish(session, OrderDelivered(code=code, source=order.source, seller_id=order.seller_id))


def close_due(session: Session) -> None:
    """Close what was delivered seven days ago and is paid, some fifty a round; the rest stays as it is.

    What is paid on delivery waits until its money is here.
    """
    query = (
        select(Order.code)
        .where(Order.state == DELIVERED, Order.delivered_ms <= clock.now_ms() - _CLOSES_AFTER_MS)
        .order_by(Order.delivered_ms, Order.code)
        .limit(_AT_ONCE)
    )
    for code in session.scalars(query).all():
        order = history.locked(session, code)
        if order.state == DELIVERED and _is_paid(session, code):
            order.ended_ms = clock.now_ms()
            _move(session, order, CLOSED, history.TIME)


def refuse(session: Session, code: str, actor: str, reason: str) -> None:
    """The buyer did not take the goods: they wait in quarantine for a look, and no money is asked for.

    Effect: each lot comes back as a lot of its own (`catalog.lots.returns`), on hand only when graded;
    what was paid is owed back; `OrderRefused` is told. A parcel to be paid at the door is noted for the
    seller (`shop.reliability`).

    Raises:
        ReasonNeeded: none is given. BadTransition: it is not on its way, or delivered already.
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.state == REFUSED:
        return
    _come_back(session, order, REFUSED, actor, reason)
    if order.secured_by in securing.AT_THE_DOOR and not _is_paid(session, code):
        noting.refused(session, order)
    publish(session, OrderRefused(code=code, source=order.source, seller_id=order.seller_id))


def take_back(session: Session, code: str, actor: str, reason: str) -> None:
    """Take the goods back after hand-over or delivery: as `refuse`, and `OrderReturned` is told.

    What was brought back before, lot by lot, is not taken back a second time.

    Raises:
        ReasonNeeded, NotFound: as `refuse`. BadTransition: it is not out of the house, or is closed.
    """
    order = history.locked(session, code)
    if order.state == RETURNED:
        return
    _come_back(session, order, RETURNED, actor, reason)
    publish(session, OrderReturned(code=code, source=order.source, seller_id=order.seller_id))


def unbound(session: Session, code: str) -> int:
    """How many base units of the order no lot is bound to."""
    holder = reference_of(code)
    wanted = {one.hold_id: one.quantity for one in stock.to_pick(session, [holder])}
    for part in stock.bound_to(session, holder):
        wanted[part.hold_id] = wanted.get(part.hold_id, 0) - part.quantity
    return sum(max(0, missing) for missing in wanted.values())


def said(reason: str) -> str:
    """`reason` on one line, no longer than a history keeps.

    Raises:
        ReasonNeeded: nothing is left of it.
    """
    if not (words := clean_line(reason, _LONGEST_REASON)):
        raise ReasonNeeded()
    return words


def _come_back(session: Session, order: Order, end: str, actor: str, reason: str) -> None:
    words = said(reason)
    ORDER.move(order.state, end)
    _lay_down(session, order, actor)
    order.ended_ms = clock.now_ms()
    _move(session, order, end, actor, words)
    securing.return_money(session, order, "the goods came back")


def _lay_down(session: Session, order: Order, actor: str) -> None:
    """Lay what `order` was handed and has not brought back into quarantine, lot by lot."""
    holder = reference_of(order.code)
    for lot_id in sorted({part.lot_id for part in stock.bound_to(session, holder)}):
        out = trace.handed_over(session, lot_id, holder)
        if out > 0:
            returns.take_back(session, order.seller_id, holder, lot_id, out, actor)


def _only_from(origin: str, order: Order, new: str) -> None:
    """Go on only from `origin`: the table knows another way to `new`, which is not this step's."""
    if order.state != origin:
        raise BadTransition(ORDER.name, order.state, new)


def _is_paid(session: Session, code: str) -> bool:
    return payments.facts(session, reference_of(code)).settled_ms is not None


def _move(session: Session, order: Order, state: str, actor: str, reason: str = "") -> None:
    order.state = ORDER.move(order.state, state)
    history.record(session, order, actor, reason)
