"""What followers are told: a show planned or begun, a harvest that may be ordered. Once each; never at night.

A seller may have thousands of followers, so they are told some at a time, each part a write of its own.
Refuses roads that cost money or somebody's time: devices and e-mail alone, and the page of notices.
"""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import forecasts
from core import clock
from core.events import Event
from core.identity import people, sellers
from core.outbox import publish
from shop.notices import telling
from shop.notices.telling import News, Whom
from shop.reviews import follows

SHOW_PLANNED, SHOW_BEGAN, HARVEST = "show_planned", "show_began", "harvest"
_AT_ONCE = 200


@dataclass(frozen=True)
class FollowersDue(Event):
    """Those who follow `seller_id`, by id after `after`, are to be told; fields as of `telling.News`."""

    kind: str
    event: str
    seller_id: str
    path: str
    facts: str
    stale_ms: int | None
    after: str = ""


def announce(session: Session, news: News) -> None:
    """Have all who follow the news' seller be told, soon and part by part. Said again, nobody hears twice."""
    facts = json.dumps(dict(news.facts), ensure_ascii=False)
    publish(
        session,
        FollowersDue(news.kind, news.event, news.seller_id, news.path, facts, news.stale_ms),
    )


def tell_some(session: Session, due: FollowersDue) -> None:
    """Tell the next part of the followers, and have the rest be told after."""
    found = follows.followers(session, due.seller_id, due.after, _AT_ONCE)
    facts = json.loads(due.facts)
    news = News(due.kind, due.event, due.seller_id, due.path, facts, due.stale_ms)
    for one in people.facts_of(session, found).values():
        telling.tell(session, news, Whom(one.id, one.name, one.phone))
    if len(found) == _AT_ONCE:
        rest = (due.kind, due.event, due.seller_id, due.path, due.facts, due.stale_ms, found[-1])
        publish(session, FollowersDue(*rest))


def harvest_opened(session: Session, forecast_id: str, listing_id: str) -> None:
    """Tell followers of a harvest that may be ordered now, until the day it is expected."""
    found = forecasts.facts(session, [forecast_id])[forecast_id]
    seller = sellers.facts(session, found.seller_id).name
    facts = {"seller": seller, "what": found.name, "day": f"{found.expected_on:%d/%m}"}
    stale_ms = clock.midnight_ms(found.expected_on)
    path = f"/products/{listing_id}"
    announce(session, News(HARVEST, forecast_id, found.seller_id, path, facts, stale_ms))
