"""What the front page and the cart show of a listing or a seller, in the words of `core/macros.html`."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from catalog.units import pack_label
from core.identity import sellers
from core.identity.sellers import SellerFacts

_IN_SEASON = 24


@dataclass(frozen=True)
class Card:
    """A listing as a card: `price_vnd` in đồng for `unit`, `left` packs that can be had now."""

    url: str
    name: str
    price_vnd: int
    unit: str
    kind: str
    seed: str
    seller_name: str
    place: str
    left: int | None


@dataclass(frozen=True)
class FrontPage:
    """What the market shows first."""

    cards: tuple[Card, ...]
    sellers: tuple[SellerFacts, ...]


def front_page(session: Session) -> FrontPage:
    """What is in season and who sells; nothing of whoever looks, so it is the same for all."""
    page = listings.page(session, limit=_IN_SEASON)
    everybody = sellers.all_sellers(session)
    return FrontPage(tuple(cards(page.items, everybody)), everybody)


def cards(items: Iterable[ListingFacts], known: Iterable[SellerFacts]) -> list[Card]:
    """A card for each listing whose seller is among those `known`."""
    names = {seller.id: seller for seller in known}
    return [card(item, names[item.seller_id]) for item in items if item.seller_id in names]


def card(item: ListingFacts, seller: SellerFacts) -> Card:
    """The card of one listing."""
    return Card(
        url=f"/products/{item.id}",
        name=item.name,
        price_vnd=item.price_vnd,
        unit=unit_of(item),
        kind=item.art,
        seed=item.product_id,
        seller_name=seller.name,
        place=seller.commune,
        left=item.available_packs,
    )


def unit_of(item: ListingFacts) -> str:
    """What one pack of it is called: `gói 200 g`."""
    return pack_label(item.unit_word, item.pack_size, item.base_unit)
