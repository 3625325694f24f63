"""A rehearsal: the room as buyers will see it, before anybody but its staff may. Nothing is sold or kept.

What is shown is put together here and never written, so a rehearsal leaves no trace in the session's log.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity.logins import Login
from livestream.models import Pin
from livestream.pins import pin_views
from livestream.room import room_page, view
from livestream.room.room_page import RoomPage
from livestream.room.snapshot import Counters, Organiser, PinView, Snapshot
from livestream.shows import going_live
from livestream.states import MOST_BESIDE


def page(session: Session, session_id: str, login: Login, code: str = "") -> RoomPage:
    """The room with pin `code` (else the first) as the main one and its followers beside it.

    Precondition: `login` may see behind the session (`access.require_moderator`).

    Raises:
        NotFound: there is no such session, or no rehearsal goes on.
    """
    show = view.facts(session, session_id)
    if show.state != "rehearsal":
        raise NotFound()
    snapshot = Snapshot(
        session=session_id,
        title=show.title,
        organiser=Organiser(id=show.seller_id, name=show.seller_name),
        state="checked",  # so every button says that it is not open yet
        seq=0,
        announcement=show.announcement,
        pins=_on_screen(pins_to_show(session, session_id), code),
        claims=[],
        counters=Counters(claims=0, held=0, waiting=0, ordered=0, paid=0),
    )
    return room_page.page_of(session, snapshot, login, code)


def pins_to_show(session: Session, session_id: str) -> list[PinView]:
    """The pins that would be shown if the session started now, in their order."""
    query = select(Pin).where(Pin.session_id == session_id, Pin.state != "closed")
    pinned = list(session.scalars(query.order_by(Pin.position)))
    blocked = going_live.blocks(session, pinned)
    return pin_views.views_of(session, [pin for pin in pinned if pin.id not in blocked])


def _on_screen(pins: list[PinView], code: str) -> list[PinView]:
    """The pins from `code` on, the first as the main one; at most three beside it."""
    codes = [pin["code"] for pin in pins]
    start = codes.index(code) if code in codes else 0
    shown = [*pins[start:], *pins[:start]][: MOST_BESIDE + 1]
    for place, pin in enumerate(shown):
        pin["state"] = "side" if place else "showing"
    return shown
