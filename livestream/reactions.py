"""What the live room does when it hears of orders and prices; each reaction may run twice, in any order."""

from sqlalchemy.orm import Session

from catalog.events import PriceChanged
from core import outbox
from livestream import order_news
from livestream.pins import shop_prices
from shop.events import OrderLapsed, OrderSecured


def subscribe() -> None:
    """Hear of orders paid and ended, and of prices changed in the shop."""
    outbox.subscribe(OrderSecured, order_secured)
    outbox.subscribe(OrderLapsed, order_lapsed)
    outbox.subscribe(PriceChanged, price_changed)


def order_secured(session: Session, event: OrderSecured) -> None:
    order_news.follow(session, event.code, event.source)


def order_lapsed(session: Session, event: OrderLapsed) -> None:
    order_news.follow(session, event.code, event.source)


def price_changed(session: Session, event: PriceChanged) -> None:
    shop_prices.follow(session, event.listing_id)
