"""What the live room does when it hears of its orders; each reaction may run twice and in any order."""

from sqlalchemy.orm import Session

from core import outbox
from livestream import order_news
from shop.events import OrderLapsed, OrderSecured


def subscribe() -> None:
    """Hear of orders paid and ended."""
    outbox.subscribe(OrderSecured, order_secured)
    outbox.subscribe(OrderLapsed, order_lapsed)


def order_secured(session: Session, event: OrderSecured) -> None:
    order_news.follow(session, event.code, event.source)


def order_lapsed(session: Session, event: OrderLapsed) -> None:
    order_news.follow(session, event.code, event.source)
