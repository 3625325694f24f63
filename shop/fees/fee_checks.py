"""What must always be true of platform fees, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows
from shop.fees.fee_rules import Rate, fee_vnd

_PARTS = """
SELECT order_code, rule_id, basis_points, fixed_vnd, least_vnd, most_vnd, base_vnd, fee_vnd
FROM order_fee_parts
"""
_FROZEN = """
SELECT * FROM (SELECT f.order_code, f.base_vnd, f.fee_vnd, f.seller_id, o.seller_id AS sold_by,
    (SELECT COALESCE(SUM(p.base_vnd), 0) FROM order_fee_parts p
        WHERE p.order_code = f.order_code) AS bases_vnd,
    (SELECT COALESCE(SUM(p.fee_vnd), 0) FROM order_fee_parts p
        WHERE p.order_code = f.order_code) AS fees_vnd,
    (SELECT COUNT(*) FROM order_fee_parts p WHERE p.order_code = f.order_code
        AND p.seller_id <> f.seller_id) AS strangers
    FROM order_fees f JOIN orders o ON o.code = f.order_code) frozen
WHERE base_vnd <> bases_vnd OR fee_vnd <> fees_vnd OR seller_id <> sold_by OR strangers > 0
"""
_ENTRIES = """
SELECT * FROM (SELECT f.order_code, f.fee_vnd,
    (SELECT COALESCE(SUM(e.amount_vnd), 0) FROM fee_entries e
        WHERE e.order_code = f.order_code AND e.kind = 'fee') AS entered_vnd,
    (SELECT COALESCE(SUM(e.amount_vnd), 0) FROM fee_entries e
        WHERE e.order_code = f.order_code AND e.kind = 'reversal') AS reversed_vnd,
    (SELECT COALESCE(SUM(e.amount_vnd), 0) FROM fee_entries e
        WHERE e.order_code = f.order_code AND e.kind = 'again') AS again_vnd,
    (SELECT COUNT(*) FROM fee_entries e
        WHERE e.order_code = f.order_code AND e.seller_id <> f.seller_id) AS strangers
    FROM order_fees f) entered
WHERE entered_vnd <> fee_vnd OR reversed_vnd - again_vnd > fee_vnd OR again_vnd > reversed_vnd
    OR strangers > 0
"""
_INVOICES = """
SELECT * FROM (SELECT i.id, i.number, i.fees_vnd, i.reversed_vnd, i.tax_vnd,
    (SELECT COALESCE(SUM(e.amount_vnd), 0) FROM fee_entries e
        WHERE e.invoice_id = i.id AND e.kind <> 'reversal') AS entered_vnd,
    (SELECT COALESCE(SUM(e.amount_vnd), 0) FROM fee_entries e
        WHERE e.invoice_id = i.id AND e.kind = 'reversal') AS back_vnd,
    (SELECT COALESCE(SUM(t.vat_vnd + t.pit_vnd), 0) FROM tax_entries t
        WHERE t.invoice_id = i.id) AS withheld_vnd,
    (SELECT COUNT(*) FROM fee_entries e WHERE e.invoice_id = i.id AND e.seller_id <> i.seller_id)
    + (SELECT COUNT(*) FROM tax_entries t WHERE t.invoice_id = i.id
        AND (t.seller_id <> i.seller_id OR t.mode <> 'withhold')) AS strangers
    FROM fee_invoices i) billed
WHERE fees_vnd <> entered_vnd OR reversed_vnd <> back_vnd OR tax_vnd <> withheld_vnd OR strangers > 0
"""
_NUMBERS = """
SELECT * FROM (SELECT f.last_number, (SELECT COUNT(*) FROM fee_invoices) AS invoices,
    (SELECT COALESCE(MAX(number), 0) FROM fee_invoices) AS highest FROM fee_office f) series
WHERE last_number <> invoices OR last_number <> highest
"""


@check("fees.each_is_what_its_rule_says")
def each_is_what_its_rule_says(session: Session) -> Iterable[str]:
    """A frozen fee is what its frozen rate makes of its goods."""
    for row in session.execute(text(_PARTS)):
        rate = Rate(row.basis_points, row.fixed_vnd, row.least_vnd, row.most_vnd)
        if fee_vnd(rate, row.base_vnd) != row.fee_vnd:
            yield f"order {row.order_code}: {row.fee_vnd} is not what rule {row.rule_id} says"
    yield from wrong_rows(session, _FROZEN)


@check("fees.no_more_goes_back_than_was_taken")
def no_more_goes_back_than_was_taken(session: Session) -> Iterable[str]:
    """What is entered of an order is its frozen fee, and no more than that is reversed."""
    return wrong_rows(session, _ENTRIES)


@check("fees.invoices_are_their_entries")
def invoices_are_their_entries(session: Session) -> Iterable[str]:
    """An invoice comes to its own entries, all of its seller; numbers have no gaps."""
    yield from wrong_rows(session, _INVOICES)
    yield from wrong_rows(session, _NUMBERS)
