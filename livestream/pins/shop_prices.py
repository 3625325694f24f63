"""Pins hear what the shop asks for their listing, so that a struck-out price is never an old one.

Refuses to change a live price that the host named: only one that was the shop's own follows.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from livestream.models import Pin
from livestream.pins import pins


def follow(session: Session, listing_id: str) -> None:
    """Have every open pin of a listing show the price that holds in the shop now; twice does nothing more.

    Sessions are locked one after the other, sorted, like everywhere.

    Raises:
        NotFound: there is no such listing.
    """
    price_vnd = listings.get(session, listing_id).price_vnd
    query = select(Pin.session_id, Pin.code).where(
        Pin.listing_id == listing_id, Pin.state != "closed", Pin.shop_price_vnd != price_vnd
    )
    found = session.execute(query.order_by(Pin.session_id, Pin.position)).all()
    for session_id, code in found:
        pins.change_shop_price(session, session_id, code, price_vnd)
