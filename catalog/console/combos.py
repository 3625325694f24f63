"""Combos on the desk: tick what goes in, see what the parts cost apart, name a price for all together.

A combo on sale gets other parts and another price on a page of its own; orders keep what they were.
"""

import re
from collections.abc import Collection

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalog import access, cards, combos, listings, prices
from catalog.combos import ComboWish, PartWish
from catalog.console import frame
from catalog.console.offer_bodies import ID, ComboForm, ComboPartsForm
from catalog.listings import ListingFacts
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError, NotFound
from core.http import forms
from core.money import format_vnd, parse_vnd

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
    login = frame.staff(seller, access.READERS)
    mine = [one for one in listings.of_seller(db.session(), seller) if one.is_combo]
    return frame.page(
        seller,
        "combos.html",
        "goods",
        combos=mine,
        parts=combos.parts_of(db.session(), [one.id for one in mine]),
        changed=next((one for one in mine if one.id == request.args.get("changed")), None),
        may_write=login.works_for(seller, *access.KEEPERS),
    )


@blueprint.get("/new")
def new_page(seller: str) -> ResponseReturnValue:
    frame.keeper(seller)
    return _page(seller, {})


@blueprint.post("/new")
def create(seller: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    try:
        words, parts = _split(request.form)
        body = forms.load(ComboForm, words)
        asked: JsonObject = {**body, "parts": {part.listing_id: part.packs for part in parts}}
        wish = ComboWish(
            str(body["name"]), str(body["story"]), parse_vnd(str(body["price"])), parts
        )

        def act(session: Session) -> str:
            return combos.add(session, seller, wish)

        combo = frame.write_once(login, asked, act)
    except DomainError as error:
        return _page(seller, dict(request.form), error), error.status
    return redirect(f"/products/{combo}", frame.SEE_OTHER)


@blueprint.get("/<combo>")
def combo_page(seller: str, combo: str) -> ResponseReturnValue:
    frame.keeper(seller)
    return _combo_page(seller, _own(seller, combo), {})


@blueprint.post("/<combo>")
def change(seller: str, combo: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    mine = _own(seller, combo)
    try:
        words, parts = _split(request.form)
        body = forms.load(ComboPartsForm, words)
        asked: JsonObject = {**body, "parts": {part.listing_id: part.packs for part in parts}}
        price_vnd = parse_vnd(str(body["price"]))

        def act(session: Session) -> str:
            combos.change_parts(session, seller, combo, parts)
            return prices.set_price(session, seller, combo, price_vnd, login.actor)

        frame.write_once(login, asked, act)
    except DomainError as error:
        return _combo_page(seller, mine, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/combos?changed={combo}", frame.SEE_OTHER)


def _own(seller: str, combo: str) -> ListingFacts:
    found = listings.get(db.session(), combo)
    if found.seller_id != seller or not found.is_combo:
        raise NotFound()
    return found


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
    return _form(seller, "combo_form.html", typed, error, frozenset())


def _combo_page(
    seller: str, combo: ListingFacts, typed: dict[str, str], error: DomainError | None = None
) -> str:
    parts = combos.parts_of(db.session(), [combo.id])[combo.id]
    now = {f"{_PART}{part.listing_id}": str(part.packs) for part in parts}
    inside = frozenset(part.listing_id for part in parts)
    shown = typed or {**now, "price": format_vnd(combo.price_vnd)}
    return _form(seller, "combo.html", shown, error, inside, combo=combo)


def _form(
    seller: str,
    template: str,
    typed: dict[str, str],
    error: DomainError | None,
    inside: Collection[str],
    **more: object,
) -> str:
    """A form of parts: all that may be in a combo, and what is in it already though it is hidden."""
    mine = listings.of_seller(db.session(), seller)
    return frame.page(
        seller,
        template,
        "goods",
        offered=[one for one in mine if one.id in inside or _may_be_a_part(one)],
        unit_of=cards.unit_of,
        most=combos.MOST_OF_ONE,
        typed=typed,
        error=frame.fault(error),
        **more,
    )


def _may_be_a_part(listing: ListingFacts) -> bool:
    return listing.on_sale and not listing.is_combo and listing.forecast_id is None
