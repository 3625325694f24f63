"""The queries behind `catalog.imports.book`: a handful for a whole file."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from catalog.models import (
    ImportRow,
    Listing,
    Lot,
    LotStock,
    Member,
    Plot,
    Product,
    ProductUnit,
    Stock,
)
from core.text import fold

_AT_ONCE = 500


@dataclass(frozen=True)
class KnownProduct:
    """A product of the seller; `factors` are its own units, `has_lots` whether it ever had goods."""

    id: str
    name: str
    base_unit: str
    kind: str
    story: str
    factors: Mapping[str, int]
    has_lots: bool


@dataclass(frozen=True)
class KnownMember:
    """A member of the seller's grower book; `left_on` is the first day they belong no more."""

    id: str
    name: str
    phone: str
    left_on: date | None


@dataclass(frozen=True)
class KnownLot:
    """A lot of the seller with what lies of it, base units by point."""

    id: str
    product_id: str
    code: str
    member_id: str | None
    harvested_on: date
    grade: str
    best_before: date | None
    lies: Mapping[str, int]

    @property
    def quantity(self) -> int:
        """What lies of it everywhere."""
        return sum(self.lies.values())


@dataclass(frozen=True)
class KnownStock:
    """What is on hand of a product at a point, and what of it is promised (base units)."""

    on_hand: int = 0
    promised: int = 0


def products_of(session: Session, seller_id: str) -> dict[str, KnownProduct]:
    """The seller's products by id, by name."""
    factors: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for unit in session.scalars(select(ProductUnit).where(ProductUnit.seller_id == seller_id)):
        factors[unit.product_id][unit.word] = unit.base_units
    with_lots = set(session.scalars(select(Lot.product_id).where(Lot.seller_id == seller_id)))
    query = select(Product).where(Product.seller_id == seller_id).order_by(Product.name, Product.id)
    return {
        row.id: KnownProduct(
            row.id,
            row.name,
            row.base_unit,
            row.kind,
            row.story,
            factors[row.id],
            row.id in with_lots,
        )
        for row in session.scalars(query.execution_options(populate_existing=True))
    }


def packs_of(session: Session, seller_id: str) -> dict[tuple[str, str, int], ListingFacts]:
    """Every listing of the seller by product, folded unit word and size; of equals the oldest on sale."""
    ids = session.scalars(
        select(Listing.id)
        .where(Listing.seller_id == seller_id)
        .order_by(Listing.created_ms.desc(), Listing.id.desc())
    ).all()
    found: dict[str, ListingFacts] = {}
    for part in parts_of(ids):
        found.update(listings.facts(session, part))
    ordered = sorted((found[one] for one in ids if one in found), key=lambda one: one.on_sale)
    return {(one.product_id, fold(one.unit_word), one.pack_size): one for one in ordered}


def members_of(session: Session, seller_id: str) -> tuple[KnownMember, ...]:
    """The seller's members, those who left too."""
    query = select(Member).where(Member.seller_id == seller_id)
    rows = session.scalars(query)
    return tuple(KnownMember(row.id, row.name, row.phone, row.left_on) for row in rows)


def plots_of(session: Session, seller_id: str) -> dict[tuple[str, str], str]:
    """Plots by member and folded name."""
    rows = session.scalars(select(Plot).where(Plot.seller_id == seller_id))
    return {(row.member_id, fold(row.name)): row.id for row in rows}


def lots_of(session: Session, seller_id: str, codes: Collection[str]) -> dict[str, KnownLot]:
    """Lots of these codes, by code in capitals."""
    found: list[Lot] = []
    for part in parts_of(codes):
        query = select(Lot).where(Lot.seller_id == seller_id, Lot.code.in_(part))
        found.extend(session.scalars(query.execution_options(populate_existing=True)))
    lies = lying_of(session, [lot.id for lot in found])
    return {
        lot.code.upper(): KnownLot(
            lot.id,
            lot.product_id,
            lot.code,
            lot.member_id,
            lot.harvested_on,
            lot.grade,
            lot.best_before,
            lies[lot.id],
        )
        for lot in found
    }


def lying_of(session: Session, lot_ids: Collection[str]) -> defaultdict[str, dict[str, int]]:
    """What lies of each lot, base units by point."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for part in parts_of(lot_ids):
        query = select(LotStock.lot_id, Stock.point_id, LotStock.quantity)
        joined = query.join(Stock, Stock.id == LotStock.stock_id).where(LotStock.lot_id.in_(part))
        for lot_id, point_id, quantity in session.execute(joined):
            found[lot_id][point_id] = quantity
    return found


def stock_of(session: Session, seller_id: str) -> dict[tuple[str, str], KnownStock]:
    """What is on hand and promised, by product and point."""
    query = select(
        Stock.product_id,
        Stock.point_id,
        func.sum(Stock.on_hand),
        func.sum(Stock.allocated + Stock.held),
    ).where(Stock.seller_id == seller_id)
    rows = session.execute(query.group_by(Stock.product_id, Stock.point_id))
    return {(product, point): KnownStock(on_hand, kept) for product, point, on_hand, kept in rows}


def store_stock(session: Session, seller_id: str) -> dict[str, int]:
    """What is on hand of each product in the store, base units."""
    query = select(Stock.product_id, Stock.on_hand)
    here = query.where(Stock.seller_id == seller_id, Stock.in_store)
    return {row.product_id: row.on_hand for row in session.execute(here)}


def parts_of(items: Collection[str]) -> list[list[str]]:
    """The items in lists short enough for one query."""
    listed = sorted(items)
    return [listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE)]


def written(session: Session, seller_id: str, digests: Collection[str]) -> dict[str, str]:
    """Which rows were written down before, with what came of them."""
    found: dict[str, str] = {}
    for part in parts_of(digests):
        query = select(ImportRow.digest, ImportRow.result).where(
            ImportRow.seller_id == seller_id, ImportRow.digest.in_(part)
        )
        found.update((row.digest, row.result) for row in session.execute(query))
    return found
