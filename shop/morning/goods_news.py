"""Goods a manager should look at this morning: promised more than there is, or near the end of their days."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalog import shelves
from catalog.shelves import Goods
from core import clock

NEAR = timedelta(days=7)
_MOST = 8


@dataclass(frozen=True)
class NearItsEnd:
    """A lot that leaves the shelf within a week: what lies of it, in base units, and its last day."""

    lot_id: str
    code: str
    name: str
    base_unit: str
    quantity: int
    until: date
    days_left: int


@dataclass(frozen=True)
class GoodsNews:
    """Short goods, the shortest first, and lots near their end, the nearest first."""

    short: tuple[Goods, ...]
    ending: tuple[NearItsEnd, ...]


def of_seller(session: Session, seller_id: str) -> GoodsNews:
    """The news of one seller's stock; as many queries as the stock page."""
    goods = shelves.of_seller(session, seller_id)
    short = sorted((one for one in goods if one.short), key=lambda one: -one.short)
    ending = sorted((lot for one in goods for lot in _ending(one)), key=lambda lot: lot.until)
    return GoodsNews(tuple(short[:_MOST]), tuple(ending[:_MOST]))


def _ending(goods: Goods) -> list[NearItsEnd]:
    today = clock.today()
    return [
        NearItsEnd(
            lot_id=lot.id,
            code=lot.code,
            name=goods.name,
            base_unit=goods.base_unit,
            quantity=lot.quantity,
            until=lot.removes_on,
            days_left=(lot.removes_on - today).days,
        )
        for shelf in goods.shelves
        for lot in shelf.lots
        if lot.counts and lot.quantity and lot.removes_on and lot.removes_on <= today + NEAR
    ]
