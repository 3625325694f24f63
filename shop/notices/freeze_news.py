"""What the buyer of an order is told when an officer stopped its show, and when the officer ruled."""

from sqlalchemy.orm import Session

from core.identity import sellers
from shop import links
from shop.events import OrderFreezeRuled, OrderStopped
from shop.notices import telling
from shop.notices.telling import News, Whom
from shop.ordering import freezes, order_facts
from shop.ordering.order_facts import OrderFacts

ENDED, FROZEN, GOES_ON = "order_stopped", "order_frozen", "order_goes_on"


def stopped(session: Session, event: OrderStopped) -> None:
    """Tell the buyer that the order waits for an officer, or ended."""
    freeze = freezes.of_order(session, event.code)
    if freeze is None:
        _tell(session, ENDED, order_facts.facts(session, event.code))
    elif freeze.waits:
        _tell(session, FROZEN, order_facts.facts(session, event.code))


def ruled(session: Session, event: OrderFreezeRuled) -> None:
    """Tell the buyer what was ruled; that money goes back is told with the order's end."""
    freeze = freezes.of_order(session, event.code)
    order = order_facts.facts(session, event.code)
    if freeze is not None and freeze.ruling == freezes.RELEASE:
        _tell(session, GOES_ON, order)
    elif not order.refund_due:
        _tell(session, ENDED, order)


def _tell(session: Session, kind: str, order: OrderFacts) -> None:
    facts = {"code": order.code, "seller": sellers.facts(session, order.seller_id).name}
    path = links.order_path(order.code, order.capability)
    news = News(kind, order.code, order.seller_id, path, facts)
    telling.tell(session, news, Whom(order.person_id, order.name, order.phone, order.device_id))
