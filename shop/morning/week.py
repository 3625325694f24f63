"""The money of the last seven days, day by day. What the bank told and what a person attested stand apart."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core import clock
from shop.models import Order

DAYS = 7
_DAY_MS = 86_400_000
_BANK_VND = case(
    (Order.secured_by == "paid", Order.amount_vnd),
    (Order.secured_by == "deposit", Order.deposit_vnd),
    else_=0,
)
_ATTESTED_VND = case((Order.secured_by == "attested", Order.amount_vnd), else_=0)


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
    """The last seven business days of one seller, today last, days without orders too; one query."""
    first = clock.today() - timedelta(days=DAYS - 1)
    found = {day.day: day for day in _with_orders(session, seller_id, first)}
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return tuple(found.get(day, Day(day)) for day in days)


def _with_orders(session: Session, seller_id: str, first: date) -> list[Day]:
    """The days from `first` on that had orders. Vietnam's days are all as long: no summer time."""
    begins_ms = clock.midnight_ms(first)
    number = ((Order.secured_ms - begins_ms) // _DAY_MS).label("number")
    query = (
        select(number, func.count(), func.sum(_BANK_VND), func.sum(_ATTESTED_VND))
        .where(Order.seller_id == seller_id, Order.secured_ms >= begins_ms)
        .where(Order.secured_ms < begins_ms + DAYS * _DAY_MS)
        .group_by(number)
    )
    return [
        Day(first + timedelta(days=int(day)), orders, int(bank_vnd), int(attested_vnd))
        for day, orders, bank_vnd, attested_vnd in session.execute(query)
    ]
