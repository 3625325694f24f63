"""Making a combo: tick what goes in, see what the parts cost apart, name a price for all together."""

import re

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalog import access, cards, combos, listings
from catalog.combos import ComboWish, PartWish
from catalog.console import book, frame
from catalog.console.offer_bodies import ID, ComboForm
from catalog.listings import ListingFacts
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError
from core.http import forms
from core.money import parse_vnd

blueprint = Blueprint(
    "catalog_combos",
    __name__,
    url_prefix="/console/<seller>/combos",
    template_folder="../templates",
)

_PART = "part_"
_PACKS = re.compile("[0-9]{1,3}")


@blueprint.get("")
def combos_page(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, book.READERS)
    mine = [one for one in listings.of_seller(db.session(), seller) if one.is_combo]
    return frame.page(
        seller,
        "combos.html",
        "goods",
        combos=mine,
        parts=combos.parts_of(db.session(), [one.id for one in mine]),
        may_write=login.works_for(seller, *access.KEEPERS),
    )


@blueprint.get("/new")
def new_page(seller: str) -> ResponseReturnValue:
    book.keeper(seller)
    return _page(seller, {})


@blueprint.post("/new")
def create(seller: str) -> ResponseReturnValue:
    login = book.keeper(seller)
    try:
        words, parts = _split(request.form)
        body = forms.load(ComboForm, words)
        asked: JsonObject = {**body, "parts": {part.listing_id: part.packs for part in parts}}
        wish = ComboWish(
            str(body["name"]), str(body["story"]), parse_vnd(str(body["price"])), parts
        )

        def act(session: Session) -> str:
            return combos.add(session, seller, wish)

        combo = book.write_once(login, asked, act)
    except DomainError as error:
        return _page(seller, dict(request.form), error), error.status
    return redirect(f"/products/{combo}", frame.SEE_OTHER)


def _split(form: MultiDict[str, str]) -> tuple[MultiDict[str, str], tuple[PartWish, ...]]:
    """The form's own fields, and the parts: `part_<listing>` with its packs, 0 for what is not in it."""
    words: MultiDict[str, str] = MultiDict()
    parts = []
    for name, given in form.lists():
        if not name.startswith(_PART):
            words.setlist(name, given)
            continue
        if not ID.fullmatch(name.removeprefix(_PART)):
            raise BadRequest(field=name, why="no listing")
        if len(given) != 1 or not _PACKS.fullmatch(given[0]):
            raise BadRequest(field="parts", why="a whole number of packs, once")
        if int(given[0]):
            parts.append(PartWish(name.removeprefix(_PART), int(given[0])))
    return words, tuple(parts)


def _page(seller: str, typed: dict[str, str], error: DomainError | None = None) -> str:
    mine = listings.of_seller(db.session(), seller)
    return frame.page(
        seller,
        "combo_form.html",
        "goods",
        offered=[one for one in mine if _may_be_a_part(one)],
        unit_of=cards.unit_of,
        most=combos.MOST_OF_ONE,
        typed=typed,
        error=frame.fault(error),
    )


def _may_be_a_part(listing: ListingFacts) -> bool:
    return listing.on_sale and not listing.is_combo and listing.forecast_id is None
