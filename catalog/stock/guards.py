"""The conditions on which stock is promised, each a named WHERE clause of one UPDATE.

They stand alone so that a race test can take one away and show that selling then goes wrong: a guard
without such a control proves nothing. Refuses to read anything: the database judges, at the write.
"""

from sqlalchemy import BindParameter, ColumnElement, and_, exists

from catalog.models import Allotment, LotStock, Stock, StockHold

Quantity = BindParameter[int]


def enough_available(quantity: Quantity) -> ColumnElement[bool]:
    """The stock row can promise `quantity` base units more (never true while the row is short)."""
    return Stock.on_hand - Stock.allocated - Stock.held >= quantity


def enough_granted(quantity: Quantity) -> ColumnElement[bool]:
    """The open allotment has `quantity` base units that nobody was promised."""
    return and_(Allotment.closed.is_(False), Allotment.granted - Allotment.used >= quantity)


def enough_free(quantity: Quantity) -> ColumnElement[bool]:
    """What lies of the lot there has `quantity` base units that are bound to no order."""
    return LotStock.quantity - LotStock.bound >= quantity


def nothing_expired(now_ms: BindParameter[int]) -> ColumnElement[bool]:
    """No hold inside the allotment has run out: if one has, it ends before anybody is served."""
    expired = exists().where(
        StockHold.allotment_id == Allotment.id,
        StockHold.state == "active",
        StockHold.until_ms <= now_ms,
    )
    return ~expired
