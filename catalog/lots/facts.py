"""Lots as pages show them: what is written on each, where it lies, what it was made from, what happened.

Refuses to change anything and to show another seller's.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalog.models import (
    IntakeSlip,
    Lot,
    LotNote,
    LotParent,
    LotStock,
    Member,
    Plot,
    Product,
    Stock,
    StockPoint,
)
from core.errors import NotFound

MOST = 200


@dataclass(frozen=True)
class LyingFacts:
    """What lies of a lot at one point: base units, `bound` of them some order's already."""

    stock_id: str
    point_id: str
    point_kind: str
    point_name: str
    quantity: int
    bound: int


@dataclass(frozen=True)
class LotFacts:
    """A lot: its columns, the names behind its ids, and the places where it lies or once lay.

    `state` and `waits_for` as in `catalog.lots.rules`; quantities in `base_unit`s.
    """

    id: str
    seller_id: str
    product_id: str
    code: str
    origin: str
    state: str
    waits_for: str
    why: str
    member_id: str | None
    plot_id: str | None
    run_id: str | None
    harvested_on: date
    grade: str
    best_before: date | None
    removes_on: date | None
    sprayed_on: date | None
    interval_days: int
    clear_on: date | None
    notes: str
    created_by: str
    created_ms: int
    product_name: str
    base_unit: str
    member_name: str
    plot_name: str
    places: tuple[LyingFacts, ...]

    @property
    def lies(self) -> tuple[LyingFacts, ...]:
        """Where something lies of it."""
        return tuple(at for at in self.places if at.quantity)

    @property
    def quantity(self) -> int:
        """What lies of it everywhere."""
        return sum(at.quantity for at in self.lies)

    @property
    def bound(self) -> int:
        """What of it is some order's already."""
        return sum(at.bound for at in self.lies)


@dataclass(frozen=True)
class ParentFacts:
    """`used` base units of a lot went into another; `share` base units of that one are owed to it."""

    lot_id: str
    code: str
    product_name: str
    used: int
    share: int


@dataclass(frozen=True)
class NoteFacts:
    """One thing that happened to a lot: `what` is a word such as `recorded`, `blocked`, `recalled`."""

    what: str
    reason: str
    actor: str
    at_ms: int


@dataclass(frozen=True)
class SlipFacts:
    """The slip a member takes home: base units weighed in, numbered 1, 2, 3 … of the seller."""

    number: int
    lot_id: str
    lot_code: str
    member_id: str
    member_name: str
    product_name: str
    base_unit: str
    quantity: int
    harvested_on: date
    actor: str
    at_ms: int


_LOT_COLUMNS = [name for name in LotFacts.__dataclass_fields__ if hasattr(Lot, name)]


def of_seller(
    session: Session,
    seller_id: str,
    state: str | None = None,
    product_id: str | None = None,
    limit: int = MOST,
) -> tuple[LotFacts, ...]:
    """The seller's lots, the newest first, of one state or product if asked; four queries at most."""
    query = _lots(seller_id)
    if state is not None:
        query = query.where(Lot.state == state)
    if product_id is not None:
        query = query.where(Lot.product_id == product_id)
    return _read(session, query.order_by(Lot.created_ms.desc(), Lot.code.desc()).limit(limit))


def get(session: Session, seller_id: str, lot_id: str) -> LotFacts:
    """One lot of the seller.

    Raises:
        NotFound: unknown, or another seller's.
    """
    found = _read(session, _lots(seller_id).where(Lot.id == lot_id))
    if not found:
        raise NotFound()
    return found[0]


def by_ids(session: Session, seller_id: str, lot_ids: Collection[str]) -> dict[str, LotFacts]:
    """Those of these lots that are the seller's, by id."""
    found = _read(session, _lots(seller_id).where(Lot.id.in_(list(lot_ids))))
    return {lot.id: lot for lot in found}


def parents(session: Session, seller_id: str, lot_id: str) -> tuple[ParentFacts, ...]:
    """What a lot was made from, the largest part first."""
    return _ties(session, seller_id, lot_id, up=True)


def children(session: Session, seller_id: str, lot_id: str) -> tuple[ParentFacts, ...]:
    """What a lot went into, the largest part first; `share` is what of each child is owed to this one."""
    return _ties(session, seller_id, lot_id, up=False)


def notes(session: Session, seller_id: str, lot_id: str) -> tuple[NoteFacts, ...]:
    """What happened to a lot, the oldest first."""
    query = select(LotNote).where(LotNote.seller_id == seller_id, LotNote.lot_id == lot_id)
    found = session.scalars(query.order_by(LotNote.at_ms, LotNote.id))
    return tuple(NoteFacts(one.what, one.reason, one.actor, one.at_ms) for one in found)


def slip(session: Session, seller_id: str, lot_id: str) -> SlipFacts | None:
    """The intake slip of a lot; None if no member brought it."""
    query = (
        select(IntakeSlip, Lot, Member.name, Product.name, Product.base_unit)
        .join(Lot, Lot.id == IntakeSlip.lot_id)
        .join(Member, Member.id == IntakeSlip.member_id)
        .join(Product, Product.id == Lot.product_id)
        .where(IntakeSlip.seller_id == seller_id, IntakeSlip.lot_id == lot_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    found, lot, member_name, product_name, base_unit = row
    return SlipFacts(
        found.number,
        lot.id,
        lot.code,
        found.member_id,
        member_name,
        product_name,
        base_unit,
        found.quantity,
        lot.harvested_on,
        found.actor,
        found.at_ms,
    )


_Row = tuple[Lot, str, str, str | None, str | None]


def _lots(seller_id: str) -> Select[*_Row]:
    return (
        select(Lot, Product.name, Product.base_unit, Member.name, Plot.name)
        .join(Product, Product.id == Lot.product_id)
        .outerjoin(Member, Member.id == Lot.member_id)
        .outerjoin(Plot, Plot.id == Lot.plot_id)
        .where(Lot.seller_id == seller_id)
    )


def _read(session: Session, query: Select[*_Row]) -> tuple[LotFacts, ...]:
    rows = session.execute(query.execution_options(populate_existing=True)).all()
    places = _places(session, [row[0].id for row in rows])
    return tuple(_facts(row, places[row[0].id]) for row in rows)


def _facts(row: Sequence[object], places: list[LyingFacts]) -> LotFacts:
    lot, product_name, base_unit, member_name, plot_name = row
    columns = {name: getattr(lot, name) for name in _LOT_COLUMNS}
    return LotFacts(
        **columns,
        product_name=str(product_name),
        base_unit=str(base_unit),
        member_name=str(member_name or ""),
        plot_name=str(plot_name or ""),
        places=tuple(places),
    )


def _places(session: Session, lot_ids: Sequence[str]) -> defaultdict[str, list[LyingFacts]]:
    query = (
        select(LotStock, StockPoint)
        .join(Stock, Stock.id == LotStock.stock_id)
        .join(StockPoint, StockPoint.id == Stock.point_id)
        .where(LotStock.lot_id.in_(lot_ids))
        .order_by(StockPoint.kind != "store", StockPoint.name)
        .execution_options(populate_existing=True)
    )
    found: defaultdict[str, list[LyingFacts]] = defaultdict(list)
    for at, point in session.execute(query):
        found[at.lot_id].append(
            LyingFacts(at.stock_id, point.id, point.kind, point.name, at.quantity, at.bound)
        )
    return found


def _ties(session: Session, seller_id: str, lot_id: str, *, up: bool) -> tuple[ParentFacts, ...]:
    near, far = LotParent.child_id, LotParent.parent_id
    if not up:
        near, far = far, near
    query = (
        select(Lot.id, Lot.code, Product.name, LotParent.used, LotParent.share)
        .join(LotParent, far == Lot.id)
        .join(Product, Product.id == Lot.product_id)
        .where(near == lot_id, LotParent.seller_id == seller_id)
    )
    rows = session.execute(query.order_by(LotParent.used.desc(), Lot.code))
    return tuple(ParentFacts(*row) for row in rows)
