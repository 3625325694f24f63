"""What is on offer: a product in a pack at a price, with how much of it can be had now.

Refuses to say what a line costs (`catalog.pricing` does) and to promise anything: the packs shown are
what there was when the page was read, only `catalog.stock` promises.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import Listing, Product
from catalog.stock import Level
from core import clock
from core.db import owned
from core.errors import BadRequest, NotFound
from core.identity import sellers
from core.ids import new_id
from core.money import check_vnd
from core.quantity import BadQuantity
from core.text import clean_line, fold

MOST_ON_PAGE = 60
MOST_LETTERS = 80
MOST_PACKS = 10_000
"""How many packs of a listing the shop takes at once."""
_MOST_WORDS = 6
_MOST_OF_SELLER = 200
_CURSOR = re.compile(r"(?P<created>[0-9]{1,15})-(?P<id>[a-z0-9]{1,16})")


@dataclass(frozen=True)
class ListingFacts:
    """What everybody may know of a listing.

    `pack_size` is in base units (`base_unit`: g, ml, piece), `price_vnd` per pack. `available_packs` can
    be had in the shop; `only_in_live` says that there are none, but a live sale still has some.
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


@dataclass(frozen=True)
class NewListing:
    """A pack of a product to be offered: size in base units, what a pack is called, price in đồng."""

    product_id: str
    pack_size: int
    unit_word: str
    price_vnd: int


@dataclass(frozen=True)
class Page:
    """Some listings, and the cursor of those after them (None at the end)."""

    items: tuple[ListingFacts, ...]
    after: str | None


def add(session: Session, seller_id: str, new: NewListing) -> str:
    """Put a pack of the seller's product on sale; returns the listing's id.

    Raises:
        NotFound: the product is not this seller's.
        BadQuantity: the pack is empty.
        BadAmount: the price is not a sum of 1 đồng or more that one transfer can carry.
    """
    product = owned(session, Product, new.product_id, seller_id)
    if new.pack_size < 1:
        raise BadQuantity()
    seller = sellers.facts(session, seller_id)
    listing = Listing(
        id=new_id(),
        seller_id=seller_id,
        product_id=product.id,
        pack_size=new.pack_size,
        unit_word=new.unit_word,
        price_vnd=check_vnd(new.price_vnd, least=1),
        search_text=fold(f"{product.name} {seller.name} {seller.commune}"),
        created_ms=clock.now_ms(),
    )
    session.add(listing)
    session.flush()
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


def of_seller(session: Session, seller_id: str) -> tuple[ListingFacts, ...]:
    """Everything a seller offers, hidden ones too, by name and pack (at most 200)."""
    mine = _with_products().where(Listing.seller_id == seller_id)
    ordered = mine.order_by(Product.name, Listing.pack_size, Listing.id)
    return _read(session, ordered.limit(_MOST_OF_SELLER))


def page(session: Session, after: str | None = None, limit: int = 24, query: str = "") -> Page:
    """Listings on sale, the newest first, that have every word of `query` in name, seller or commune.

    Marks and case do not matter; what comes after 80 letters or six words is not looked at. `after` is
    the cursor of the page before; at most 60 on a page. Two queries, whatever the number.

    Raises:
        BadRequest: `after` is not a cursor of ours.
    """
    size = max(1, min(limit, MOST_ON_PAGE))
    wanted = _with_products().where(Listing.state == "on_sale")
    for word in fold(clean_line(query, MOST_LETTERS)).split()[:_MOST_WORDS]:
        wanted = wanted.where(Listing.search_text.contains(word, autoescape=True))
    if after is not None:
        wanted = wanted.where(tuple_(Listing.created_ms, Listing.id) < _place(after))
    newest = wanted.order_by(Listing.created_ms.desc(), Listing.id.desc()).limit(size + 1)
    rows = session.execute(newest).all()
    more = len(rows) > size
    last = rows[size - 1].Listing if more else None
    return Page(
        items=_facts_of_rows(session, [(row.Listing, row.Product) for row in rows[:size]]),
        after=f"{last.created_ms}-{last.id}" if last else None,
    )


def _place(cursor: str) -> tuple[int, str]:
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise BadRequest(field="after", why="not a cursor")
    return int(found["created"]), found["id"]


def _with_products() -> Select[Listing, Product]:
    return select(Listing, Product).join(Product, Product.id == Listing.product_id)


def _read(session: Session, query: Select[Listing, Product]) -> tuple[ListingFacts, ...]:
    return _facts_of_rows(session, [(row.Listing, row.Product) for row in session.execute(query)])


def _facts_of_rows(
    session: Session, rows: Sequence[tuple[Listing, Product]]
) -> tuple[ListingFacts, ...]:
    levels = stock.levels(session, {product.id for _, product in rows}) if rows else {}
    return tuple(_facts_of_row(listing, product, levels[product.id]) for listing, product in rows)


def _facts_of_row(listing: Listing, product: Product, level: Level) -> ListingFacts:
    available = level.available // listing.pack_size
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
        price_vnd=listing.price_vnd,
        on_sale=listing.state == "on_sale",
        available_packs=available,
        only_in_live=available == 0 and level.allotted_free >= listing.pack_size,
    )
