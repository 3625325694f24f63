"""What the shop's pages show of the catalogue, each page in a number of queries that does not grow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import cards, certificates, listings, live_now, photos, search
from catalog.cards import Card, Dress
from catalog.certificates import CertificateFacts
from catalog.communes import COMMUNES, Commune
from catalog.kinds import KINDS, Kind
from catalog.listings import ListingFacts
from catalog.search import Wanted
from catalog.search import shelf as shelves
from core import clock
from core.identity import sellers
from core.identity.sellers import SellerFacts
from core.text import fold

MOST_ON_PAGE = 60
MOST_LETTERS = 80
"""How much of a question is read."""
RANKED_TOGETHER = search.WINDOW


@dataclass(frozen=True)
class Page:
    """Some listings in their order, and the cursor of those after them (None at the end).

    `count` is how many fit in all (`RANKED_TOGETHER` + 1 for "more than that"), on the first page; `meant`
    as in `search.Found`.
    """

    items: tuple[ListingFacts, ...]
    after: str | None
    count: int | None = None
    meant: str = ""


@dataclass(frozen=True)
class Results:
    """What a search found as cards; `meant` are the words that were looked for instead of those typed."""

    cards: tuple[Card, ...]
    after: str | None
    count: int | None
    meant: str


@dataclass(frozen=True)
class Shelf:
    """What the market has to choose from: kinds and communes with something on sale, in their order."""

    kinds: tuple[Kind, ...]
    communes: tuple[Commune, ...]


@dataclass(frozen=True)
class SellerPage:
    """A seller, what it has on sale, and the papers it holds for all its goods that count today."""

    seller: SellerFacts
    cards: tuple[Card, ...]
    papers: tuple[CertificateFacts, ...]


def page(session: Session, wanted: Wanted, after: str | None = None, limit: int = 24) -> Page:
    """One page of what is on sale and fits, at most 60, in the order of `search`.

    Raises:
        BadRequest: `after` is not a cursor of ours.
    """
    found = search.find(session, wanted, after, max(1, min(limit, MOST_ON_PAGE)))
    known = listings.facts(session, found.listing_ids)
    items = tuple(known[one] for one in found.listing_ids if one in known)
    return Page(items, found.after, found.count, found.meant)


def results(session: Session, wanted: Wanted, after: str | None = None, limit: int = 24) -> Results:
    """The same as cards.

    Raises:
        BadRequest: `after` is not a cursor of ours.
    """
    found = page(session, wanted, after, limit)
    shown = cards_of(session, found.items)
    return Results(tuple(shown), found.after, found.count, _as_written(found.meant, shown))


def cards_of(session: Session, items: Sequence[ListingFacts]) -> list[Card]:
    """The cards of listings in their order, with photo, stars and the room of what is sold live now.

    Four queries, whatever the number, none included; three more where something is sold live.
    """
    products = {item.product_id for item in items}
    rooms = live_now.rooms(session)
    dress = Dress(
        rooms=rooms,
        live_prices=live_now.prices(session, [item.id for item in items if item.id in rooms]),
        photos=photos.of_products(session, products),
        papers=certificates.in_force(session, products, clock.today()),
    )
    known = sellers.facts_of(session, {item.seller_id for item in items})
    return cards.cards(items, known.values(), dress)


def shelf(session: Session) -> Shelf:
    """The kinds and communes that have something on sale; two queries."""
    kinds = set(shelves.kinds_on_sale(session))
    communes = set(shelves.communes_on_sale(session))
    return Shelf(
        tuple(kind for code, kind in KINDS.items() if code in kinds),
        tuple(commune for code, commune in COMMUNES.items() if code in communes),
    )


def seller_name(session: Session, seller_id: str) -> str:
    """The name of a seller a search is narrowed to, "" for none or an unknown one."""
    known = sellers.facts_of(session, [seller_id]) if seller_id else {}
    return known[seller_id].name if seller_id in known else ""


def seller_page(session: Session, seller_id: str) -> SellerPage:
    """A seller as everybody may see it.

    Raises:
        NotFound: there is no such seller.
    """
    seller = sellers.facts(session, seller_id)
    offered = [item for item in listings.of_seller(session, seller_id) if item.on_sale]
    papers = certificates.in_force_of_seller(session, seller_id, clock.today())
    return SellerPage(seller, tuple(cards_of(session, offered)), papers)


def _as_written(meant: str, shown: Iterable[Card]) -> str:
    """The words that were looked for with the marks they have in what was found: `mien` → `miến`."""
    said = " ".join(f"{card.name} {card.seller_name} {card.place}" for card in shown).lower()
    written = {fold(word): word for word in reversed(said.split())}
    return " ".join(written.get(word, word) for word in meant.split())
