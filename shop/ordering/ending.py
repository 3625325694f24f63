"""How an order ends without goods: its time runs out, or its buyer no longer wants it.

Stock goes back and the payment is closed in the same write. Refuses to end an order whose money is
already here and only waits to be served: that one is `securing`'s.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.errors import DomainError
from core.outbox import publish
from payments import payments
from shop.delivery import slots
from shop.errors import OrderingDeviceNeeded
from shop.events import OrderLapsed
from shop.models import Order
from shop.ordering import history, order_facts, securing, weights
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.reliability import noting
from shop.states import CANCELLED, EXPIRED, ORDER, PLACED, SECURED

log = structlog.get_logger()

OPENED_MS = 10 * 60_000
_AT_ONCE = 50


@dataclass(frozen=True)
class Cancellation:
    """Who cancels (a login's actor), why in their words, and whether they are proved to be the buyer."""

    actor: str
    reason: str = ""
    by_buyer: bool = False


def lapse(session: Session, code: str) -> None:
    """End a placed order whose time to pay is over; one that is not due, or is paid, is left alone.

    Effect: the order is expired, its stock back, its payment closed; money that came in part is owed
    back; `OrderLapsed` is published. That nobody paid is noted for its seller (`shop.reliability`). One
    that nobody weighed in time ends even if its money came by itself, and is nothing its buyer did.

    Raises:
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.state != PLACED or order.pay_by_ms > clock.now_ms():
        return
    paid = payments.facts(session, reference_of(code))
    unweighed = weights.awaits(session, code)
    if paid.state == "settled" and not unweighed:
        return
    order.state = ORDER.move(order.state, EXPIRED)
    _release(session, order)
    history.record(session, order, history.TIME)
    if not paid.paid_vnd and not unweighed:
        noting.unpaid(session, order)


def expire_due(session: Session) -> None:
    """Lapse the orders whose time is over, the oldest first, some fifty a round.

    Correctness does not wait for it: stock counts as free from the hold's end on. One order that cannot
    be ended does not keep the others (it is logged and tried again next round).
    """
    query = (
        select(Order.code)
        .where(Order.state == PLACED, Order.pay_by_ms <= clock.now_ms())
        .order_by(Order.pay_by_ms, Order.code)
        .limit(_AT_ONCE)
    )
    for code in session.scalars(query).all():
        try:
            with session.begin_nested():
                lapse(session, code)
        except DomainError as error:
            log.warning("order_not_lapsed", order=code, error=error.code)


def cancel(session: Session, code: str, how: Cancellation) -> None:
    """Cancel an order its seller has not begun to pack, for the buyer.

    Effect: stock goes back, an unpaid payment is closed, what was paid is owed back; `OrderLapsed` is
    published. Cancelling a cancelled order does nothing more.

    Raises:
        BadTransition: it is packed already, or has ended.
        OrderingDeviceNeeded: it is paid, and whoever asks only holds the link.
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.state == CANCELLED:
        return
    if order.state == SECURED and not how.by_buyer:
        raise OrderingDeviceNeeded()
    drop(session, order, how.actor, how.reason)


def opened(session: Session, code: str) -> None:
    """Note that the buyer looks at the pay page: once, there are at least ten minutes left to pay.

    Only an order that still waits and has less left is changed; stock is kept as long.
    """
    order = history.locked(session, code)
    if not has_time_to_gain(order_facts.facts_of_rows(session, [order])[0]):
        return
    order.extended_ms = clock.now_ms()
    order.pay_by_ms = order.extended_ms + OPENED_MS
    stock.extend(session, reference_of(code), order.pay_by_ms)
    history.record(session, order, f"p:{order.person_id}", "opened the pay page")


def has_time_to_gain(order: OrderFacts) -> bool:
    """Whether opening the pay page would move this order's end now."""
    left_ms = order.pay_by_ms - clock.now_ms()
    asks = order.state == PLACED and not order.awaits_scales
    return asks and not order.extended and 0 < left_ms < OPENED_MS


def drop(session: Session, order: Order, actor: str, reason: str) -> None:
    """Cancel `order` (locked by the caller), whoever wants it: stock goes back, what was paid is owed back.

    Raises:
        BadTransition: it is packed already, or has ended.
    """
    order.state = ORDER.move(order.state, CANCELLED)
    history.record(session, order, actor, reason)
    _release(session, order)


def _release(session: Session, order: Order) -> None:
    """Give stock back, close the payment, owe back what came, tell those above."""
    reference = reference_of(order.code)
    stock.end_holder(session, reference)
    stock.free_holder(session, reference)
    if order.slot_id is not None:
        slots.leave(session, order.slot_id)
    order.ended_ms = clock.now_ms()
    securing.return_money(session, order, "cancelled after it was paid")
    publish(session, OrderLapsed(code=order.code, source=order.source, seller_id=order.seller_id))
