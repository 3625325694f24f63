"""A seller's own hand on its listings: taken off the shelf and put back, called by another word.

Refuses to change how large a pack is: what is pinned, priced and in carts says so many grams. Another
size is another listing of the same product.
"""

from sqlalchemy.orm import Session

from catalog import modes
from catalog.models import Listing, Product
from catalog.modes import Mode
from catalog.search.index import index_listings
from core.db import owned
from core.errors import BadRequest
from core.text import clean_line

_WORD_LENGTH = 40


def hide(session: Session, seller_id: str, listing_id: str) -> None:
    """Take a listing off the shelf: nobody finds or buys it, what was ordered or claimed stays.

    Hiding what is hidden does nothing more.

    Raises:
        NotFound: it is not this seller's.
    """
    _move(session, owned(session, Listing, listing_id, seller_id), "hidden")


def show_again(session: Session, seller_id: str, listing_id: str) -> None:
    """Put a listing back on the shelf; one that is there stays there.

    Raises:
        NotFound: it is not this seller's. ModeNeedsScales: it is priced by weight, and cannot be weighed.
    """
    listing = owned(session, Listing, listing_id, seller_id)
    _require_fits(session, listing, Mode(listing.mode))
    _move(session, listing, "on_sale")


def describe(session: Session, seller_id: str, listing_id: str, unit_word: str, mode: Mode) -> None:
    """Call the pack by another word, and sell it in another mode.

    Raises:
        NotFound: it is not this seller's. BadRequest: the word is none. ModeNeedsScales: the mode is
        priced by weight, and this cannot be weighed.
    """
    listing = owned(session, Listing, listing_id, seller_id)
    word = clean_line(unit_word, _WORD_LENGTH)
    if not word or not word[0].isalpha():
        raise BadRequest(field="unit_word")
    _require_fits(session, listing, mode)
    listing.unit_word, listing.mode = word, mode
    session.flush()
    index_listings(session, [listing.id])


def limit_road(
    session: Session, seller_id: str, listing_id: str, most_transit_h: int | None
) -> None:
    """Say how many hours the goods bear on the road, for orders from now on; None: any.

    Raises:
        NotFound: it is not this seller's.
    """
    owned(session, Listing, listing_id, seller_id).most_transit_h = most_transit_h


def _require_fits(session: Session, listing: Listing, mode: Mode) -> None:
    product = session.get_one(Product, listing.product_id)
    plain = not listing.is_combo and listing.forecast_id is None
    modes.require_fits(mode, product.base_unit, plain=plain)


def _move(session: Session, listing: Listing, state: str) -> None:
    if listing.state != state:
        listing.state = state
        session.flush()
        index_listings(session, [listing.id])
