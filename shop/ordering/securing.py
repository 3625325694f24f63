"""Money came for an order: its goods are allocated, or the money is owed back. Nothing in between.

The payment is a fact and is never undone here: only the taking of goods is tried, in a savepoint. What
cannot be served stays expired (or cancelled) with a refund due, which buyer and seller both see.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import market_prices, stock
from catalog.errors import HoldGone
from catalog.market_prices import SoldLine
from core import clock
from core.errors import OutOfStock
from core.identity import people
from core.outbox import publish
from payments import payments
from shop.events import OrderLapsed, OrderSecured
from shop.models import Order, OrderLine
from shop.ordering import history
from shop.ordering.order_facts import reference_of
from shop.states import CANCELLED, EXPIRED, ORDER, PLACED, SECURED


def secure(session: Session, code: str) -> None:
    """Serve the order whose whole sum has come; doing it again does nothing more.

    Effect: placed or expired, its goods are allocated (taken again if they had gone back) and
    `OrderSecured` is published; if they are gone, or the order was cancelled, a refund is due. The buyer's
    number counts as proved by the payment (ADR 0004).
    Precondition: the payment of the order is settled.

    Raises:
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    people.mark_verified(session, order.person_id, "payment")
    if order.state in (PLACED, EXPIRED) and not _goes_back_already(session, order):
        _serve(session, order)
    elif order.state == CANCELLED:
        owe_back(session, order, "cancelled before the money came")


def owe_back(session: Session, order: Order, reason: str) -> None:
    """Note that all that was paid for `order` (locked by the caller) goes back to the buyer.

    Payments is told each time: the order may know of a refund of a part already.
    """
    payments.mark_refund_due(session, reference_of(order.code), reason)
    if not order.refund_due:
        order.refund_due = True
        history.record(session, order, history.BANK, f"refund due: {reason}")


def _goes_back_already(session: Session, order: Order) -> bool:
    return order.refund_due and payments.facts(session, reference_of(order.code)).refund_due


def _serve(session: Session, order: Order) -> None:
    try:
        _take_goods(session, reference_of(order.code))
    except (OutOfStock, HoldGone):
        _give_up(session, order)
        return
    order.state = ORDER.move(order.state, SECURED)
    order.secured_by = "paid"
    order.secured_ms = clock.now_ms()
    order.refund_due = False
    history.record(session, order, history.BANK)
    market_prices.note_sales(session, _sold_lines(session, order.code))
    publish(session, OrderSecured(code=order.code, source=order.source, seller_id=order.seller_id))


def _sold_lines(session: Session, code: str) -> list[SoldLine]:
    """The order's lines as the market's price board counts them: by their own ids, without the buyer."""
    lines = session.scalars(select(OrderLine).where(OrderLine.order_code == code))
    return [
        SoldLine(line.id, line.listing_id, line.amount_vnd, line.packs * line.pack_size)
        for line in lines
    ]


def _take_goods(session: Session, holder: str) -> None:
    """Allocate what `holder` keeps, or take it again.

    Raises:
        OutOfStock: it went to others. HoldGone: a short harvest left it nothing. Nothing was changed.
    """
    try:
        with session.begin_nested():
            stock.allocate_holder(session, holder)
    except HoldGone:
        with session.begin_nested():
            stock.retake_holder(session, holder)


def _give_up(session: Session, order: Order) -> None:
    """The goods are gone: the order ends without them, and the money is owed back."""
    if order.state == PLACED:
        order.state = ORDER.move(order.state, EXPIRED)
        stock.end_holder(session, reference_of(order.code))
        lapsed = OrderLapsed(code=order.code, source=order.source, seller_id=order.seller_id)
        publish(session, lapsed)
    owe_back(session, order, "paid late, the goods were gone")
