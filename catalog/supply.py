"""How many packs of a listing can be had now, wherever it sells from: store, parts, a harvest to come.

Two queries more where there is a combo or a harvest sold ahead among the listings, none where not.
Refuses to promise: only `catalog.stock` does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import combo_parts, stock
from catalog.combo_parts import Part
from catalog.models import Listing
from catalog.stock import Level


@dataclass(frozen=True)
class Supply:
    """The packs the shop can sell; `only_in_live`: none, but a live sale still has some."""

    packs: int
    only_in_live: bool


def of_listings(session: Session, listings: Collection[Listing]) -> dict[str, Supply]:
    """The supply of each listing by its id."""
    combos = [one.id for one in listings if one.is_combo]
    parts = combo_parts.parts_of(session, combos) if combos else {}
    ahead_ids = {one.forecast_id for one in listings if one.forecast_id}
    ahead = stock.levels_ahead(session, ahead_ids) if ahead_ids else {}
    products = {one.product_id for one in listings if not (one.is_combo or one.forecast_id)}
    products |= {part.product_id for made_of in parts.values() for part in made_of}
    levels = stock.levels(session, products) if products else {}
    return {
        one.id: _of_combo(parts.get(one.id, ()), levels)
        if one.is_combo
        else _of_pack(one, ahead[one.forecast_id] if one.forecast_id else levels[one.product_id])
        for one in listings
    }


def _of_combo(parts: Sequence[Part], levels: dict[str, Level]) -> Supply:
    available = {product_id: level.available for product_id, level in levels.items()}
    return Supply(combo_parts.packs_for(parts, available), only_in_live=False)


def _of_pack(listing: Listing, level: Level) -> Supply:
    packs = level.available // listing.pack_size
    return Supply(packs, packs == 0 and level.allotted_free >= listing.pack_size)
