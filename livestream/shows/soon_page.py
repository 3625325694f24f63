"""The page of a session before it starts: when, by whom, with what, and how to be there in time.

Refuses to take orders: the room does, once the session runs.
"""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core import clock
from core.identity import sellers
from core.identity.sellers import SellerFacts
from livestream.pins import pin_cards
from livestream.pins.pin_cards import ShownPin
from livestream.room import view
from livestream.room.room_words import Told
from livestream.room.view import SessionFacts
from livestream.shows import calendar_file, show_times
from livestream.shows.calendar_file import CalendarEvent
from livestream.shows.show_times import ShowTime


@dataclass(frozen=True)
class SoonPage:
    """All its template needs; `invitation` is the text to send on, `url` the whole address in it.

    `dated` is the start as it stays true on another day (`20:00 · Thứ Bảy, 28/11`), "" for none.
    """

    show: SessionFacts
    seller: SellerFacts
    at: ShowTime | None
    dated: str
    until: str
    pins: tuple[ShownPin, ...]
    url: str
    invitation: str
    told: Told | None = None

    @property
    def art(self) -> str:
        """The kind of produce the show is drawn by."""
        return self.pins[0].art if self.pins else "tea"


def page(session: Session, session_id: str, base: str, told: Told | None = None) -> SoonPage:
    """The page of a session to come; `base` is the market's own address.

    Raises:
        NotFound: the session has no public page.
    """
    show = view.public_facts(session, session_id)
    snapshot = view.snapshot(session, session_id)
    at = show_times.show_time(show.planned_start_ms) if show.planned_start_ms else None
    url = f"{base}/live/{session_id}"
    return SoonPage(
        show=show,
        seller=sellers.facts(session, show.seller_id),
        at=at,
        dated=_dated(show),
        until=f"{clock.in_vietnam(show.planned_end_ms):%H:%M}",
        pins=pin_cards.cards(session, snapshot, "").coming,
        url=url,
        invitation=_invitation(show, url),
        told=told,
    )


def calendar(session: Session, session_id: str, base: str) -> str | None:
    """The session as a calendar file, None if no time is set.

    Raises:
        NotFound: the session has no public page.
    """
    show = view.public_facts(session, session_id)
    if show.planned_start_ms is None:
        return None
    url = f"{base}/live/{session_id}"
    event = CalendarEvent(
        uid=f"{session_id}@{base.split('://')[-1]}",
        starts_ms=show.planned_start_ms,
        ends_ms=max(show.planned_end_ms, show.planned_start_ms + 60_000),
        written_ms=clock.now_ms(),
        title=_("Live: %(title)s", title=show.title),
        words=_invitation(show, url),
        url=url,
    )
    return calendar_file.written(event)


def _dated(show: SessionFacts) -> str:
    if show.planned_start_ms is None:
        return ""
    at = clock.in_vietnam(show.planned_start_ms)
    return f"{at:%H:%M} · {show_times.weekday(show.planned_start_ms)}, {at:%d/%m}"


def _invitation(show: SessionFacts, url: str) -> str:
    """What one sends to a village group: who, when and where."""
    if show.planned_start_ms is None:
        return _(
            "%(seller)s sắp live “%(title)s”. Xem và chốt ở đây: %(url)s",
            seller=show.seller_name,
            title=show.title,
            url=url,
        )
    at = clock.in_vietnam(show.planned_start_ms)
    return _(
        "%(seller)s live “%(title)s” lúc %(time)s, %(day)s ngày %(date)s. Xem và chốt ở đây: %(url)s",
        seller=show.seller_name,
        title=show.title,
        time=f"{at:%H:%M}",
        day=show_times.weekday(show.planned_start_ms),
        date=f"{at:%d/%m/%Y}",
        url=url,
    )
