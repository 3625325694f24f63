"""What must always be true of the catalogue's rows, as queries for `flask fsck`.

Each query finds the rows that are wrong; nothing is repaired here.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from catalog.search import index as search_index
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
        WHERE stock_id = s.id AND state = 'allocated') AS promised
    FROM stock s) sums
WHERE allocated <> promised
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
    SELECT 1 FROM stock_movements WHERE stock_id = s.id AND kind IN ('recount', 'spoil', 'close')))
"""
_ON_HAND = """
SELECT * FROM (SELECT s.id, s.on_hand,
    (SELECT COALESCE(SUM(k.quantity), 0) FROM lot_stock k JOIN lots l ON l.id = k.lot_id
        WHERE k.stock_id = s.id AND l.state = 'available') AS sellable
    FROM stock s JOIN stock_points p ON p.id = s.point_id WHERE p.kind <> 'forecast') sums
WHERE on_hand <> sellable
"""
_LYING = """
SELECT * FROM (SELECT k.lot_id, k.stock_id, k.quantity, k.bound,
    (SELECT COALESCE(SUM(quantity), 0) FROM stock_movements
        WHERE lot_id = k.lot_id AND stock_id = k.stock_id) AS moved,
    (SELECT COALESCE(SUM(quantity), 0) FROM lot_bindings
        WHERE lot_id = k.lot_id AND stock_id = k.stock_id AND state = 'bound') AS promised
    FROM lot_stock k) sums
WHERE quantity <> moved OR bound <> promised
"""
_BOUND = """
SELECT b.hold_id, SUM(b.quantity) AS bound FROM lot_bindings b JOIN stock_holds h ON h.id = b.hold_id
WHERE b.state <> 'freed' GROUP BY b.hold_id, h.quantity, h.state, h.stock_id
HAVING SUM(b.quantity) > h.quantity OR h.state NOT IN ('allocated', 'shipped')
    OR (h.state = 'shipped' AND SUM(b.quantity) <> h.quantity)
    OR MIN(b.stock_id) <> h.stock_id OR MAX(b.stock_id) <> h.stock_id
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
UNION ALL SELECT 'lot', l.id FROM lots l JOIN products p ON p.id = l.product_id
    WHERE l.seller_id <> p.seller_id
UNION ALL SELECT 'lot at a point', k.lot_id FROM lot_stock k JOIN lots l ON l.id = k.lot_id
    JOIN stock s ON s.id = k.stock_id
    WHERE k.seller_id <> l.seller_id OR k.seller_id <> s.seller_id OR l.product_id <> s.product_id
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


@check("stock.on_hand_is_what_available_lots_hold")
def on_hand_is_what_available_lots_hold(session: Session) -> Iterable[str]:
    return wrong_rows(session, _ON_HAND)


@check("lots.what_lies_is_the_sum_of_movements")
def what_lies_is_the_sum_of_movements(session: Session) -> Iterable[str]:
    return wrong_rows(session, _LYING)


@check("lots.bindings_fit_their_holds")
def bindings_fit_their_holds(session: Session) -> Iterable[str]:
    return wrong_rows(session, _BOUND)


@check("search.rows_are_what_listings_say")
def rows_are_what_listings_say(session: Session) -> Iterable[str]:
    yield from search_index.wrong(session)


@check("catalog.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SELLERS)
