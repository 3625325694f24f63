"""A seller's platform fees, read: by month and by order. Sums are the entries'."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shop.fees.fee_rules import Rule
from shop.fees.freezing import REVERSAL
from shop.fees.models import FeeEntry, OrderFee
from shop.fees.months import DAY_MS, SHIFT_MS, Month, of_day_number

_MOST_MONTHS = 36


@dataclass(frozen=True)
class Fees:
    """Fees in đồng, and what of fees went back."""

    taken_vnd: int = 0
    back_vnd: int = 0

    @property
    def due_vnd(self) -> int:
        """What is left; less than nothing where more of earlier months went back."""
        return self.taken_vnd - self.back_vnd


@dataclass(frozen=True)
class MonthFees:
    """What a month comes to."""

    month: Month
    fees: Fees


@dataclass(frozen=True)
class FeeLine:
    """One entry of an order: its fee of goods for `goods_vnd`, or (`is_back`) what of it went back."""

    order_code: str
    at_ms: int
    goods_vnd: int
    amount_vnd: int
    is_back: bool


def months(session: Session, seller_id: str) -> tuple[MonthFees, ...]:
    """The months with an entry, the newest first."""
    day = (FeeEntry.at_ms + SHIFT_MS) // DAY_MS
    query = select(day, FeeEntry.kind, func.sum(FeeEntry.amount_vnd))
    found: dict[Month, dict[bool, int]] = defaultdict(lambda: {True: 0, False: 0})
    mine = query.where(FeeEntry.seller_id == seller_id).group_by(day, FeeEntry.kind)
    for at, kind, vnd in session.execute(mine):
        found[of_day_number(int(at))][kind == REVERSAL] += int(vnd)
    newest = sorted(found, reverse=True)[:_MOST_MONTHS]
    return tuple(MonthFees(one, Fees(found[one][False], found[one][True])) for one in newest)


def lines(
    session: Session, seller_id: str, month: Month, most: int | None = None
) -> tuple[FeeLine, ...]:
    """The month's entries, the first first; at most `most` of them (None: all)."""
    return _lines(
        session,
        (FeeEntry.seller_id == seller_id)
        & (FeeEntry.at_ms >= month.begins_ms)
        & (FeeEntry.at_ms < month.ends_ms),
        most,
    )


def of_invoice(session: Session, invoice_id: str) -> tuple[FeeLine, ...]:
    """The entries an invoice is for, the first first."""
    return _lines(session, FeeEntry.invoice_id == invoice_id, None)


def fits_seller(rule: Rule, seller_id: str) -> bool:
    """Whether the rule may be for this seller's orders."""
    return rule.seller_id in ("", seller_id)


def _lines(session: Session, wanted: ColumnElement[bool], most: int | None) -> tuple[FeeLine, ...]:
    query = (
        select(FeeEntry, OrderFee.base_vnd)
        .join(OrderFee, OrderFee.order_code == FeeEntry.order_code)
        .where(wanted)
        .order_by(FeeEntry.at_ms, FeeEntry.order_code, FeeEntry.number)
        .limit(most)
    )
    return tuple(
        FeeLine(row.order_code, row.at_ms, base_vnd, row.amount_vnd, row.kind == REVERSAL)
        for row, base_vnd in session.execute(query)
    )
