"""What the shop's pages show of the catalogue, each page in a number of queries that does not grow."""

from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from catalog import cards, listings
from catalog.cards import Card
from catalog.listings import ListingFacts
from core.identity import sellers
from core.identity.sellers import SellerFacts

_MORE_OF_SELLER = 8


@dataclass(frozen=True)
class Results:
    """What a search found, and the cursor of what comes after (None at the end)."""

    cards: tuple[Card, ...]
    after: str | None


@dataclass(frozen=True)
class ProductPage:
    """A listing with its seller, the other packs of the same product, and more of the same seller."""

    listing: ListingFacts
    seller: SellerFacts
    packs: tuple[ListingFacts, ...]
    more: tuple[Card, ...]


@dataclass(frozen=True)
class SellerPage:
    """A seller and what it has on sale."""

    seller: SellerFacts
    cards: tuple[Card, ...]


def search(session: Session, query: str, after: str | None, limit: int = 24) -> Results:
    """Listings on sale that fit `query` (all of them if it is empty), the newest first; three queries.

    Raises:
        BadRequest: `after` is not a cursor of ours.
    """
    page = listings.page(session, after=after, limit=limit, query=query)
    known = sellers.facts_of(session, [item.seller_id for item in page.items])
    return Results(tuple(cards.cards(page.items, known.values())), page.after)


def product_page(session: Session, listing_id: str) -> ProductPage:
    """All the page of a listing shows; a hidden listing has a page too (`on_sale` is false).

    Raises:
        NotFound: there is no such listing.
    """
    listing = listings.get(session, listing_id)
    seller = sellers.facts(session, listing.seller_id)
    offered = [item for item in listings.of_seller(session, seller.id) if item.on_sale]
    others = (item for item in offered if item.product_id != listing.product_id)
    return ProductPage(
        listing=listing,
        seller=seller,
        packs=tuple(item for item in offered if item.product_id == listing.product_id),
        more=tuple(cards.cards(islice(others, _MORE_OF_SELLER), [seller])),
    )


def seller_page(session: Session, seller_id: str) -> SellerPage:
    """A seller as everybody may see it.

    Raises:
        NotFound: there is no such seller.
    """
    seller = sellers.facts(session, seller_id)
    offered = [item for item in listings.of_seller(session, seller_id) if item.on_sale]
    return SellerPage(seller, tuple(cards.cards(offered, [seller])))
