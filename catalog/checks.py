"""What must always be true of the catalogue's rows, as queries for `flask fsck`.

Each query finds the rows that are wrong; nothing is repaired here.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_COLUMNS = """
SELECT s.id, s.on_hand, s.allocated, s.held, m.on_hand AS m_on_hand, m.allocated AS m_allocated,
    m.held AS m_held
FROM stock s LEFT JOIN (
    SELECT stock_id, SUM(on_hand) AS on_hand, SUM(allocated) AS allocated, SUM(held) AS held
    FROM stock_movements GROUP BY stock_id) m ON m.stock_id = s.id
WHERE s.on_hand <> COALESCE(m.on_hand, 0) OR s.allocated <> COALESCE(m.allocated, 0)
    OR s.held <> COALESCE(m.held, 0)
"""
_HELD = """
SELECT * FROM (SELECT s.id, s.held,
    (SELECT COALESCE(SUM(granted), 0) FROM allotments WHERE stock_id = s.id) AS granted,
    (SELECT COALESCE(SUM(quantity), 0) FROM stock_holds
        WHERE stock_id = s.id AND allotment_id IS NULL AND state = 'active') AS kept
    FROM stock s) sums
WHERE held <> granted + kept
"""
_ALLOCATED = """
SELECT * FROM (SELECT s.id, s.allocated,
    (SELECT COALESCE(SUM(quantity), 0) FROM stock_holds
        WHERE stock_id = s.id AND state = 'allocated') AS promised,
    (SELECT COALESCE(SUM(allocated), 0) FROM stock_movements
        WHERE stock_id = s.id AND kind = 'ship') AS shipped
    FROM stock s) sums
WHERE allocated <> promised + shipped
"""
_INSIDE = """
SELECT * FROM (SELECT a.id, a.granted, a.used, a.closed,
    (SELECT COALESCE(SUM(quantity), 0) FROM stock_holds
        WHERE allotment_id = a.id AND state = 'active') AS kept
    FROM allotments a) sums
WHERE kept > used OR used > granted OR used < 0 OR (closed AND used <> granted)
"""
_OVERSOLD = """
SELECT id, on_hand, allocated, held FROM stock s
WHERE on_hand < 0 OR allocated < 0 OR held < 0 OR (on_hand < allocated + held AND NOT EXISTS (
    SELECT 1 FROM stock_movements WHERE stock_id = s.id AND kind = 'recount'))
"""
_SELLERS = """
SELECT 'listing' AS what, l.id FROM listings l JOIN products p ON p.id = l.product_id
    WHERE l.seller_id <> p.seller_id
UNION ALL SELECT 'stock', s.id FROM stock s JOIN products p ON p.id = s.product_id
    WHERE s.seller_id <> p.seller_id
UNION ALL SELECT 'allotment', a.id FROM allotments a JOIN stock s ON s.id = a.stock_id
    WHERE a.seller_id <> s.seller_id
UNION ALL SELECT 'hold', h.id FROM stock_holds h JOIN stock s ON s.id = h.stock_id
    WHERE h.seller_id <> s.seller_id
UNION ALL SELECT 'hold in allotment', h.id FROM stock_holds h JOIN allotments a ON a.id = h.allotment_id
    WHERE h.stock_id <> a.stock_id
UNION ALL SELECT 'movement', CAST(m.id AS VARCHAR(20)) FROM stock_movements m
    JOIN stock s ON s.id = m.stock_id WHERE m.seller_id <> s.seller_id
"""


@check("stock.columns_are_the_sums_of_movements")
def columns_are_the_sums_of_movements(session: Session) -> Iterable[str]:
    return wrong_rows(session, _COLUMNS)


@check("stock.held_is_granted_and_kept")
def held_is_granted_and_kept(session: Session) -> Iterable[str]:
    return wrong_rows(session, _HELD)


@check("stock.allocated_is_what_paid_orders_have")
def allocated_is_what_paid_orders_have(session: Session) -> Iterable[str]:
    return wrong_rows(session, _ALLOCATED)


@check("stock.allotments_cover_their_holds")
def allotments_cover_their_holds(session: Session) -> Iterable[str]:
    return wrong_rows(session, _INSIDE)


@check("stock.promised_no_more_than_there_was")
def promised_no_more_than_there_was(session: Session) -> Iterable[str]:
    """A row may be short only if somebody counted it: never because too much was promised (P1)."""
    return wrong_rows(session, _OVERSOLD)


@check("catalog.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SELLERS)
