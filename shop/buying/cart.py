"""Carts: what a buyer wants from the web shop, per seller. A cart holds no stock and keeps no prices.

Its owner is `Login.actor`: the person where the device is proved, else the device. Prices are read from
the catalogue each time, so nothing a client sends can change one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from catalog import combos, listings, wholesale
from catalog.combos import Part
from catalog.listings import MOST_PACKS, ListingFacts
from catalog.modes import Mode
from catalog.pricing import line_amount_vnd
from catalog.tiers import Tier, next_tier, price_for
from core import clock
from core.db import changed, insert_new
from core.errors import NotFound
from shop.errors import CartFull
from shop.models import CartLine

_MOST_LINES = 60


@dataclass(frozen=True)
class CartItem:
    """A listing in the cart at today's price for so many packs; `parts` is what a combo is made of."""

    listing: ListingFacts
    packs: int
    tiers: tuple[Tier, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def unit_price_vnd(self) -> int:
        """Đồng per pack, the wholesale price if there are enough of them."""
        return price_for(self.tiers, self.packs, self.listing.price_vnd)

    @property
    def amount_vnd(self) -> int:
        return line_amount_vnd(self.unit_price_vnd, self.packs)

    @property
    def by_estimate(self) -> bool:
        """Whether it is paid by an estimate, which the scales correct."""
        return self.listing.mode == Mode.ESTIMATE_THEN_SETTLE

    @property
    def next_tier(self) -> Tier | None:
        """From how many packs on they would be cheaper still."""
        return next_tier(self.tiers, self.packs, self.listing.price_vnd)

    @property
    def left(self) -> int:
        """How many packs can be had now; fewer than `packs` means the buyer has to choose again."""
        return self.listing.available_packs if self.listing.on_sale else 0


@dataclass(frozen=True)
class SellerCart:
    """What the cart holds of one seller, and its sum in đồng, delivery apart."""

    seller_id: str
    items: tuple[CartItem, ...]

    @property
    def goods_vnd(self) -> int:
        return sum(item.amount_vnd for item in self.items)

    @property
    def can_be_ordered(self) -> bool:
        """Whether all of it is there now (the order itself decides, under the stock's lock)."""
        return all(item.packs <= item.left for item in self.items)


def add(session: Session, owner: str, listing_id: str, packs: int) -> None:
    """Put `packs` more of a listing into the cart of `owner`, up to 10,000 of it in all.

    Raises:
        NotFound: the listing does not exist or is not on sale.
        CartFull: the cart holds sixty other listings already.
    """
    mine = (CartLine.owner == owner) & (CartLine.listing_id == listing_id)
    known = session.scalar(select(CartLine.packs).where(mine).with_for_update())
    put(session, owner, listing_id, min(MOST_PACKS, (known or 0) + packs))


def put(session: Session, owner: str, listing_id: str, packs: int) -> None:
    """Have the cart of `owner` hold exactly `packs` of a listing; 0 takes it out.

    Raises:
        NotFound: the listing does not exist or is not on sale (taking out always works).
        CartFull: the cart holds sixty other listings already.
    """
    if packs == 0:
        remove(session, owner, [listing_id])
        return
    listing = listings.get(session, listing_id)
    if not listing.on_sale:
        raise NotFound()
    mine = (CartLine.owner == owner) & (CartLine.listing_id == listing_id)
    if changed(session, update(CartLine).where(mine).values(packs=packs)):
        return
    if count(session, owner) >= _MOST_LINES:
        raise CartFull()
    values: dict[str, object] = {"owner": owner, "listing_id": listing_id, "packs": packs}
    insert_new(
        session,
        CartLine,
        {**values, "seller_id": listing.seller_id, "added_ms": clock.now_ms()},
    )


def remove(session: Session, owner: str, listing_ids: Sequence[str]) -> None:
    """Take listings out of the cart of `owner`, there or not."""
    session.execute(
        delete(CartLine)
        .where(CartLine.owner == owner, CartLine.listing_id.in_(listing_ids))
        .execution_options(synchronize_session=False)
    )


def move(session: Session, old_owner: str, new_owner: str) -> None:
    """Give what one owner has to another, who keeps the larger number where both have a listing."""
    theirs = dict(_lines(session, new_owner))
    for listing_id, packs in _lines(session, old_owner):
        mine = (CartLine.owner == old_owner) & (CartLine.listing_id == listing_id)
        if listing_id in theirs:
            most = max(packs, theirs[listing_id])
            same = (CartLine.owner == new_owner) & (CartLine.listing_id == listing_id)
            changed(session, update(CartLine).where(same).values(packs=most))
        else:
            changed(session, update(CartLine).where(mine).values(owner=new_owner))
    session.execute(
        delete(CartLine)
        .where(CartLine.owner == old_owner)
        .execution_options(synchronize_session=False)
    )


def count(session: Session, owner: str) -> int:
    """How many different listings the cart of `owner` holds."""
    query = select(func.count()).select_from(CartLine).where(CartLine.owner == owner)
    return session.scalar(query) or 0


def read(session: Session, owner: str) -> tuple[SellerCart, ...]:
    """The cart of `owner` by seller, in the order things were first put in; at today's prices."""
    lines = _lines(session, owner)
    found = listings.facts(session, [listing_id for listing_id, _ in lines])
    items = _items(session, [(found[one], packs) for one, packs in lines if one in found])
    seller_ids = dict.fromkeys(item.listing.seller_id for item in items)
    return tuple(
        SellerCart(seller_id, tuple(i for i in items if i.listing.seller_id == seller_id))
        for seller_id in seller_ids
    )


def of_seller(session: Session, owner: str, seller_id: str) -> SellerCart:
    """What the cart of `owner` holds of one seller, perhaps nothing."""
    for part in read(session, owner):
        if part.seller_id == seller_id:
            return part
    return SellerCart(seller_id, ())


def _items(session: Session, wanted: Sequence[tuple[ListingFacts, int]]) -> list[CartItem]:
    tiers = wholesale.tiers_of(session, [listing.id for listing, _ in wanted])
    parts = combos.parts_of(session, [listing.id for listing, _ in wanted if listing.is_combo])
    return [
        CartItem(listing, packs, tiers.get(listing.id, ()), parts.get(listing.id, ()))
        for listing, packs in wanted
    ]


def _lines(session: Session, owner: str) -> list[tuple[str, int]]:
    query = (
        select(CartLine.listing_id, CartLine.packs)
        .where(CartLine.owner == owner)
        .order_by(CartLine.added_ms, CartLine.listing_id)
    )
    return [(listing_id, packs) for listing_id, packs in session.execute(query)]
