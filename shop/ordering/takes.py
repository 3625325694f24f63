"""What a line takes from stock: one take for a pack, one for each part of a combo.

Frozen into the order, so that it stays true when the combo is made of other things later. Refuses to
hold anything: `holding` does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import combos
from catalog.combos import Part
from catalog.listings import ListingFacts
from shop.delivery.quote import ANYWHERE, Destination, Parcel

_WEIGHED = frozenset({"g", "ml"})


@dataclass(frozen=True)
class Take:
    """`packs` packs of a listing, each `pack_size` base units of its product; of a coming harvest, if any.

    `most_transit_h`: how many hours it bears on the road, None for any.
    """

    listing_id: str
    product_id: str
    name: str
    unit_word: str
    base_unit: str
    pack_size: int
    packs: int
    forecast_id: str | None = None
    most_transit_h: int | None = None

    @property
    def quantity(self) -> int:
        """Base units."""
        return self.packs * self.pack_size


def takes_of(session: Session, sold: Sequence[tuple[ListingFacts, int]]) -> list[tuple[Take, ...]]:
    """What each of `sold` (a listing and its packs) takes, in their order; one query if there are combos."""
    combo_ids = {listing.id for listing, _ in sold if listing.is_combo}
    parts = combos.parts_of(session, combo_ids) if combo_ids else {}
    return [
        tuple(_of_part(part, packs, listing.most_transit_h) for part in parts[listing.id])
        if listing.is_combo
        else (_of_pack(listing, packs),)
        for listing, packs in sold
    ]


def parcel_of(takes: Iterable[Take], goods_vnd: int, to: Destination = ANYWHERE) -> Parcel:
    """The parcel of all `takes` for `to`: its goods' sum in đồng, and its weight where that is known.

    It bears the road as long as the most delicate of them. A millilitre counts as a gram; pieces have no
    known weight yet and count nothing.
    """
    inside = tuple(takes)
    grams = sum(take.quantity for take in inside if take.base_unit in _WEIGHED)
    hours = [take.most_transit_h for take in inside if take.most_transit_h is not None]
    return Parcel(goods_vnd, grams, to, min(hours, default=None))


def _of_pack(listing: ListingFacts, packs: int) -> Take:
    return Take(
        listing_id=listing.id,
        product_id=listing.product_id,
        name=listing.name,
        unit_word=listing.unit_word,
        base_unit=listing.base_unit,
        pack_size=listing.pack_size,
        packs=packs,
        forecast_id=listing.forecast_id,
        most_transit_h=listing.most_transit_h,
    )


def _of_part(part: Part, combos_sold: int, most_transit_h: int | None) -> Take:
    return Take(
        listing_id=part.listing_id,
        product_id=part.product_id,
        name=part.name,
        unit_word=part.unit_word,
        base_unit=part.base_unit,
        pack_size=part.pack_size,
        packs=part.packs * combos_sold,
        most_transit_h=min(
            (hours for hours in (part.most_transit_h, most_transit_h) if hours is not None),
            default=None,
        ),
    )
