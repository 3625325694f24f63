"""The questions themselves, in SQL both databases answer alike from their indexes.

Each reads a bounded window: the newest that fit, or the cheapest. What changes by the minute (stock, papers
in force, what is live) is looked up where it is kept, for the rows the index found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    table,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session, aliased

from catalog import live_now
from catalog.models import Certificate, ComboPart, Listing, SearchRow, Stock
from catalog.search import words
from catalog.search.asking import Asked, Word, as_fts5, as_tsquery
from catalog.search.ranking import Candidate
from catalog.search.wanted import Wanted
from core import clock

WINDOW = 240
"""How many listings are ranked together: ten pages, whatever the size of the market."""

_FTS5 = table("search_words", column("rowid", Integer), column("search_words"))
_TSVECTOR = column("search_words", TSVECTOR, _selectable=SearchRow.__table__)


@dataclass(frozen=True)
class Priced:
    """A listing at its place among prices: by the kilo or litre first, then what is counted."""

    counted: bool
    per_vnd: int
    number: int
    listing_id: str


def newest(session: Session, asked: Asked, wanted: Wanted, top: int) -> list[Candidate]:
    """The newest that fit, at most `WINDOW`, none newer than `top` (0: from the newest on)."""
    number = _number(session, asked)
    query = _fitting(session, asked, wanted, with_listings=True).with_only_columns(
        number, SearchRow.listing_id, SearchRow.name_folded, _in_stock()
    )
    if top:
        query = query.where(number <= top)
    rows = session.execute(query.order_by(number.desc()).limit(WINDOW))
    return [Candidate(number, listing, name, bool(left)) for number, listing, name, left in rows]


def cheapest(
    session: Session, asked: Asked, wanted: Wanted, after: Priced | None, limit: int
) -> list[Priced]:
    """The cheapest by the kilo or litre that fit, then what is counted; those behind `after`."""
    place = (SearchRow.counted, SearchRow.per_vnd, SearchRow.number)
    query = _fitting(session, asked, wanted).with_only_columns(*place, SearchRow.listing_id)
    if after:
        behind = (literal(after.counted), literal(after.per_vnd), literal(after.number))
        query = query.where(tuple_(*place) > tuple_(*behind))
    return [Priced(*row) for row in session.execute(query.order_by(*place).limit(limit))]


def count(session: Session, asked: Asked, wanted: Wanted) -> int:
    """How many fit, counted up to one more than `WINDOW`."""
    number = _number(session, asked)
    fitting = _fitting(session, asked, wanted).with_only_columns(number)
    some = fitting.order_by(number.desc()).limit(WINDOW + 1)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def required(wanted: Wanted) -> tuple[Word, ...]:
    """The tokens that a listing must have for the filters' sake."""
    now = str(clock.today().month) if wanted.in_season else ""
    month = str(wanted.month or "")
    places = (("k", wanted.kind), ("c", wanted.commune), ("s", wanted.seller))
    asked = (*places, ("m", now), ("m", month if month != now else ""))
    return tuple(Word((words.filter_token(name, value),)) for name, value in asked if value)


def _number(session: Session, asked: Asked) -> ColumnElement[int]:
    """By which to sort: FTS5 hands its rows out newest first, if it is asked by its own name for them."""
    if not asked.words or _on_postgres(session):
        return SearchRow.number.expression
    return _FTS5.c.rowid


def _on_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _fitting(
    session: Session, asked: Asked, wanted: Wanted, *, with_listings: bool = False
) -> Select[int]:
    query = select(SearchRow.number).where(SearchRow.on_sale, *_also(session, wanted))
    if with_listings or wanted.in_stock:
        query = query.join(Listing, Listing.id == SearchRow.listing_id)
    if not asked.words:
        return query
    if _on_postgres(session):
        return query.where(_TSVECTOR.op("@@")(cast(as_tsquery(asked), TSQUERY)))
    return query.join(_FTS5, _FTS5.c.rowid == SearchRow.number).where(
        _FTS5.c.search_words.op("MATCH")(as_fts5(asked))
    )


def _also(session: Session, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    """What must hold besides the words and tokens of the index."""
    found: list[ColumnElement[bool]] = []
    if wanted.per_from_vnd is not None or wanted.per_to_vnd is not None:
        found.append(~SearchRow.counted)
    if wanted.per_from_vnd is not None:
        found.append(SearchRow.per_vnd >= wanted.per_from_vnd)
    if wanted.per_to_vnd is not None:
        found.append(SearchRow.per_vnd <= wanted.per_to_vnd)
    if wanted.paper:
        found.append(_has_paper(wanted.paper, wanted.stars))
    if wanted.in_stock:
        found.append(_in_stock())
    if wanted.live:
        found.append(SearchRow.listing_id.in_(list(live_now.rooms(session))))
    return found


def _has_paper(kind: str, stars: int) -> ColumnElement[bool]:
    """The product has such a certificate (with so many stars, 0: any) in force today, or its seller has
    one for everything."""
    today = literal(clock.today())
    of_all = and_(Certificate.product_id.is_(None), Certificate.seller_id == SearchRow.seller_id)
    return exists().where(
        Certificate.kind == kind,
        *([Certificate.stars == stars] if stars else []),
        Certificate.member_id.is_(None),
        Certificate.valid_from <= today,
        or_(Certificate.valid_until.is_(None), Certificate.valid_until >= today),
        or_(Certificate.withdrawn_on.is_(None), Certificate.withdrawn_on > today),
        or_(Certificate.product_id == SearchRow.product_id, of_all),
    )


def _in_stock() -> ColumnElement[bool]:
    """Whether the shop could promise one pack; a combo needs all its parts."""
    part, store = aliased(Listing), aliased(Stock)
    free = func.coalesce(store.on_hand - store.allocated - store.held, 0)
    short_of_a_part = (
        exists()
        .where(ComboPart.combo_id == Listing.id, part.id == ComboPart.listing_id)
        .where(
            ~exists().where(
                store.product_id == part.product_id,
                store.in_store,
                free >= part.pack_size * ComboPart.packs,
            )
        )
    )
    shelf = or_(
        and_(Listing.forecast_id.is_(None), Stock.in_store), Stock.point_id == Listing.forecast_id
    )
    alone = exists().where(
        Stock.product_id == Listing.product_id,
        shelf,
        Stock.on_hand - Stock.allocated - Stock.held >= Listing.pack_size,
    )
    return case((Listing.is_combo, ~short_of_a_part), else_=alone)
