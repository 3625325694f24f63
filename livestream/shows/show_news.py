"""What followers hear of a show: that it is planned, with its hour, and that it has begun.

Followers of the organiser and of every seller whose goods are pinned, each told once. Refuses to tell of a
lesson, of a show that is called off, of a plan once it runs, and of a beginning hours later.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.events import Event
from core.http.pages import when
from core.identity import sellers
from livestream.models import LiveSession, Pin
from livestream.states import LESSON, RUNNING
from shop.notices.telling import News
from shop.reviews import follow_news

_FRESH_MS = 2 * 3_600_000


@dataclass(frozen=True)
class ShowMoved(Event):
    """A show may be looked forward to (`checked`), has begun (`live`), is over or called off."""

    session_id: str


def tell(session: Session, session_id: str) -> None:
    """Have the show's followers be told how it stands now; how often this is heard changes nothing."""
    row = session.get_one(LiveSession, session_id, populate_existing=True)
    if row.kind == LESSON:
        return  # followers follow what is sold
    if row.state in RUNNING:
        began_ms = row.started_ms or 0
        _announce(session, row, follow_news.SHOW_BEGAN, "", began_ms + _FRESH_MS)
    elif row.state == "checked" and row.planned_start_ms is not None:
        at = when(row.planned_start_ms)
        _announce(session, row, follow_news.SHOW_PLANNED, at, row.planned_start_ms)


def _announce(session: Session, row: LiveSession, kind: str, at: str, stale_ms: int) -> None:
    query = select(Pin.seller_id).where(Pin.session_id == row.id, Pin.state != "closed").distinct()
    for seller_id in sorted({row.seller_id, *session.scalars(query)}):
        facts = {"seller": sellers.facts(session, seller_id).name, "title": row.title, "at": at}
        news = News(kind, row.id, seller_id, f"/live/{row.id}", facts, stale_ms)
        follow_news.announce(session, news)
