"""Pages of what is sold: a listing, a search, a seller. They hold no facts of whoever looks."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from catalog import browse, cards, listings
from core.db import db
from core.errors import N_
from core.phone import format_phone
from core.text import clean_line

blueprint = Blueprint("catalog", __name__, template_folder="templates")

_SUGGESTED = (
    N_("chè"),
    N_("gạo"),
    N_("miến"),
    N_("mật ong"),
    N_("na"),
    N_("bánh chưng"),
    N_("nấm"),
    N_("gà"),
    N_("nghệ"),
    N_("trà"),
)


@blueprint.get("/products/<listing>")
def product_page(listing: str) -> ResponseReturnValue:
    page = browse.product_page(db.session(), listing)
    return render_template(
        "catalog/product.html",
        page=page,
        listing=page.listing,
        seller=page.seller,
        phone=format_phone(page.seller.phone),
        unit_of=cards.unit_of,
        price_per=cards.price_per(page.listing),
        most=min(page.listing.available_packs, listings.MOST_PACKS),
    )


@blueprint.get("/search")
def search_page() -> ResponseReturnValue:
    query = clean_line(request.args.get("q", ""), listings.MOST_LETTERS)
    found = browse.search(db.session(), query, request.args.get("after"))
    return render_template("catalog/search.html", query=query, found=found, suggested=_SUGGESTED)


@blueprint.get("/sellers/<seller>")
def seller_page(seller: str) -> ResponseReturnValue:
    page = browse.seller_page(db.session(), seller)
    return render_template(
        "catalog/seller.html",
        seller=page.seller,
        cards=page.cards,
        phone=format_phone(page.seller.phone),
    )
