"""The page of one listing as everybody sees it; the shop shows it again beside a number that cannot be.

It holds no facts of who looks.
"""

from flask import current_app, render_template, url_for

from catalog import cards, listings, modes, product_page, structured
from catalog.product_page import ProductPage
from core import clock
from core.config import Settings
from core.db import db
from core.phone import format_phone

_TYPED_LENGTH = 20


def shown(listing: str, typed: str = "", wrong: str = "") -> str:
    """The page of one listing; with a number of packs as `typed` that cannot be, and what is `wrong`.

    Raises:
        NotFound: there is no such listing.
    """
    page = product_page.read(db.session(), listing)
    picture = _picture(page)
    return render_template(
        "catalog/product.html",
        page=page,
        listing=page.listing,
        seller=page.seller,
        phone=format_phone(page.seller.phone),
        unit_of=cards.unit_of,
        price_per=cards.price_per(page.listing),
        most=min(page.listing.available_packs, listings.MOST_PACKS),
        typed=typed[:_TYPED_LENGTH],
        wrong=wrong,
        said=modes.SAID[page.listing.mode],
        today=clock.today(),
        picture=picture,
        structured=structured.product(page, address_of_market(), picture),
    )


def _picture(page: ProductPage) -> str:
    """The whole address of what stands for the listing where it is shared."""
    if page.photos:
        return address_of_market() + page.photos[0].url(1280)
    return address_of_market() + url_for("static", filename=f"art/share-{page.listing.art}.png")


def address_of_market() -> str:
    """Where the market is found, without a slash at the end: what its addresses begin with."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_url
