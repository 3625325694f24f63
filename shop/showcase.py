"""What the market shows first: what is in season, where things come from, and who sells them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import browse
from catalog.browse import Shelf
from catalog.cards import Card
from catalog.listings import ListingFacts
from catalog.search import Wanted
from core.identity import sellers
from core.identity.sellers import SellerFacts

_LOOKED_THROUGH = 60
_SHOWN = 20
_MOST_SELLERS = 24


@dataclass(frozen=True)
class FrontPage:
    """The cards of goods in season (`seasonal`: some are; the rest is the newest), what there is to choose
    from, and the sellers."""

    cards: tuple[Card, ...]
    seasonal: bool
    shelf: Shelf
    sellers: tuple[SellerFacts, ...]


def front_page(session: Session) -> FrontPage:
    """Each product once in its first pack, those in season first; the same for whoever looks."""
    ripe = browse.page(session, Wanted(in_season=True), limit=_LOOKED_THROUGH).items
    newest = browse.page(session, Wanted(), limit=_LOOKED_THROUGH).items
    return FrontPage(
        cards=tuple(browse.cards_of(session, _once([*ripe, *newest])[:_SHOWN])),
        seasonal=bool(ripe),
        shelf=browse.shelf(session),
        sellers=sellers.all_sellers(session, most=_MOST_SELLERS),
    )


def _once(items: list[ListingFacts]) -> list[ListingFacts]:
    """Each product once, where it stands first."""
    first: dict[str, ListingFacts] = {}
    for item in items:
        first.setdefault(item.product_id, item)
    return list(first.values())
