"""What is on offer: a product in a pack at a price, with how much of it can be had now.

Refuses to say what a line costs (`catalog.pricing` does) and to promise anything: the packs shown are
what there was when the page was read, only `catalog.stock` promises.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from catalog import modes, prices, search, supply
from catalog.models import Listing, Product
from catalog.modes import BY_WEIGHT, Mode
from catalog.supply import Supply
from core import clock
from core.db import owned
from core.errors import NotFound
from core.ids import new_id
from core.money import check_vnd
from core.quantity import BadQuantity

MOST_PACKS = 10_000
"""How many packs of a listing the shop takes at once."""
_MOST_OF_SELLER = 200


@dataclass(frozen=True)
class ListingFacts:
    """What everybody may know of a listing; `kind` is a word of `catalog.kinds`, "" if nobody said.

    `pack_size` is in base units (`base_unit`: g, ml, piece), `price_vnd` per pack. `available_packs` can
    be had in the shop; `only_in_live` says that there are none, but a live sale still has some.
    `most_transit_h`: how many hours its goods bear on the road, None for any.
    """

    id: str
    seller_id: str
    product_id: str
    name: str
    story: str
    art: str
    base_unit: str
    pack_size: int
    unit_word: str
    price_vnd: int
    on_sale: bool
    available_packs: int
    only_in_live: bool
    is_combo: bool = False
    forecast_id: str | None = None
    mode: Mode = Mode.PACK
    kind: str = ""
    most_transit_h: int | None = None

    @property
    def by_weight(self) -> bool:
        """Whether the scales say what it costs, so that its price is an estimate."""
        return self.mode in BY_WEIGHT


@dataclass(frozen=True)
class NewListing:
    """A pack of a product to be offered: size in base units, what a pack is called, price in đồng.

    A pack is the smallest legal amount: what is sold by half kilos has packs of 500 g.
    """

    product_id: str
    pack_size: int
    unit_word: str
    price_vnd: int
    mode: Mode = Mode.PACK


def add(session: Session, seller_id: str, new: NewListing) -> str:
    """Put a pack of the seller's product on sale; returns the listing's id.

    Raises:
        NotFound: the product is not this seller's.
        BadQuantity: the pack is empty.
        BadAmount: the price is not a sum of 1 đồng or more that one transfer can carry.
        ModeNeedsScales: the mode is priced by weight, and the product is counted.
    """
    product = owned(session, Product, new.product_id, seller_id)
    modes.require_fits(new.mode, product.base_unit)
    if new.pack_size < 1:
        raise BadQuantity()
    listing = Listing(
        id=new_id(),
        seller_id=seller_id,
        product_id=product.id,
        pack_size=new.pack_size,
        unit_word=new.unit_word,
        price_vnd=check_vnd(new.price_vnd, least=1),
        mode=new.mode,
        created_ms=clock.now_ms(),
    )
    session.add(listing)
    session.flush()
    search.index_listings(session, [listing.id])
    return listing.id


def get(session: Session, listing_id: str) -> ListingFacts:
    """One listing, on sale or hidden (`on_sale` says which).

    Raises:
        NotFound: there is none.
    """
    found = facts(session, [listing_id])
    if listing_id not in found:
        raise NotFound()
    return found[listing_id]


def facts(session: Session, ids: Collection[str]) -> dict[str, ListingFacts]:
    """The listings by id, in two queries; unknown ids are absent."""
    wanted = _with_products().where(Listing.id.in_(list(ids)))
    return {listing.id: listing for listing in _read(session, wanted)}


def products_of(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The product's id of each listing, in one query; unknown ids are absent."""
    query = select(Listing.id, Listing.product_id).where(Listing.id.in_(list(ids)))
    return {row.id: row.product_id for row in session.execute(query)}


def priced_by_weight(session: Session, ids: Collection[str]) -> frozenset[str]:
    """Those of the listings whose price the scales say, in one query."""
    query = select(Listing.id).where(Listing.id.in_(list(ids)), Listing.mode.in_(BY_WEIGHT))
    return frozenset(session.scalars(query))


def of_seller(session: Session, seller_id: str) -> tuple[ListingFacts, ...]:
    """Everything a seller offers, hidden ones too, by name and pack (at most 200)."""
    mine = _with_products().where(Listing.seller_id == seller_id)
    ordered = mine.order_by(Product.name, Listing.pack_size, Listing.id)
    return _read(session, ordered.limit(_MOST_OF_SELLER))


_Rows = Select[Listing, Product, int | None]


def _with_products() -> _Rows:
    """Listings, their products, and the scheduled price that holds already, if one does."""
    due = prices.due_vnd(clock.now_ms()).label("due_vnd")
    return select(Listing, Product, due).join(Product, Product.id == Listing.product_id)


def _read(session: Session, query: _Rows) -> tuple[ListingFacts, ...]:
    return _facts_of_rows(session, session.execute(query).all())


def _facts_of_rows(
    session: Session, rows: Sequence[Row[Listing, Product, int | None]]
) -> tuple[ListingFacts, ...]:
    found = supply.of_listings(session, [listing for listing, _, _ in rows])
    return tuple(
        _facts_of_row(listing, product, due_vnd or listing.price_vnd, found[listing.id])
        for listing, product, due_vnd in rows
    )


def _facts_of_row(
    listing: Listing, product: Product, price_vnd: int, can_be_had: Supply
) -> ListingFacts:
    return ListingFacts(
        id=listing.id,
        seller_id=listing.seller_id,
        product_id=product.id,
        name=product.name,
        story=product.story,
        art=product.art,
        base_unit=product.base_unit,
        pack_size=listing.pack_size,
        unit_word=listing.unit_word,
        price_vnd=price_vnd,
        on_sale=listing.state == "on_sale",
        available_packs=can_be_had.packs,
        only_in_live=can_be_had.only_in_live,
        is_combo=listing.is_combo,
        forecast_id=listing.forecast_id,
        mode=Mode(listing.mode),
        kind=product.kind,
        most_transit_h=listing.most_transit_h,
    )
