"""How much of a coming harvest may be ordered at most, raised and lowered while it is open.

Refuses to go below what people have been promised: who gets less is for the harvest to say, by the rule
they read before they ordered (`scale_back` ◦), not for the hand that moves the cap.
"""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.forecasts import OPEN, TOO_MUCH, CapBelowPack, ForecastOver
from catalog.models import Forecast, Listing, Stock, StockHold
from core import clock
from core.db import owned
from core.errors import N_, DomainError
from core.quantity import BadQuantity


class CapBelowPromised(DomainError):
    """The cap would be lower than what is promised; `promised` base units."""

    code = "cap_below_promised"
    status = 409
    message = N_("Khách đã đặt nhiều hơn số này rồi. Mức mới phải từ số đã đặt trở lên.")


@dataclass(frozen=True)
class PromisedAhead:
    """What people have been promised of a coming harvest: so much (base units) to so many holders."""

    paid: int
    paid_holders: int
    waiting: int
    waiting_holders: int


def promised(session: Session, forecast_id: str) -> PromisedAhead:
    """What is promised of a harvest sold ahead now, paid and not yet paid; one query."""
    is_paid = StockHold.state == "allocated"
    counts = (StockHold.state == "active") & (StockHold.until_ms > clock.now_ms())
    columns = [
        column
        for which in (is_paid, counts)
        for column in (
            func.coalesce(func.sum(case((which, StockHold.quantity), else_=0)), 0),
            func.count(case((which, StockHold.holder)).distinct()),
        )
    ]
    query = select(*columns).join(Stock, Stock.id == StockHold.stock_id)
    row = session.execute(query.where(Stock.point_id == forecast_id)).one()
    return PromisedAhead(*(int(value) for value in row))


def change_cap(session: Session, seller_id: str, forecast_id: str, cap: int, actor: str) -> None:
    """Let up to `cap` base units of an open harvest be ordered from now on.

    Raises:
        NotFound: it is not this seller's. ForecastOver: it was settled. BadQuantity: no cap, or beyond
            all barns. CapBelowPack: not even one pack could be ordered.
        CapBelowPromised: more than that is promised already; nothing changed.
    """
    if not 0 < cap <= TOO_MUCH:
        raise BadQuantity()
    row = owned(session, Forecast, forecast_id, seller_id)
    ahead = stock.locked_ahead(session, forecast_id)
    session.refresh(row)  # as it is under the lock
    if row.state != OPEN:
        raise ForecastOver()
    if cap < _smallest_pack(session, forecast_id):
        raise CapBelowPack()
    taken = sum(hold.quantity for hold in ahead.holds)
    if cap < taken:
        raise CapBelowPromised(promised=taken)
    stock.recap_ahead(session, ahead, cap, actor)
    row.cap = cap
    session.flush()


def _smallest_pack(session: Session, forecast_id: str) -> int:
    query = select(func.min(Listing.pack_size)).where(Listing.forecast_id == forecast_id)
    return session.scalar(query) or 1
