"""What the live room does when it hears of orders, prices and notices; each may run twice, in any order."""

from sqlalchemy.orm import Session

from catalog.events import PriceChanged
from catalog.photos.events import OriginalDone
from core import outbox
from livestream import order_news
from livestream.desk import offer_news
from livestream.desk.offer_events import PacksOffered
from livestream.pins import shop_prices
from livestream.shows import show_news
from livestream.shows.show_news import ShowMoved
from livestream.stops import stop_news
from livestream.stops.replies import StopAnswered
from livestream.stops.stops import ShowStopped
from livestream.video import broadcasts, camera_photos
from shop.events import OrderLapsed, OrderSecured
from shop.notices import ladder
from shop.notices.notice_events import NoticeHeard


def subscribe() -> None:
    """Hear of orders paid and ended, of prices changed in the shop, of offers made and heard of, of shows."""
    outbox.subscribe(OrderSecured, order_secured)
    outbox.subscribe(OrderLapsed, order_lapsed)
    outbox.subscribe(PriceChanged, price_changed)
    outbox.subscribe(PacksOffered, packs_offered)
    outbox.subscribe(NoticeHeard, notice_heard)
    outbox.subscribe(ShowMoved, show_moved)
    outbox.subscribe(OriginalDone, photo_made)
    outbox.subscribe(ShowStopped, show_stopped)
    outbox.subscribe(StopAnswered, stop_news.answered)
    ladder.only_while(offer_news.KIND, offer_news.is_news)


def order_secured(session: Session, event: OrderSecured) -> None:
    order_news.follow(session, event.code, event.source)


def order_lapsed(session: Session, event: OrderLapsed) -> None:
    order_news.follow(session, event.code, event.source)


def price_changed(session: Session, event: PriceChanged) -> None:
    shop_prices.follow(session, event.listing_id)


def packs_offered(session: Session, event: PacksOffered) -> None:
    offer_news.tell(session, event.claim_id)


def notice_heard(session: Session, event: NoticeHeard) -> None:
    if event.kind == offer_news.KIND:
        offer_news.heard(session, event.event)


def show_moved(session: Session, event: ShowMoved) -> None:
    show_news.tell(session, event.session_id)
    broadcasts.close_if_over(session, event.session_id)


def photo_made(session: Session, event: OriginalDone) -> None:
    camera_photos.follow(session, event.photo_id)


def show_stopped(session: Session, event: ShowStopped) -> None:
    stop_news.tell(session, event.session_id)
