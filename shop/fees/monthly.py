"""Last month's invoices, made by the clock: some a round, judged by rows, so a missed round is made up."""

from collections import Counter

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from shop.fees import invoicing, months
from shop.fees.freezing import REVERSAL
from shop.fees.models import FeeEntry, FeeInvoice
from shop.fees.months import Month
from shop.tax.models import TaxEntry
from shop.tax.tax_rules import WITHHOLD

_AT_ONCE = 20


def issue_due(session: Session) -> None:
    """Invoice some twenty sellers that owe something for last month and have no invoice of it."""
    month = months.this_month().before
    for seller_id in _owing(session, month)[:_AT_ONCE]:
        invoicing.issue(session, seller_id, month)


def _owing(session: Session, month: Month) -> list[str]:
    signed = case((FeeEntry.kind == REVERSAL, -FeeEntry.amount_vnd), else_=FeeEntry.amount_vnd)
    fees = (
        select(FeeEntry.seller_id, func.sum(signed))
        .where(FeeEntry.invoice_id.is_(None), FeeEntry.at_ms < month.ends_ms)
        .group_by(FeeEntry.seller_id)
    )
    taxes = (
        select(TaxEntry.seller_id, func.sum(TaxEntry.vat_vnd + TaxEntry.pit_vnd))
        .where(TaxEntry.invoice_id.is_(None), TaxEntry.mode == WITHHOLD)
        .where(TaxEntry.at_ms < month.ends_ms)
        .group_by(TaxEntry.seller_id)
    )
    owed: Counter[str] = Counter()
    for seller_id, vnd in [*session.execute(fees), *session.execute(taxes)]:
        owed[seller_id] += int(vnd)
    issued = set(session.scalars(select(FeeInvoice.seller_id).where(FeeInvoice.month == month.key)))
    return sorted(seller for seller, vnd in owed.items() if vnd > 0 and seller not in issued)
