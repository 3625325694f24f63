"""A listing with everything a buyer wants to know before buying: one page, a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import browse, certificates, combo_parts, forecasts, listings, photos, wholesale
from catalog.cards import Card
from catalog.certificates import CertificateFacts
from catalog.combo_parts import Part
from catalog.forecasts import ForecastFacts
from catalog.listings import ListingFacts
from catalog.models import Lot, LotStock, Product, Stock
from catalog.photos import PhotoFacts
from catalog.products import keeps_days
from catalog.tiers import Tier
from core import clock
from core.identity import sellers
from core.identity.sellers import SellerFacts

_MORE_OF_SELLER = 8
_MOST_LOTS = 6


@dataclass(frozen=True)
class LotOnSale:
    """A lot of which something is left in the seller's store: what its trace page is reached by."""

    id: str
    code: str
    harvested_on: date
    best_before: date | None
    grade: str


@dataclass(frozen=True)
class ProductPage:
    """A listing with its seller, what it is made of, and the way to more of the same.

    `packs` are all packs of the product, `lots` the lots on sale (the first to be handed over first; none of
    a combo, nor of a harvest that has not come), `tiers` the wholesale prices, `parts` what a combo holds,
    `ahead` the harvest it sells before it is there; `brand` and `standards` as the seller wrote them,
    `shelf_days` how long it keeps (None: not said).
    """

    listing: ListingFacts
    seller: SellerFacts
    brand: str
    standards: str
    shelf_days: int | None
    photos: tuple[PhotoFacts, ...]
    papers: tuple[CertificateFacts, ...]
    lots: tuple[LotOnSale, ...]
    packs: tuple[ListingFacts, ...]
    tiers: tuple[Tier, ...]
    parts: tuple[Part, ...]
    ahead: ForecastFacts | None
    more: tuple[Card, ...]


def read(session: Session, listing_id: str) -> ProductPage:
    """All the page of a listing shows; a hidden listing has a page too (`on_sale` is false).

    Raises:
        NotFound: there is no such listing.
    """
    listing = listings.get(session, listing_id)
    product_id = listing.product_id
    product = session.get_one(Product, product_id)
    offered = [one for one in listings.of_seller(session, listing.seller_id) if one.on_sale]
    parts = combo_parts.parts_of(session, [listing_id]) if listing.is_combo else {}
    ahead = forecasts.facts(session, [listing.forecast_id]) if listing.forecast_id else {}
    return ProductPage(
        listing=listing,
        seller=sellers.facts(session, listing.seller_id),
        brand=product.brand,
        standards=product.standards,
        shelf_days=keeps_days(product),
        photos=photos.of_products(session, [product_id]).get(product_id, ()),
        papers=certificates.in_force(session, [product_id], clock.today())[product_id],
        lots=() if listing.is_combo or listing.forecast_id else lots_on_sale(session, product_id),
        packs=tuple(one for one in offered if one.product_id == product_id),
        tiers=wholesale.tiers_of(session, [listing_id]).get(listing_id, ()),
        parts=parts.get(listing_id, ()),
        ahead=ahead.get(listing.forecast_id or ""),
        more=_more(session, listing, offered),
    )


def lots_on_sale(session: Session, product_id: str) -> tuple[LotOnSale, ...]:
    """The lots of which the store has something left, the first to be handed over first; one query."""
    query = (
        select(Lot.id, Lot.code, Lot.harvested_on, Lot.best_before, Lot.grade)
        .join(LotStock, LotStock.lot_id == Lot.id)
        .join(Stock, Stock.id == LotStock.stock_id)
        .where(Lot.product_id == product_id, Lot.state == "available", Stock.in_store)
        .where(LotStock.quantity > LotStock.bound)
        .order_by(func.coalesce(Lot.removes_on, date.max), Lot.harvested_on, Lot.id)
    )
    return tuple(LotOnSale(*row) for row in session.execute(query.limit(_MOST_LOTS)))


def _more(
    session: Session, listing: ListingFacts, offered: Sequence[ListingFacts]
) -> tuple[Card, ...]:
    """More of the seller, each product once."""
    first = {one.product_id: one for one in reversed(offered)}
    others = (
        one
        for one in offered
        if first[one.product_id] is one and one.product_id != listing.product_id
    )
    return tuple(browse.cards_of(session, list(islice(others, _MORE_OF_SELLER))))
