"""What parcels hear of orders: a packed one has a label, and one that left past its label is out too.

Each reaction may run twice and in any order: the services it calls judge by the rows.
"""

from sqlalchemy.orm import Session

from core import outbox
from shop.events import OrderHandedOver, OrderPacked
from shop.shipments import handing, shipments


def subscribe() -> None:
    """Hear of orders on their way."""
    outbox.subscribe(OrderPacked, order_packed)
    outbox.subscribe(OrderHandedOver, order_handed_over)


def order_packed(session: Session, event: OrderPacked) -> None:
    shipments.for_order(session, event.code)


def order_handed_over(session: Session, event: OrderHandedOver) -> None:
    handing.note_left(session, event.code)
