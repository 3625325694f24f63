"""What must always be true of vouchers, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_COUNTED = """
SELECT * FROM (SELECT v.id, v.used, v.spent_vnd, v.over_uses, v.over_vnd,
    (SELECT COUNT(*) FROM voucher_uses u
        WHERE u.voucher_id = v.id AND u.returned_ms IS NULL) AS uses,
    (SELECT COALESCE(SUM(u.amount_vnd), 0) FROM voucher_uses u
        WHERE u.voucher_id = v.id AND u.returned_ms IS NULL) AS taken_vnd,
    (SELECT COUNT(*) FROM voucher_uses u
        WHERE u.voucher_id = v.id AND u.returned_ms IS NULL AND u.over) AS beyond,
    (SELECT COALESCE(SUM(u.amount_vnd), 0) FROM voucher_uses u
        WHERE u.voucher_id = v.id AND u.returned_ms IS NULL AND u.over) AS beyond_vnd
    FROM vouchers v) counted
WHERE used <> uses OR spent_vnd <> taken_vnd OR over_uses <> beyond OR over_vnd <> beyond_vnd
"""
_DISCOUNTS = """
SELECT o.code, o.discount_vnd, u.amount_vnd FROM orders o
LEFT JOIN voucher_uses u ON u.order_code = o.code
WHERE o.discount_vnd <> COALESCE(u.amount_vnd, 0)
    OR u.seller_id <> o.seller_id OR u.person_id <> o.person_id
"""
_SELLERS = """
SELECT u.order_code, v.code FROM voucher_uses u JOIN vouchers v ON v.id = u.voucher_id
WHERE (v.owner <> 'province' AND v.owner <> u.seller_id)
    OR (v.owner = 'province' AND NOT EXISTS (SELECT 1 FROM voucher_sellers s
        WHERE s.voucher_id = v.id AND s.seller_id = u.seller_id AND s.agreed_ms IS NOT NULL))
"""


@check("vouchers.counts_are_the_uses")
def counts_are_the_uses(session: Session) -> Iterable[str]:
    """What a voucher counts is what its standing uses come to."""
    return wrong_rows(session, _COUNTED)


@check("vouchers.discounts_are_the_uses")
def discounts_are_the_uses(session: Session) -> Iterable[str]:
    """An order's discount is its voucher's, and nothing else is taken off."""
    return wrong_rows(session, _DISCOUNTS)


@check("vouchers.sellers_take_them")
def sellers_take_them(session: Session) -> Iterable[str]:
    """A voucher is used with the seller that gave it, or that agreed to take it."""
    return wrong_rows(session, _SELLERS)
