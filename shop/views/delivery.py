"""Where goods can go: communes for somebody who types, and one seller's fees to a place.

Public, and the same for everybody. Refuses to keep what was typed.
"""

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from core.db import db
from core.errors import DomainError
from core.http.steps import refusal
from core.identity import sellers
from core.text import clean_line
from shop.delivery import addresses, choices, places, ways
from shop.delivery.addresses import UnclearPlace, UnknownPlace
from shop.delivery.places import Commune
from shop.delivery.quote import Parcel

blueprint = Blueprint("shop_delivery", __name__)

_HOME = "19"
"""Thái Nguyên: its communes are suggested first."""
_TYPED_LENGTH = 120
_KEPT_S = 24 * 3600
_WEIGHTS_G = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
_USUAL_G = 1_000


@blueprint.get("/places")
def suggested_places() -> Response:
    typed = clean_line(request.args.get("q", "")[: _TYPED_LENGTH * 2], _TYPED_LENGTH)
    found = places.suggest(typed, _HOME)
    told = [
        {"code": one.commune.code, "name": one.commune.full_name, "was": one.was} for one in found
    ]
    answer = jsonify({"places": told})
    answer.headers["Cache-Control"] = f"public, max-age={_KEPT_S}"
    return answer


@blueprint.get("/sellers/<seller>/delivery")
def fees_page(seller: str) -> ResponseReturnValue:
    typed = clean_line(request.args.get("to", "")[: _TYPED_LENGTH * 2], _TYPED_LENGTH)
    found, unclear = _place(typed)
    grams = _grams(request.args.get("g", ""))
    page = render_template(
        "shop/fees.html",
        seller=sellers.facts(db.session(), seller),
        typed=typed,
        grams=grams,
        weights=_WEIGHTS_G,
        found=found,
        unclear=refusal(unclear) if unclear else "",
        ways=() if unclear else _ways(seller, grams, found),
    )
    return page, unclear.status if unclear else 200


def _ways(seller: str, grams: int, to: Commune | None) -> tuple[choices.WayChoice, ...]:
    parcel = Parcel(goods_vnd=0, grams=grams, to=ways.destination(to.code if to else ""))
    return choices.choices(db.session(), seller, parcel)


def _place(typed: str) -> tuple[Commune | None, DomainError | None]:
    if not typed:
        return None, None
    try:
        return addresses.read(typed), None
    except (UnknownPlace, UnclearPlace) as error:
        return None, error


def _grams(typed: str) -> int:
    known = {str(one): one for one in _WEIGHTS_G}
    return known.get(typed, _USUAL_G)
