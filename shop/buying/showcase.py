"""What the market shows first: what is in season, where things come from, and who sells them."""

from collections.abc import Sequence
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
_RIPE = 10
_NEW = 20
_MOST_SELLERS = 24


@dataclass(frozen=True)
class FrontPage:
    """Cards of what is in season and in stock, then of other new goods; kinds, communes and sellers."""

    ripe: tuple[Card, ...]
    new: tuple[Card, ...]
    shelf: Shelf
    sellers: tuple[SellerFacts, ...]


def front_page(session: Session) -> FrontPage:
    """Each product once in its first pack, nothing twice; the same for whoever looks."""
    in_season = Wanted(in_season=True, in_stock=True)
    ripe = _once(browse.page(session, in_season, limit=_LOOKED_THROUGH).items)[:_RIPE]
    newest = browse.page(session, Wanted(), limit=_LOOKED_THROUGH).items
    cards = browse.cards_of(session, _once([*ripe, *newest])[: len(ripe) + _NEW])
    return FrontPage(
        ripe=tuple(cards[: len(ripe)]),
        new=tuple(cards[len(ripe) :]),
        shelf=browse.shelf(session),
        sellers=sellers.all_sellers(session, most=_MOST_SELLERS),
    )


def _once(items: Sequence[ListingFacts]) -> list[ListingFacts]:
    """Each product once, where it stands first."""
    first: dict[str, ListingFacts] = {}
    for item in items:
        first.setdefault(item.product_id, item)
    return list(first.values())
