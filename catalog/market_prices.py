"""What a kind of produce costs at the market this week: the middle of what sold here, and what officers saw.

So that a farmer knows the market before naming a price. A sold line counts once, when its order is
secured, without its buyer; too few lines or sellers make no price (`catalog.market_rules`). Prices are
đồng per kilo, litre or piece, whatever pack they were sold in.
Refuses to suggest: what a thing shall cost is for its seller to say.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import communes, kinds
from catalog.kinds import Kind
from catalog.market_rules import Sold, Week, sold, week_of
from catalog.models import Listing, MarketPrice, Product, SoldPrice
from core import clock
from core.db import insert_new
from core.errors import N_, BadRequest, DomainError, NotFound
from core.identity import sellers
from core.ids import new_id
from core.money import check_vnd
from core.quantity import unit_price_vnd
from core.text import clean_line

SOURCE_LENGTH = 200
_OLDEST_DAYS = 366
_MOST_ENTRIES = 500
_NO_KIND = frozenset({"", "khac"})


class BadSeenDay(DomainError):
    """A price seen tomorrow, or over a year ago."""

    code = "bad_seen_day"
    message = N_(
        "Ngày xem giá phải là hôm nay hoặc trước đó, trong vòng một năm. Bạn chọn lại nhé."
    )

    def __init__(self) -> None:
        super().__init__(field="seen_on")


@dataclass(frozen=True)
class SoldLine:
    """A secured line: its own id, the listing, what it came to in đồng, how much it was in base units."""

    line: str
    listing_id: str
    amount_vnd: int
    quantity: int


@dataclass(frozen=True)
class NewEntry:
    """A price an officer saw: đồng per kilo, litre or piece; `commune_code` "" is the whole province."""

    kind: str
    commune_code: str
    price_vnd: int
    seen_on: date
    source: str


@dataclass(frozen=True)
class Entry:
    """An entry on the board, with the words for its place; `actor` is who wrote it down."""

    id: str
    kind: str
    commune: str
    price_vnd: int
    seen_on: date
    source: str
    actor: str


@dataclass(frozen=True)
class PlacePrice:
    """What sold in one commune: `sold` is None where it is too little to be a price."""

    commune: str
    sold: Sold | None


@dataclass(frozen=True)
class KindPrices:
    """All the board says of a kind in a week; `per` is kg, lít or the piece's word."""

    kind: Kind
    per: str
    sold: Sold | None
    places: tuple[PlacePrice, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Nearby:
    """The market beside a farmer's own price: the last week with one, and the newest entry, if any."""

    kind: Kind
    per: str
    week: Week
    sold: Sold | None
    entry: Entry | None


def note_sales(session: Session, lines: Sequence[SoldLine]) -> None:
    """Count secured lines for the board, each once however often it is told; buyers are not kept.

    Sets, what has no kind, and what is counted otherwise than its kind, count nothing.
    """
    query = (
        select(Listing.id, Product.kind, Product.base_unit, Listing.seller_id)
        .join(Product, Product.id == Listing.product_id)
        .where(Listing.id.in_({line.listing_id for line in lines}), Listing.is_combo.is_(False))
    )
    known = {row.id: row for row in session.execute(query)}
    places = _places_of(session, {row.seller_id for row in known.values()})
    for line in lines:
        row = known.get(line.listing_id)
        if row is None or not _comparable(row.kind, row.base_unit):
            continue
        price_vnd, _ = unit_price_vnd(line.amount_vnd, line.quantity, row.base_unit)
        if price_vnd > 0:
            values: dict[str, object] = {
                "line": line.line,
                "seller_id": row.seller_id,
                "kind": row.kind,
                "commune_code": places.get(row.seller_id, ""),
                "price_vnd": price_vnd,
                "sold_on": clock.today(),
            }
            insert_new(session, SoldPrice, values)


def _comparable(code: str, base_unit: str) -> bool:
    """Whether it is of a kind, and counted like it: a hen by the piece is no price of a kilo."""
    kind = kinds.KINDS.get(code)
    return kind is not None and code not in _NO_KIND and kind.base_unit == base_unit


def _places_of(session: Session, seller_ids: Collection[str]) -> dict[str, str]:
    """The commune's code of each seller, "" where its address names none of the province."""
    known = sellers.facts_of(session, seller_ids)
    return {key: communes.commune_code_of(seller.commune) for key, seller in known.items()}


def add_entry(session: Session, new: NewEntry, actor: str) -> str:
    """Write down a price somebody saw, with where it comes from; returns the entry's id.

    Raises:
        BadRequest: the kind or commune is unknown, or the source is missing; `field` says which.
        BadAmount: not 1 đồng or more. BadSeenDay: the day is ahead or over a year ago.
    """
    if new.kind not in kinds.KINDS or new.kind in _NO_KIND:
        raise BadRequest(field="kind")
    if new.commune_code and new.commune_code not in communes.COMMUNES:
        raise BadRequest(field="commune")
    source = clean_line(new.source, SOURCE_LENGTH)
    if not source:
        raise BadRequest(field="source")
    today = clock.today()
    if not today - timedelta(_OLDEST_DAYS) <= new.seen_on <= today:
        raise BadSeenDay()
    row = MarketPrice(
        id=new_id(),
        kind=new.kind,
        commune_code=new.commune_code,
        price_vnd=check_vnd(new.price_vnd, least=1),
        seen_on=new.seen_on,
        source=source,
        actor=actor,
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def remove_entry(session: Session, entry_id: str, actor: str) -> None:
    """Take back an entry one wrote down oneself.

    Raises:
        NotFound: there is none of `actor` by this id.
    """
    row = session.get(MarketPrice, entry_id)
    if row is None or row.actor != actor:
        raise NotFound()
    session.delete(row)


def entries_of(session: Session, actor: str) -> tuple[Entry, ...]:
    """What an officer wrote down, the newest first (at most 500)."""
    query = select(MarketPrice).where(MarketPrice.actor == actor)
    newest = query.order_by(MarketPrice.created_ms.desc(), MarketPrice.id).limit(_MOST_ENTRIES)
    return tuple(map(_entry, session.scalars(newest)))


def board(session: Session, week: Week) -> tuple[KindPrices, ...]:
    """What sold or was seen in a week, in the order of `kinds.KINDS`; three queries."""
    prices = _prices(session, week)
    who = _sellers(session, week)
    entries = _entries(session, week)
    seen = {kind for kind, _ in prices} | set(entries)
    return tuple(
        _of_kind(kind, prices, who, entries.get(code, ()))
        for code, kind in kinds.KINDS.items()
        if code in seen
    )


def nearby(session: Session, code: str) -> Nearby | None:
    """The market price of a kind, of this week or else the last; None where nobody knows anything."""
    kind = kinds.KINDS.get(code)
    if kind is None or code in _NO_KIND:
        return None
    this = week_of(clock.today())
    for week in (this, this.plus(-1)):
        found = next((one for one in board(session, week) if one.kind is kind), None)
        if found and (found.sold or found.entries):
            entry = found.entries[0] if found.entries else None
            return Nearby(kind, found.per, week, found.sold, entry)
    return None


_Prices = dict[tuple[str, str], list[tuple[int, int]]]
_Sellers = dict[tuple[str, str], set[str]]


def _of_kind(kind: Kind, prices: _Prices, who: _Sellers, entries: tuple[Entry, ...]) -> KindPrices:
    mine = {place: counted for (code, place), counted in prices.items() if code == kind.code}
    everywhere = [pair for counted in mine.values() for pair in counted]
    all_sellers = {one for place in mine for one in who[kind.code, place]}
    return KindPrices(
        kind=kind,
        per=unit_price_vnd(0, 1, kind.base_unit)[1],
        sold=sold(everywhere, len(all_sellers)),
        places=tuple(
            PlacePrice(communes.name_of(place), sold(mine[place], len(who[kind.code, place])))
            for place in sorted(mine, key=communes.name_of)
            if place
        ),
        entries=entries,
    )


def _prices(session: Session, week: Week) -> _Prices:
    grouped = (
        select(SoldPrice.kind, SoldPrice.commune_code, SoldPrice.price_vnd, func.count())
        .where(SoldPrice.sold_on.between(week.monday, week.sunday))
        .group_by(SoldPrice.kind, SoldPrice.commune_code, SoldPrice.price_vnd)
    )
    found: _Prices = defaultdict(list)
    for kind, place, price_vnd, times in session.execute(grouped):
        found[kind, place].append((price_vnd, times))
    return found


def _sellers(session: Session, week: Week) -> _Sellers:
    distinct = (
        select(SoldPrice.kind, SoldPrice.commune_code, SoldPrice.seller_id)
        .where(SoldPrice.sold_on.between(week.monday, week.sunday))
        .distinct()
    )
    found: _Sellers = defaultdict(set)
    for kind, place, seller_id in session.execute(distinct):
        found[kind, place].add(seller_id)
    return found


def _entries(session: Session, week: Week) -> dict[str, tuple[Entry, ...]]:
    query = select(MarketPrice).where(MarketPrice.seen_on.between(week.monday, week.sunday))
    newest = query.order_by(MarketPrice.seen_on.desc(), MarketPrice.created_ms.desc())
    found: dict[str, tuple[Entry, ...]] = {}
    for row in session.scalars(newest.limit(_MOST_ENTRIES)):
        found[row.kind] = (*found.get(row.kind, ()), _entry(row))
    return found


def _entry(row: MarketPrice) -> Entry:
    return Entry(
        id=row.id,
        kind=row.kind,
        commune=communes.name_of(row.commune_code) if row.commune_code else "",
        price_vnd=row.price_vnd,
        seen_on=row.seen_on,
        source=row.source,
        actor=row.actor,
    )
