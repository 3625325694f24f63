"""How much there is, as it stands now: read without locks, with what has run out already counted free."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from catalog.stock.ending import ALLOTMENTS, HOLDS
from catalog.stock.rows import STOCK
from core import clock


@dataclass(frozen=True)
class Level:
    """The stock of one product in base units.

    `available` is what the shop can promise, `allotted_free` what only live sales can. Holds that ran
    out count as free already, though nobody has ended them yet.
    """

    on_hand: int
    allocated: int
    held: int
    available: int
    allotted_free: int

    @property
    def short(self) -> int:
        """How much more is promised than there is (after a recount); 0 is the rule."""
        return max(0, self.allocated + self.held - self.on_hand)


_NONE = Level(0, 0, 0, 0, 0)


def levels(session: Session, product_ids: Collection[str]) -> dict[str, Level]:
    """The level of each product in its seller's store, in one query; zeros for one that never had stock."""
    of_products = (STOCK.c.product_id.in_(list(product_ids)), STOCK.c.in_store)
    return dict.fromkeys(product_ids, _NONE) | _levels(session, STOCK.c.product_id, *of_products)


def levels_ahead(session: Session, forecast_ids: Collection[str]) -> dict[str, Level]:
    """The level of each harvest sold ahead by its forecast's id; `on_hand` is its cap."""
    of_forecasts = (STOCK.c.point_id.in_(list(forecast_ids)), ~STOCK.c.in_store)
    return dict.fromkeys(forecast_ids, _NONE) | _levels(session, STOCK.c.point_id, *of_forecasts)


def _levels(
    session: Session, key: ColumnElement[str], *where: ColumnElement[bool]
) -> dict[str, Level]:
    query = select(
        key,
        STOCK.c.on_hand,
        STOCK.c.allocated,
        STOCK.c.held - _expired_of_shop(),
        _free_in_allotments() + _expired_in_allotments(),
    ).where(*where)
    found: dict[str, Level] = {}
    for name, on_hand, allocated, held, free in session.execute(query, {"now": clock.now_ms()}):
        available = max(0, on_hand - allocated - held)
        found[name] = Level(on_hand, allocated, held, available, free)
    return found


def allotment_left(session: Session, allotment_ids: Collection[str]) -> dict[str, int]:
    """The base units each allotment can still promise; 0 for a closed one, absent if unknown."""
    rows = session.execute(_allotments(), {"ids": list(allotment_ids), "now": clock.now_ms()})
    return {allotment_id: 0 if closed else left for allotment_id, closed, left in rows}


@cache
def _allotments() -> Select[str, bool, int]:
    """Built once: every claim asks this."""
    expired = _sum_of_expired(HOLDS.c.allotment_id == ALLOTMENTS.c.id)
    left = ALLOTMENTS.c.granted - ALLOTMENTS.c.used + expired
    asked = ALLOTMENTS.c.id.in_(bindparam("ids", expanding=True))
    return select(ALLOTMENTS.c.id, ALLOTMENTS.c.closed, left).where(asked)


def _expired_of_shop() -> ScalarSelect[int]:
    of_closed = select(ALLOTMENTS.c.id).where(
        ALLOTMENTS.c.stock_id == STOCK.c.id, ALLOTMENTS.c.closed
    )
    return _sum_of_expired(
        HOLDS.c.stock_id == STOCK.c.id,
        or_(HOLDS.c.allotment_id.is_(None), HOLDS.c.allotment_id.in_(of_closed)),
    )


def _expired_in_allotments() -> ScalarSelect[int]:
    of_open = select(ALLOTMENTS.c.id).where(
        ALLOTMENTS.c.stock_id == STOCK.c.id, ~ALLOTMENTS.c.closed
    )
    return _sum_of_expired(HOLDS.c.stock_id == STOCK.c.id, HOLDS.c.allotment_id.in_(of_open))


def _sum_of_expired(*where: ColumnElement[bool]) -> ScalarSelect[int]:
    now: BindParameter[int] = bindparam("now")
    expired = and_(HOLDS.c.state == "active", HOLDS.c.until_ms <= now, *where)
    return select(func.coalesce(func.sum(HOLDS.c.quantity), 0)).where(expired).scalar_subquery()


def _free_in_allotments() -> ScalarSelect[int]:
    free = func.coalesce(func.sum(ALLOTMENTS.c.granted - ALLOTMENTS.c.used), 0)
    in_open = (ALLOTMENTS.c.stock_id == STOCK.c.id, ~ALLOTMENTS.c.closed)
    return select(free).where(*in_open).scalar_subquery()
