"""What the market shows first: what is in season, and who sells it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import browse
from catalog.cards import Card
from catalog.search import Wanted
from core.identity import sellers
from core.identity.sellers import SellerFacts

_LOOKED_THROUGH = 60
_IN_SEASON = 20


@dataclass(frozen=True)
class FrontPage:
    """The cards of goods in season, and all sellers."""

    cards: tuple[Card, ...]
    sellers: tuple[SellerFacts, ...]


def front_page(session: Session) -> FrontPage:
    """The newest goods, each product once in its first pack; the same for whoever looks."""
    newest = browse.page(session, Wanted(), limit=_LOOKED_THROUGH).items
    first_pack = {item.product_id: item for item in reversed(newest)}
    shown = [item for item in newest if first_pack[item.product_id] is item][:_IN_SEASON]
    everybody = sellers.all_sellers(session)
    return FrontPage(tuple(browse.cards_of(session, shown)), everybody)
