"""What is sold live costs now, for the shop's cards: a card that leads into a room names the room's price."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from livestream.models import LiveSession, Pin
from livestream.pins import pin_cards, pin_views
from livestream.states import RUNNING, SHOWN


def of_listings(session: Session, listing_ids: Collection[str]) -> dict[str, int]:
    """Đồng for a pack of each of these that is sold live now, in the room `show_cards.rooms` names."""
    query = (
        select(Pin)
        .join(LiveSession, LiveSession.id == Pin.session_id)
        .where(LiveSession.state.in_(RUNNING), Pin.state.in_(SHOWN))
        .where(Pin.listing_id.in_(list(listing_ids)))
        .order_by(LiveSession.started_ms, Pin.position.desc())
    )
    shown = {pin.listing_id: pin for pin in session.scalars(query)}
    views = pin_views.views_of(session, list(shown.values()))
    return {view["listing"]: pin_cards.price_now(view) for view in views}
