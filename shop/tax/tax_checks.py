"""What must always be true of household tax, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows
from shop.tax.tax_rules import Tax, TaxRate, tax_of

_SUMS = """
SELECT order_code, SUM(turnover_vnd) AS turnover_vnd, SUM(vat_vnd) AS vat_vnd, SUM(pit_vnd) AS pit_vnd,
    MIN(vat_basis_points) AS vat_low, MAX(vat_basis_points) AS vat_high,
    MIN(pit_basis_points) AS pit_low, MAX(pit_basis_points) AS pit_high,
    MIN(mode) AS a_mode, MAX(mode) AS other_mode
FROM tax_entries GROUP BY order_code
"""
_SELLERS = """
SELECT t.id, t.order_code FROM tax_entries t JOIN orders o ON o.code = t.order_code
WHERE t.seller_id <> o.seller_id
"""


@check("tax.entries_come_to_the_rate")
def entries_come_to_the_rate(session: Session) -> Iterable[str]:
    """All entries of an order have one rate and one mode, and come to the tax of what is left of it."""
    for row in session.execute(text(_SUMS)):
        entered = Tax(int(row.turnover_vnd), int(row.vat_vnd), int(row.pit_vnd))
        rate = TaxRate(0, row.vat_high, row.pit_high, 0, "")
        one = row.vat_low == row.vat_high and row.pit_low == row.pit_high
        whole = one and row.a_mode == row.other_mode and entered.turnover_vnd >= 0
        if not whole or tax_of(rate, entered.turnover_vnd) != entered:
            yield f"order {row.order_code}: entries do not come to its tax"


@check("tax.entries_are_their_sellers")
def entries_are_their_sellers(session: Session) -> Iterable[str]:
    """An entry is of the seller of its order."""
    return wrong_rows(session, _SELLERS)
