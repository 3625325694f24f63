"""When the members' book is worked out again: whenever goods of an order moved or its money changed.

Each handler may run twice and in any order: `booking` writes only what differs. One handler for one event,
because the outbox knows a subscription by its handler.
"""

from sqlalchemy.orm import Session

from catalog.events import StockChanged
from core import outbox
from payments.events import PaymentOwesBack, PaymentPartPaid, PaymentSettled
from shop.events import (
    OrderDelivered,
    OrderHandedOver,
    OrderLapsed,
    OrderPacked,
    OrderRefused,
    OrderReturned,
)
from shop.members_book import booking
from shop.models import OrderTopup
from shop.ordering.balance import TOPUP
from shop.ordering.order_facts import code_in


def subscribe() -> None:
    """Hear of goods, money and what was weighed in."""
    outbox.subscribe(OrderPacked, packed)
    outbox.subscribe(OrderHandedOver, handed_over)
    outbox.subscribe(OrderDelivered, delivered)
    outbox.subscribe(OrderRefused, refused)
    outbox.subscribe(OrderReturned, returned)
    outbox.subscribe(OrderLapsed, lapsed)
    outbox.subscribe(PaymentSettled, paid)
    outbox.subscribe(PaymentPartPaid, part_paid)
    outbox.subscribe(PaymentOwesBack, owes_back)
    outbox.subscribe(StockChanged, weighed_in)


def packed(session: Session, event: OrderPacked) -> None:
    booking.settle_order(session, event.code)


def handed_over(session: Session, event: OrderHandedOver) -> None:
    booking.settle_order(session, event.code)


def delivered(session: Session, event: OrderDelivered) -> None:
    booking.settle_order(session, event.code)


def refused(session: Session, event: OrderRefused) -> None:
    booking.settle_order(session, event.code)


def returned(session: Session, event: OrderReturned) -> None:
    booking.settle_order(session, event.code)


def lapsed(session: Session, event: OrderLapsed) -> None:
    booking.settle_order(session, event.code)


def paid(session: Session, event: PaymentSettled) -> None:
    _settle(session, event.reference)


def part_paid(session: Session, event: PaymentPartPaid) -> None:
    _settle(session, event.reference)


def owes_back(session: Session, event: PaymentOwesBack) -> None:
    _settle(session, event.reference)


def weighed_in(session: Session, event: StockChanged) -> None:
    booking.settle_intakes(session, event.seller_id)


def _settle(session: Session, reference: str) -> None:
    """Work out the order a payment is for: its own, or what was asked on top of it."""
    code = code_in(reference)
    if code is None and reference.startswith(TOPUP):
        topup = session.get(OrderTopup, reference.removeprefix(TOPUP))
        code = topup.order_code if topup else None
    if code is not None:
        booking.settle_order(session, code)
