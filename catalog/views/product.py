"""Pages of one listing: the page itself, its QR, the poster for a stall. They hold no facts of who looks."""

from flask import Blueprint, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog import cards, listings, modes, product_page, structured
from catalog.product_page import ProductPage
from core import clock, qr_image
from core.config import Settings
from core.db import db
from core.phone import format_phone

blueprint = Blueprint(
    "product", __name__, url_prefix="/products/<listing>", template_folder="../templates"
)

_PICTURE_KEPT_S = 86_400


@blueprint.get("")
def product(listing: str) -> ResponseReturnValue:
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
        said=modes.SAID[page.listing.mode],
        today=clock.today(),
        picture=picture,
        structured=structured.product(page, _base(), picture),
    )


@blueprint.get("/poster")
def poster(listing: str) -> ResponseReturnValue:
    page = product_page.read(db.session(), listing)
    return render_template(
        "catalog/poster.html",
        page=page,
        listing=page.listing,
        seller=page.seller,
        phone=format_phone(page.seller.phone),
        unit=cards.unit_of(page.listing),
        price_per=cards.price_per(page.listing),
        with_price=request.args.get("price") != "no",
        address=_address(listing),
        today=clock.today(),
    )


@blueprint.get("/qr.svg")
def qr(listing: str) -> ResponseReturnValue:
    listings.get(db.session(), listing)
    answer = make_response(qr_image.svg(_address(listing)))
    answer.content_type = "image/svg+xml"
    answer.cache_control.public = True
    answer.cache_control.max_age = _PICTURE_KEPT_S
    return answer


def _picture(page: ProductPage) -> str:
    """The whole address of what stands for the listing where it is shared."""
    if page.photos:
        return _base() + page.photos[0].url(1280)
    return _base() + url_for("static", filename=f"art/share-{page.listing.art}.png")


def _address(listing_id: str) -> str:
    return f"{_base()}/products/{listing_id}"


def _base() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_url
