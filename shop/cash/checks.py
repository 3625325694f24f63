"""What must always be true of purses, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_EXPECTED = """
SELECT * FROM (SELECT p.id, p.expected_vnd,
    p.float_vnd
    + (SELECT COALESCE(SUM(CASE kind WHEN 'in' THEN amount_vnd ELSE -amount_vnd END), 0)
        FROM purse_moves m WHERE m.purse_id = p.id)
    + (SELECT COALESCE(SUM(amount_vnd), 0) FROM cash_lines c WHERE c.seller_id = p.seller_id
        AND c.actor = p.keeper AND c.at_ms >= p.since_ms AND c.at_ms < p.closed_ms) AS written_vnd
    FROM purses p WHERE p.closed_ms IS NOT NULL) sums
WHERE expected_vnd <> written_vnd
"""
_SELLERS = """
SELECT m.id, m.seller_id, p.seller_id AS purse_of
FROM purse_moves m JOIN purses p ON p.id = m.purse_id WHERE m.seller_id <> p.seller_id
"""
_REMITTED = """
SELECT * FROM (SELECT r.id, r.cod_vnd, r.fee_vnd, r.amount_vnd, b.amount_vnd AS came_vnd,
    (SELECT COALESCE(SUM(cod_vnd), 0) FROM remittance_lines l WHERE l.remittance_id = r.id) AS lines_vnd,
    (SELECT COALESCE(SUM(fee_vnd), 0) FROM remittance_lines l WHERE l.remittance_id = r.id) AS fees_vnd
    FROM remittances r JOIN bank_lines b ON b.id = r.bank_line_id) sums
WHERE cod_vnd <> lines_vnd OR fee_vnd <> fees_vnd OR amount_vnd <> came_vnd
"""


@check("cash.counted_against_what_was_written")
def counted_against_what_was_written(session: Session) -> Iterable[str]:
    """What a counted purse was expected to hold is its change, its moves and the cash taken meanwhile."""
    return wrong_rows(session, _EXPECTED)


@check("cash.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    """What went into a purse by hand belongs to the purse's seller."""
    return wrong_rows(session, _SELLERS)


@check("cash.lists_add_up")
def lists_add_up(session: Session) -> Iterable[str]:
    """A carrier's list is the sum of its lines, and came to the đồng by the line of the bank it names."""
    return wrong_rows(session, _REMITTED)
