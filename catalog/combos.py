"""Combos: sets of a seller's listings sold as one, at a price of their own.

A combo is a product counted in pieces with one listing (so it has a name, a story, photos, a page); what
it takes from stock are its parts. Refuses parts of other sellers, combos in combos, and harvests sold
ahead in combos: what a short harvest takes from a set cannot be said fairly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog import listings, products
from catalog.combo_parts import Part, packs_for, parts_of
from catalog.models import ComboPart, Listing, Product
from catalog.products import NewProduct
from core.db import owned
from core.errors import N_, BadRequest, DomainError, NotFound
from core.money import check_vnd
from core.quantity import BadQuantity, BaseUnit
from core.text import clean_line

__all__ = [
    "BadCombo",
    "ComboWish",
    "NotForCombos",
    "Part",
    "PartWish",
    "add",
    "change_parts",
    "in_some_combo",
    "packs_for",
    "parts_of",
]

MOST_PARTS = 12
MOST_OF_ONE = 100
_LONGEST_NAME = 120
_WORD = "combo"


class BadCombo(BadRequest):
    """A combo needs two to twelve different things."""

    message = N_("Bộ hàng cần từ 2 đến 12 món khác nhau. Bạn chọn lại nhé.")

    def __init__(self) -> None:
        super().__init__(field="parts", why="two to twelve different listings")


class NotForCombos(DomainError):
    """A part is a combo itself, or sells a harvest to come."""

    code = "not_for_combos"
    status = 409
    message = N_("Món bán trước và bộ hàng khác không đưa vào bộ hàng được. Bạn chọn món khác nhé.")


@dataclass(frozen=True)
class PartWish:
    """So many packs of a listing in one combo."""

    listing_id: str
    packs: int


@dataclass(frozen=True)
class ComboWish:
    """A combo to be: its name and story, its price in đồng, and what is in it (a listing once)."""

    name: str
    story: str
    price_vnd: int
    parts: tuple[PartWish, ...]


def add(session: Session, seller_id: str, wish: ComboWish) -> str:
    """Put a combo on sale; returns its listing's id.

    Raises:
        BadCombo: there are not two things in it, or more than twelve, or one of them twice.
        BadQuantity: a part has less than one pack, or more than a hundred.
        NotFound: a part is not this seller's.
        NotForCombos: a part is a combo itself, or sells a harvest to come.
        BadAmount: the price is not a sum of 1 đồng or more that one transfer can carry.
    """
    name = clean_line(wish.name, _LONGEST_NAME)
    check_vnd(wish.price_vnd, least=1)
    chosen = _checked(wish.parts)
    rows = _rows(session, seller_id, chosen)
    product = NewProduct(name or _name_of(rows), wish.story, BaseUnit.PIECE, _art_of(rows))
    product_id = products.add(session, seller_id, product)
    new = listings.NewListing(product_id, 1, _WORD, wish.price_vnd)
    combo_id = listings.add(session, seller_id, new)
    session.get_one(Listing, combo_id).is_combo = True
    _put_in(session, seller_id, combo_id, chosen)
    return combo_id


def change_parts(
    session: Session, seller_id: str, combo_id: str, parts: tuple[PartWish, ...]
) -> None:
    """Have a combo be made of `parts` from the next order on.

    Orders keep what they were placed with: their lines hold parts of their own (ADR 0011).

    Raises:
        NotFound: it is no combo of this seller's, or a part is not theirs.
        BadCombo, BadQuantity, NotForCombos: as for a new combo.
    """
    combo = owned(session, Listing, combo_id, seller_id)
    if not combo.is_combo:
        raise NotFound()
    session.refresh(combo, with_for_update=True)  # two changes at once: one after the other
    chosen = _checked(parts)
    _rows(session, seller_id, chosen)
    session.execute(delete(ComboPart).where(ComboPart.combo_id == combo_id))
    _put_in(session, seller_id, combo_id, chosen)


def in_some_combo(session: Session, listing_id: str) -> bool:
    """Whether some combo has this listing in it."""
    query = select(ComboPart.combo_id).where(ComboPart.listing_id == listing_id).limit(1)
    return session.scalar(query) is not None


def _put_in(session: Session, seller_id: str, combo_id: str, parts: Sequence[PartWish]) -> None:
    for part in parts:
        session.add(
            ComboPart(
                combo_id=combo_id,
                listing_id=part.listing_id,
                seller_id=seller_id,
                packs=part.packs,
            )
        )
    session.flush()


def _checked(parts: Sequence[PartWish]) -> Sequence[PartWish]:
    different = {part.listing_id for part in parts}
    if not 2 <= len(parts) <= MOST_PARTS or len(different) < len(parts):
        raise BadCombo()
    if any(not 1 <= part.packs <= MOST_OF_ONE for part in parts):
        raise BadQuantity()
    return parts


def _rows(
    session: Session, seller_id: str, parts: Sequence[PartWish]
) -> list[tuple[Listing, Product]]:
    """The listing and product of each part; raises NotFound, NotForCombos."""
    query = (
        select(Listing, Product)
        .join(Product, Product.id == Listing.product_id)
        .where(Listing.seller_id == seller_id)
        .where(Listing.id.in_([part.listing_id for part in parts]))
        .order_by(Product.name, Listing.id)
    )
    rows = [(row.Listing, row.Product) for row in session.execute(query)]
    if len(rows) < len(parts):
        raise NotFound()
    if any(listing.is_combo or listing.forecast_id for listing, _ in rows):
        raise NotForCombos()
    return rows


def _name_of(rows: Sequence[tuple[Listing, Product]]) -> str:
    return clean_line("Combo " + ", ".join(product.name for _, product in rows), _LONGEST_NAME)


def _art_of(rows: Sequence[tuple[Listing, Product]]) -> str:
    return rows[0][1].art
