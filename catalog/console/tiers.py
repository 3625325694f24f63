"""Wholesale prices of one listing: up to five rows of "from so many packs, each costs so much"."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import cards, listings, wholesale
from catalog.console import frame
from catalog.console.offer_bodies import TiersForm
from catalog.listings import ListingFacts
from catalog.tiers import MOST_TIERS, BadTiers, Tier
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import forms
from core.money import format_vnd, parse_vnd

blueprint = Blueprint(
    "catalog_tiers",
    __name__,
    url_prefix="/console/<seller>/goods/<listing>/tiers",
    template_folder="../templates",
)

_ROWS = range(1, MOST_TIERS + 1)


@blueprint.get("")
def tiers_page(seller: str, listing: str) -> ResponseReturnValue:
    frame.keeper(seller)
    return _page(_own(seller, listing), {})


@blueprint.post("")
def set_tiers(seller: str, listing: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    found = _own(seller, listing)
    try:
        body = forms.load(TiersForm, request.form)
        tiers = _tiers(body)

        def act(session: Session) -> str:
            wholesale.set_tiers(session, seller, listing, tiers)
            return listing

        frame.write_once(login, body, act)
    except DomainError as error:
        return _page(found, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/goods/{listing}/tiers?saved=1", frame.SEE_OTHER)


def _own(seller: str, listing_id: str) -> ListingFacts:
    found = listings.get(db.session(), listing_id)
    if found.seller_id != seller:
        raise NotFound()
    return found


def _page(listing: ListingFacts, typed: dict[str, str], error: DomainError | None = None) -> str:
    kept = wholesale.tiers_of(db.session(), [listing.id]).get(listing.id, ())
    return frame.page(
        listing.seller_id,
        "tiers.html",
        "goods",
        listing=listing,
        unit=cards.unit_of(listing),
        rows=_ROWS,
        typed=typed or _typed(kept),
        tiers=kept,
        saved="saved" in request.args,
        error=frame.fault(error),
    )


def _typed(tiers: tuple[Tier, ...]) -> dict[str, str]:
    """The form as it stands with `tiers` in it."""
    rows = dict(enumerate(tiers, 1))
    packs = {f"packs_{row}": str(tier.from_packs) for row, tier in rows.items()}
    return packs | {
        f"price_{row}": format_vnd(tier.price_vnd).removesuffix(" đ") for row, tier in rows.items()
    }


def _tiers(body: JsonObject) -> list[Tier]:
    """The rows that say something; raises BadTiers, BadAmount for one that says half of it or nonsense."""
    found = []
    for row in _ROWS:
        packs, price = str(body[f"packs_{row}"]), str(body[f"price_{row}"])
        if packs or price:
            if not (packs.isascii() and packs.isdigit() and len(packs) < 6):
                raise BadTiers(f"packs_{row} is no number of packs")
            found.append(Tier(int(packs), parse_vnd(price)))
    return found
