"""Which addresses search engines should know, in parts of at most 50,000 (sitemaps.org)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import browse
from catalog.models import SearchRow
from core.identity import sellers

PER_PART = 50_000
_ALWAYS = ("/", "/search", "/kinds", "/market", "/search/ranking", "/ahead", "/live")


def parts(session: Session) -> int:
    """How many parts the listings need; part 0, not counted, has the other pages."""
    highest = session.scalar(select(func.max(SearchRow.number))) or 0
    return -(-highest // PER_PART)


def paths(session: Session, part: int) -> list[str]:
    """The paths of one part: 0 has pages of kinds, communes and sellers, the others have listings on sale."""
    if part == 0:
        return _shelves(session)
    last = part * PER_PART
    inside = (SearchRow.on_sale, SearchRow.number > last - PER_PART, SearchRow.number <= last)
    query = select(SearchRow.listing_id).where(*inside).order_by(SearchRow.number)
    return [f"/products/{listing_id}" for listing_id in session.scalars(query)]


def _shelves(session: Session) -> list[str]:
    shelf = browse.shelf(session)
    kinds = [f"/kinds/{kind.code}" for kind in shelf.kinds]
    communes = [f"/communes/{commune.code}" for commune in shelf.communes]
    shops = [f"/sellers/{seller.id}" for seller in sellers.all_sellers(session)]
    return [*_ALWAYS, *kinds, *communes, *shops][:PER_PART]
