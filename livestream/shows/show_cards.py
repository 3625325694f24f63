"""Sessions as cards for lists and for other packages' pages: what is live, what comes, what a show sells.

Refuses to count viewers: only the room's sockets know them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.units import pack_label
from livestream.models import LiveSession, Pin
from livestream.pins import pin_cards, pin_views
from livestream.room import view
from livestream.room.view import SessionFacts
from livestream.shows.show_times import ShowTime, show_time
from livestream.states import LESSON, RUNNING, SHOWN

_NAMES = 1


@dataclass(frozen=True)
class ShowCard:
    """A session in a list, in the words of `core/macros.html`; `kind` and `seed` choose the drawing."""

    id: str
    url: str
    title: str
    seller_name: str
    live: bool
    kind: str
    seed: str
    note: str
    at: ShowTime | None = None  # the planned start of a show to come


@dataclass(frozen=True)
class OnAir:
    """A listing that is sold in a running session now: a `pack` (in words) for `price_vnd`, under `code`."""

    session_id: str
    listing_id: str
    title: str
    code: str
    pack: str
    price_vnd: int


def listed(session: Session) -> tuple[ShowCard, ...]:
    """What runs now, the newest first, then what comes next."""
    return of(session, view.listed(session))


def lessons(session: Session) -> tuple[ShowCard, ...]:
    """Lessons that go on now, then those to come; they are listed apart, for they sell nothing."""
    shows = view.listed(session, LESSON)
    places = {
        show.id: " · ".join(part for part in (show.guide, show.place) if part) for show in shows
    }
    return tuple(replace(card, note=places[card.id]) for card in of(session, shows))


def of(session: Session, shows: Sequence[SessionFacts]) -> tuple[ShowCard, ...]:
    """The cards of `shows`, in their order, with all pins read in one query."""
    query = select(Pin).where(Pin.session_id.in_([show.id for show in shows]))
    pins: dict[str, list[Pin]] = {}
    for pin in session.scalars(query.order_by(Pin.position)):
        pins.setdefault(pin.session_id, []).append(pin)
    mains = [_main(pinned) for pinned in pins.values()]
    products = listings.products_of(session, {pin.goods for pin in mains if pin.goods})
    return tuple(_card(show, pins.get(show.id, []), products) for show in shows)


def on_air(session: Session, product_id: str) -> tuple[OnAir, ...]:
    """Where packs of `product_id` are sold live now, the newest show first."""
    query = (
        select(Pin, LiveSession.title)
        .join(LiveSession, LiveSession.id == Pin.session_id)
        .where(LiveSession.state.in_(RUNNING), Pin.state.in_(SHOWN), Pin.listing_id.is_not(None))
        .order_by(LiveSession.started_ms.desc(), Pin.position)
    )
    shown = list(session.execute(query))
    known = listings.facts(session, {pin.goods for pin, _title in shown})
    meant = [(pin, title) for pin, title in shown if known[pin.goods].product_id == product_id]
    return tuple(_on_air(session, pin, title) for pin, title in meant)


def rooms(session: Session) -> dict[str, str]:
    """Every listing that is sold live now, with the path of its room at that pin; one query."""
    query = (
        select(Pin.listing_id, Pin.session_id, Pin.code)
        .join(LiveSession, LiveSession.id == Pin.session_id)
        .where(LiveSession.state.in_(RUNNING), Pin.state.in_(SHOWN), Pin.listing_id.is_not(None))
        .order_by(LiveSession.started_ms, Pin.position.desc())
    )
    return {
        str(listing_id): f"/live/{session_id}?code={code}"
        for listing_id, session_id, code in session.execute(query)
    }


def of_seller(session: Session, seller_id: str) -> tuple[ShowCard, ...]:
    """What a seller shows live now or next."""
    mine = [show for show in view.listed(session) if show.seller_id == seller_id]
    return of(session, mine)


def _main(pins: Sequence[Pin]) -> Pin:
    """The pin a show is drawn by: the showing one, else the first."""
    return next((pin for pin in pins if pin.state == "showing"), pins[0])


def _card(show: SessionFacts, pins: Sequence[Pin], products: Mapping[str, str]) -> ShowCard:
    main = _main(pins) if pins else None
    names = [f"{pin.code} {pin.name}" for pin in pins if pin.state != "closed"]
    return ShowCard(
        id=show.id,
        url=f"/live/{show.id}",
        title=show.title,
        seller_name=show.seller_name,
        live=show.running,
        kind=main.art if main else "tea",
        seed=products.get(main.goods, show.id) if main else show.id,
        note=" · ".join(names[:_NAMES]),
        at=show_time(show.planned_start_ms) if show.planned_start_ms and not show.running else None,
    )


def _on_air(session: Session, pin: Pin, title: str) -> OnAir:
    price_vnd = pin_cards.price_now(pin_views.views_of(session, [pin])[0])
    pack = pack_label(pin.unit_word, pin.pack_size, pin.base_unit)
    return OnAir(pin.session_id, pin.goods, title, pin.code, pack, price_vnd)
