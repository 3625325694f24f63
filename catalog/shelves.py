"""What lies on a seller's shelves: each product at each point, with the lots under it.

Refuses to change anything (`catalog.stock` does) and to count a coming harvest as goods.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import Lot, LotStock, Product, Stock
from catalog.stock import Level, PointFacts

_MOST_PRODUCTS = 500
_MOST_GONE = 60


@dataclass(frozen=True)
class LotHere:
    """What lies of one lot at one point, in base units; `bound` of it is some order's already."""

    id: str
    code: str
    state: str
    grade: str
    harvested_on: date
    removes_on: date | None
    quantity: int
    bound: int

    @property
    def counts(self) -> bool:
        """Whether it may be sold, so that it is part of what is on hand."""
        return self.state == "available"


@dataclass(frozen=True)
class Shelf:
    """One product at one point, in base units; holds that ran out count as free already."""

    stock_id: str
    point: PointFacts
    on_hand: int
    allocated: int
    held: int
    lots: tuple[LotHere, ...]

    @property
    def available(self) -> int:
        """What can still be promised here."""
        return max(0, self.on_hand - self.allocated - self.held)

    @property
    def short(self) -> int:
        """How much more is promised than there is."""
        return max(0, self.allocated + self.held - self.on_hand)

    @property
    def waiting(self) -> int:
        """What lies here and may not be sold: in quarantine, blocked, recalled."""
        return sum(lot.quantity for lot in self.lots if not lot.counts)


@dataclass(frozen=True)
class Goods:
    """One product with its shelves, the store's first; `base_unit` is g, ml or piece."""

    product_id: str
    name: str
    base_unit: str
    art: str
    shelves: tuple[Shelf, ...]

    @property
    def on_hand(self) -> int:
        """All that may be sold, wherever it lies."""
        return sum(shelf.on_hand for shelf in self.shelves)

    @property
    def available(self) -> int:
        """All that can still be promised, wherever it lies."""
        return sum(shelf.available for shelf in self.shelves)

    @property
    def allocated(self) -> int:
        """All that is some paid order's."""
        return sum(shelf.allocated for shelf in self.shelves)

    @property
    def held(self) -> int:
        """All that is kept for somebody who has not paid yet, or for a live sale."""
        return sum(shelf.held for shelf in self.shelves)

    @property
    def waiting(self) -> int:
        """All that lies somewhere and may not be sold."""
        return sum(shelf.waiting for shelf in self.shelves)

    @property
    def short(self) -> int:
        """By how much promises exceed the goods, over all points."""
        return sum(shelf.short for shelf in self.shelves)


def of_seller(session: Session, seller_id: str, point_id: str | None = None) -> tuple[Goods, ...]:
    """Every product of the seller by name with what lies at its points (at one point, if named).

    A product with nothing anywhere has no shelves. Six queries, whatever the number; at most 500 products.
    """
    products = session.scalars(
        select(Product)
        .where(Product.seller_id == seller_id)
        .order_by(Product.name, Product.id)
        .limit(_MOST_PRODUCTS)
    ).all()
    points = {point.id: point for point in stock.points_of(session, seller_id)}
    wanted = (
        points if point_id is None else {point_id: points[point_id]} if point_id in points else {}
    )
    levels = stock.levels(session, [product.id for product in products])
    shelves = _shelves(session, seller_id, wanted, levels)
    return tuple(
        Goods(one.id, one.name, one.base_unit, one.art, tuple(shelves[one.id])) for one in products
    )


def gone_from(session: Session, seller_id: str, point: PointFacts) -> tuple[Goods, ...]:
    """The lots that lay at a point and of which the book says nothing is left there, by their product.

    Goods of them may be found all the same. The 60 harvested last; closed lots are not among them, for
    nothing is laid to those.
    """
    query = (
        select(LotStock, Lot, Product)
        .join(Lot, Lot.id == LotStock.lot_id)
        .join(Stock, Stock.id == LotStock.stock_id)
        .join(Product, Product.id == Stock.product_id)
        .where(Stock.point_id == point.id, Stock.seller_id == seller_id)
        .where(LotStock.quantity == 0, Lot.state != "spent")
        .order_by(Lot.harvested_on.desc(), Lot.id)
    )
    lots: defaultdict[str, list[LotHere]] = defaultdict(list)
    rows, products = {}, {}
    for here, lot, product in session.execute(query.limit(_MOST_GONE)):
        lots[product.id].append(_here(here, lot))
        rows[product.id], products[product.id] = here.stock_id, product
    return tuple(
        Goods(
            one.id,
            one.name,
            one.base_unit,
            one.art,
            (Shelf(rows[one.id], point, 0, 0, 0, tuple(lots[one.id])),),
        )
        for one in sorted(products.values(), key=lambda one: (one.name, one.id))
    )


def _shelves(
    session: Session, seller_id: str, points: dict[str, PointFacts], levels: dict[str, Level]
) -> defaultdict[str, list[Shelf]]:
    query = select(Stock).where(Stock.seller_id == seller_id, Stock.point_id.in_(points))
    rows = session.scalars(query).all()
    lots = _lots(session, [row.id for row in rows])
    found: defaultdict[str, list[Shelf]] = defaultdict(list)
    places = list(points)
    for row in sorted(rows, key=lambda row: places.index(row.point_id)):
        known = levels.get(row.product_id) if row.in_store else None
        held = known.held if known else row.held
        here = tuple(lots[row.id])
        if here or row.on_hand or row.allocated or held:
            point = points[row.point_id]
            found[row.product_id].append(
                Shelf(row.id, point, row.on_hand, row.allocated, held, here)
            )
    return found


def _lots(session: Session, stock_ids: Iterable[str]) -> defaultdict[str, list[LotHere]]:
    """The lots that lie at each stock row, the one to be sold first before the others."""
    query = (
        select(LotStock, Lot)
        .join(Lot, Lot.id == LotStock.lot_id)
        .where(LotStock.stock_id.in_(list(stock_ids)), LotStock.quantity > 0)
    )
    found: defaultdict[str, list[LotHere]] = defaultdict(list)
    for here, lot in sorted(session.execute(query), key=lambda pair: _turn(pair[1])):
        found[here.stock_id].append(_here(here, lot))
    return found


def _here(here: LotStock, lot: Lot) -> LotHere:
    return LotHere(
        id=lot.id,
        code=lot.code,
        state=lot.state,
        grade=lot.grade,
        harvested_on=lot.harvested_on,
        removes_on=lot.removes_on,
        quantity=here.quantity,
        bound=here.bound,
    )


def _turn(lot: Lot) -> tuple[date, date, str]:
    return lot.removes_on or date.max, lot.harvested_on, lot.id
