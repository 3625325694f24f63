"""The same show once more: the goods of a former session pinned again, as many as there are now.

Every market day begins like the last one. Refuses to pin for other sellers: each agrees anew (its consent
is for one session), and to bring back a listing that is hidden or sold out.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from core import clock
from livestream.desk.hold_rule import MINUTE_MS
from livestream.models import Pin
from livestream.pins.pin_errors import NothingToCopy
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import sessions
from livestream.shows.sessions import NewSession

_SHORTEST_MS = 30 * MINUTE_MS
_LONGEST_MS = 8 * 60 * MINUTE_MS


@dataclass(frozen=True)
class Again:
    """The new session, and the names of goods of the former one that are not in it."""

    session_id: str
    left_out: tuple[str, ...]


def clone(session: Session, former_id: str) -> Again:
    """Make a session like `former_id`: title, hold rule, length, codes, prices and limits are the same.

    Of each pin as many packs as then, or as many as the shop has now.

    Raises:
        NotFound: there is no such session. NothingToCopy: none of its goods can be sold now.
    """
    former = view.facts(session, former_id)
    pins = _pins(session, former_id)
    known = listings.facts(session, {pin.goods for pin in pins})
    stores = _Stores(known)
    pinned = [
        NewPin(pin.goods, packs, pin.price_vnd, pin.limit_packs, pin.code)
        for pin in pins
        if pin.seller_id == former.seller_id and (packs := stores.take(pin))
    ]
    if not pinned:
        raise NothingToCopy()
    again = {pin.code for pin in pinned}
    length_ms = former.planned_end_ms - (former.started_ms or former.created_ms)
    new = NewSession(
        seller_id=former.seller_id,
        title=former.title,
        planned_end_ms=clock.now_ms() + min(max(length_ms, _SHORTEST_MS), _LONGEST_MS),
        hold_rule=former.hold_rule,
        hold_minutes=former.hold_minutes,
    )
    left_out = tuple(pin.name for pin in pins if pin.code not in again)
    return Again(sessions.create(session, new, pinned), left_out)


class _Stores:
    """What the shop has of each product, in base units, less what pins of the new session take."""

    def __init__(self, known: dict[str, ListingFacts]) -> None:
        self._known = known
        self._units: defaultdict[str, int] = defaultdict(int)
        for one in known.values():
            units = one.available_packs * one.pack_size
            self._units[one.product_id] = max(self._units[one.product_id], units)

    def take(self, pin: Pin) -> int:
        """The packs the pin gets; 0 where it cannot be sold."""
        listing = self._known.get(pin.goods)
        if listing is None or not listing.on_sale or listing.is_combo or listing.forecast_id:
            return 0
        packs = min(pin.packs, self._units[listing.product_id] // listing.pack_size)
        self._units[listing.product_id] -= packs * listing.pack_size
        return packs


def _pins(session: Session, session_id: str) -> list[Pin]:
    query = select(Pin).where(Pin.session_id == session_id).order_by(Pin.position)
    return list(session.scalars(query))
