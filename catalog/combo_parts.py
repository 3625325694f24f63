"""What combos are made of, read: so many packs of other listings of the same seller.

A combo has no stock of its own: it can be had as often as the scarcest of its products allows. Refuses
to price them (a combo's price is its listing's) and to nest them: a part is never a combo itself.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import ComboPart, Listing, Product
from catalog.units import pack_label


@dataclass(frozen=True)
class Part:
    """`packs` packs of a listing in one combo; `pack_size` in base units (`base_unit`)."""

    listing_id: str
    product_id: str
    name: str
    unit_word: str
    base_unit: str
    pack_size: int
    packs: int
    price_vnd: int
    most_transit_h: int | None = None  # hours it bears on the road

    @property
    def quantity(self) -> int:
        """What one combo takes of the product, in base units."""
        return self.packs * self.pack_size

    @property
    def unit(self) -> str:
        """What one pack of it is called: `gói 200 g`."""
        return pack_label(self.unit_word, self.pack_size, self.base_unit)


def parts_of(session: Session, combo_ids: Collection[str]) -> dict[str, tuple[Part, ...]]:
    """The parts of each combo by its id, by name, in one query; what is no combo is absent."""
    query = (
        select(ComboPart.combo_id, ComboPart.packs, Listing, Product)
        .join(Listing, Listing.id == ComboPart.listing_id)
        .join(Product, Product.id == Listing.product_id)
        .where(ComboPart.combo_id.in_(list(combo_ids)))
        .order_by(Product.name, Listing.id)
    )
    found: dict[str, list[Part]] = {}
    for combo_id, packs, listing, product in session.execute(query):
        found.setdefault(combo_id, []).append(_part(listing, product, packs))
    return {combo_id: tuple(parts) for combo_id, parts in found.items()}


def needs_of(parts: Sequence[Part]) -> dict[str, int]:
    """What one combo takes of each product in base units, by product: duplicates are summed."""
    needs: Counter[str] = Counter()
    for part in parts:
        needs[part.product_id] += part.quantity
    return dict(needs)


def packs_for(parts: Sequence[Part], available: Mapping[str, int]) -> int:
    """How many combos can be had from what is `available` (base units by product); 0 without parts."""
    needs = needs_of(parts)
    return min((available.get(one, 0) // need for one, need in needs.items()), default=0)


def _part(listing: Listing, product: Product, packs: int) -> Part:
    return Part(
        listing_id=listing.id,
        product_id=product.id,
        name=product.name,
        unit_word=listing.unit_word,
        base_unit=product.base_unit,
        pack_size=listing.pack_size,
        packs=packs,
        price_vnd=listing.price_vnd,
        most_transit_h=listing.most_transit_h,
    )
