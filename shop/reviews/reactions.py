"""What following hears: a harvest was opened, a part of the followers is to be told. Each may run twice."""

from sqlalchemy.orm import Session

from catalog.events import HarvestOpened
from core import outbox
from shop.reviews import follow_news
from shop.reviews.follow_news import FollowersDue


def subscribe() -> None:
    """Hear of harvests, and of what followers are to be told."""
    outbox.subscribe(HarvestOpened, harvest_opened)
    outbox.subscribe(FollowersDue, followers_due)


def harvest_opened(session: Session, event: HarvestOpened) -> None:
    follow_news.harvest_opened(session, event.forecast_id, event.listing_id)


def followers_due(session: Session, event: FollowersDue) -> None:
    follow_news.tell_some(session, event)
