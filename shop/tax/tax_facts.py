"""A seller's taxes, read: by month, by order, the year's sum beside the threshold. Sums are the entries'."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.ledger import takings
from shop.fees.months import DAY_MS, SHIFT_MS, Month, of_day_number
from shop.tax import rating
from shop.tax.models import TaxEntry
from shop.tax.tax_rules import WITHHOLD, Tax, tax_of

_MOST_MONTHS = 36


@dataclass(frozen=True)
class MonthTax:
    """What a month comes to, and what of it was put on the platform's invoice (`withheld`)."""

    month: Month
    tax: Tax
    withheld: Tax


@dataclass(frozen=True)
class TaxLine:
    """One entry of an order, at `at_ms` (UTC ms), with its rate in basis points; negative: taken back."""

    order_code: str
    at_ms: int
    tax: Tax
    vat_basis_points: int
    pit_basis_points: int
    mode: str


@dataclass(frozen=True)
class Year:
    """Goods sold here in a year for `turnover_vnd`; up to `exempt_vnd` a year there is no tax (0: none).

    `by_hand_vnd` of it was sold by hand at the stall: the market enters no tax of it, the seller declares it.
    """

    year: int
    turnover_vnd: int
    exempt_vnd: int
    by_hand_vnd: int = 0

    @property
    def left_vnd(self) -> int:
        """What is left of the threshold."""
        return max(0, self.exempt_vnd - self.turnover_vnd)


def months(session: Session, seller_id: str) -> tuple[MonthTax, ...]:
    """The months with an entry, the newest first."""
    day = (TaxEntry.at_ms + SHIFT_MS) // DAY_MS
    sums = (func.sum(TaxEntry.turnover_vnd), func.sum(TaxEntry.vat_vnd), func.sum(TaxEntry.pit_vnd))
    query = select(day, TaxEntry.mode, *sums).where(TaxEntry.seller_id == seller_id)
    found: dict[Month, dict[bool, Tax]] = defaultdict(lambda: {True: Tax(), False: Tax()})
    for at, mode, turnover, vat, pit in session.execute(query.group_by(day, TaxEntry.mode)):
        of = found[of_day_number(int(at))]
        of[mode == WITHHOLD] += Tax(int(turnover), int(vat), int(pit))
    newest = sorted(found, reverse=True)[:_MOST_MONTHS]
    return tuple(
        MonthTax(month, found[month][True] + found[month][False], found[month][True])
        for month in newest
    )


def lines(
    session: Session, seller_id: str, month: Month, most: int | None = None
) -> tuple[TaxLine, ...]:
    """The month's entries, the first first; at most `most` of them (None: all)."""
    query = (
        select(TaxEntry)
        .where(
            TaxEntry.seller_id == seller_id,
            TaxEntry.at_ms >= month.begins_ms,
            TaxEntry.at_ms < month.ends_ms,
        )
        .order_by(TaxEntry.at_ms, TaxEntry.order_code, TaxEntry.number)
        .limit(most)
    )
    return tuple(
        TaxLine(
            row.order_code,
            row.at_ms,
            Tax(row.turnover_vnd, row.vat_vnd, row.pit_vnd),
            row.vat_basis_points,
            row.pit_basis_points,
            row.mode,
        )
        for row in session.scalars(query)
    )


def year(session: Session, seller_id: str, which: int) -> Year:
    """What was sold here in a year, by entries and by hand, and the threshold of the rate at its end."""
    begins_ms, ends_ms = Month(which, 1).begins_ms, Month(which + 1, 1).begins_ms
    query = select(func.sum(TaxEntry.turnover_vnd)).where(
        TaxEntry.seller_id == seller_id, TaxEntry.at_ms >= begins_ms, TaxEntry.at_ms < ends_ms
    )
    rate = rating.at(session, ends_ms - 1)
    by_hand_vnd = takings.sum_vnd(session, seller_id, begins_ms, ends_ms)
    sold_vnd = int(session.scalar(query) or 0) + by_hand_vnd
    return Year(which, sold_vnd, rate.exempt_vnd if rate else 0, by_hand_vnd)


def by_hand(session: Session, seller_id: str, month: Month) -> Tax:
    """What sales by hand at the stall brought in a month, and what the rate at its end makes of that."""
    vnd = takings.sum_vnd(session, seller_id, month.begins_ms, month.ends_ms)
    rate = rating.at(session, month.ends_ms - 1)
    return tax_of(rate, max(0, vnd)) if rate else Tax(max(0, vnd))
