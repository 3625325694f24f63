"""The money of the last seven days, day by day. What the bank told and what a person attested stand apart."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from core import clock
from shop.models import Order

DAYS = 7


@dataclass(frozen=True)
class Day:
    """Orders secured on a business day, and the đồng that came for them: by bank, by a person's word.

    What is paid on delivery counts as an order; its money is not here yet.
    """

    day: date
    orders: int = 0
    bank_vnd: int = 0
    attested_vnd: int = 0

    @property
    def sum_vnd(self) -> int:
        return self.bank_vnd + self.attested_vnd


def of_seller(session: Session, seller_id: str) -> tuple[Day, ...]:
    """The last seven business days of one seller, today last, days without orders too."""
    first = clock.today() - timedelta(days=DAYS - 1)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return tuple(_day(session, seller_id, day) for day in days)


def _day(session: Session, seller_id: str, day: date) -> Day:
    begins_ms, ends_ms = (clock.midnight_ms(d) for d in (day, day + timedelta(days=1)))
    query = _sums().where(
        Order.seller_id == seller_id, Order.secured_ms >= begins_ms, Order.secured_ms < ends_ms
    )
    orders, bank_vnd, attested_vnd = session.execute(query).one()
    return Day(day, orders, int(bank_vnd), int(attested_vnd))


def _sums() -> Select[int, int, int]:
    bank = case(
        (Order.secured_by == "paid", Order.amount_vnd),
        (Order.secured_by == "deposit", Order.deposit_vnd),
        else_=0,
    )
    attested = case((Order.secured_by == "attested", Order.amount_vnd), else_=0)
    return select(
        func.count(),
        func.coalesce(func.sum(bank), 0),
        func.coalesce(func.sum(attested), 0),
    )
