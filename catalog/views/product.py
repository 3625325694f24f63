"""Pages of one listing: the page itself, its QR, the poster for a stall. They hold no facts of who looks."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from catalog import cards, listings, product_page, product_sheet
from core import clock, qr_image
from core.db import db
from core.phone import format_phone

blueprint = Blueprint(
    "product", __name__, url_prefix="/products/<listing>", template_folder="../templates"
)

_PICTURE_KEPT_S = 86_400


@blueprint.get("")
def product(listing: str) -> ResponseReturnValue:
    return product_sheet.shown(listing)


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


def _address(listing_id: str) -> str:
    return f"{product_sheet.address_of_market()}/products/{listing_id}"
