"""What must always be true of lots, runs and slips, as queries for `flask fsck`; nothing is repaired here."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Lot
from core import clock
from core.fsck import check, wrong_rows

_RUNS = """
SELECT r.id, r.number, r.loss, g.moved, g.units FROM runs r LEFT JOIN (
    SELECT m.holder, SUM(m.quantity) AS moved, COUNT(DISTINCT p.base_unit) AS units
    FROM stock_movements m JOIN stock s ON s.id = m.stock_id JOIN products p ON p.id = s.product_id
    WHERE m.kind IN ('consume', 'produce') GROUP BY m.holder) g ON g.holder = 'run:' || r.id
WHERE g.holder IS NULL OR (g.units = 1 AND g.moved + r.loss <> 0) OR (g.units > 1 AND r.loss <> 0)
"""
_SHARES = """
SELECT * FROM (SELECT c.child_id, c.shares,
    (SELECT COALESCE(SUM(quantity), 0) FROM stock_movements
        WHERE lot_id = c.child_id AND kind IN ('receive', 'produce', 'returned')) AS made
    FROM (SELECT child_id, SUM(share) AS shares FROM lot_parents GROUP BY child_id) c) sums
WHERE shares <> made
"""
_USED = """
SELECT u.run_id, u.parent_id, u.used, g.consumed FROM (
    SELECT l.run_id, p.parent_id, SUM(p.used) AS used FROM lot_parents p
    JOIN lots l ON l.id = p.child_id WHERE l.run_id IS NOT NULL GROUP BY l.run_id, p.parent_id) u
LEFT JOIN (SELECT holder, lot_id, -SUM(quantity) AS consumed FROM stock_movements
    WHERE kind = 'consume' GROUP BY holder, lot_id) g
    ON g.holder = 'run:' || u.run_id AND g.lot_id = u.parent_id
WHERE u.used <> COALESCE(g.consumed, 0)
"""
_RECALLED = """
SELECT child.id, child.code, child.state, parent.code AS recalled FROM lot_parents p
JOIN lots parent ON parent.id = p.parent_id JOIN lots child ON child.id = p.child_id
WHERE parent.state = 'recalled' AND child.state <> 'recalled'
"""
_BOUND = """
SELECT b.id, b.holder, l.code, l.state FROM lot_bindings b JOIN lots l ON l.id = b.lot_id
WHERE b.state = 'bound' AND l.state <> 'available'
"""
_SPENT = """
SELECT l.id, l.code, SUM(k.quantity) AS lies FROM lots l JOIN lot_stock k ON k.lot_id = l.id
WHERE l.state = 'spent' GROUP BY l.id, l.code HAVING SUM(k.quantity) > 0
"""
_NUMBERS = """
SELECT 'slip' AS what, seller_id, COUNT(*) AS there, MAX(number) AS last FROM intake_slips
    GROUP BY seller_id HAVING COUNT(*) <> MAX(number) OR MIN(number) <> 1
UNION ALL SELECT 'run', seller_id, COUNT(*), MAX(number) FROM runs
    GROUP BY seller_id HAVING COUNT(*) <> MAX(number) OR MIN(number) <> 1
"""
_SLIPS = """
SELECT s.id, s.number, s.quantity, m.received FROM intake_slips s LEFT JOIN (
    SELECT lot_id, SUM(quantity) AS received FROM stock_movements WHERE kind = 'receive'
    GROUP BY lot_id) m ON m.lot_id = s.lot_id
WHERE s.quantity <> COALESCE(m.received, 0)
"""
_RETURNED = """
SELECT * FROM (SELECT r.parent_id, r.holder, r.returned,
    (SELECT COALESCE(SUM(quantity), 0) FROM lot_bindings b
        WHERE b.lot_id = r.parent_id AND b.holder = r.holder AND b.state = 'shipped')
    - (SELECT COALESCE(SUM(quantity), 0) FROM stock_movements m
        WHERE m.lot_id = r.parent_id AND m.holder = r.holder AND m.kind = 'sell') AS shipped
    FROM (SELECT p.parent_id, m.holder, SUM(m.quantity) AS returned FROM stock_movements m
        JOIN lot_parents p ON p.child_id = m.lot_id WHERE m.kind = 'returned'
        GROUP BY p.parent_id, m.holder) r WHERE r.holder <> '') sums
WHERE returned > shipped
UNION ALL SELECT * FROM (SELECT r.parent_id, '' AS holder, r.returned,
    (SELECT COALESCE(SUM(quantity), 0) FROM lot_bindings b
        WHERE b.lot_id = r.parent_id AND b.state = 'shipped')
    - (SELECT COALESCE(SUM(quantity), 0) FROM stock_movements m
        WHERE m.lot_id = r.parent_id AND m.kind = 'sell') AS shipped
    FROM (SELECT p.parent_id, SUM(m.quantity) AS returned FROM stock_movements m
        JOIN lot_parents p ON p.child_id = m.lot_id WHERE m.kind = 'returned'
        GROUP BY p.parent_id) r) all_of_it
WHERE returned > shipped
"""
_SELLERS = """
SELECT 'parent' AS what, p.child_id AS id FROM lot_parents p JOIN lots c ON c.id = p.child_id
    JOIN lots l ON l.id = p.parent_id
    WHERE p.seller_id <> c.seller_id OR p.seller_id <> l.seller_id
UNION ALL SELECT 'run', l.id FROM lots l JOIN runs r ON r.id = l.run_id
    WHERE l.seller_id <> r.seller_id
UNION ALL SELECT 'member', l.id FROM lots l JOIN members m ON m.id = l.member_id
    WHERE l.seller_id <> m.seller_id
UNION ALL SELECT 'plot', l.id FROM lots l JOIN plots p ON p.id = l.plot_id
    WHERE l.seller_id <> p.seller_id OR p.member_id <> COALESCE(l.member_id, p.member_id)
UNION ALL SELECT 'slip', s.id FROM intake_slips s JOIN lots l ON l.id = s.lot_id
    WHERE s.seller_id <> l.seller_id OR s.member_id <> COALESCE(l.member_id, '')
UNION ALL SELECT 'note', n.id FROM lot_notes n JOIN lots l ON l.id = n.lot_id
    WHERE n.seller_id <> l.seller_id
UNION ALL SELECT 'binding', b.id FROM lot_bindings b JOIN lots l ON l.id = b.lot_id
    JOIN stock_holds h ON h.id = b.hold_id
    WHERE b.seller_id <> l.seller_id OR b.seller_id <> h.seller_id
"""


@check("lots.runs_lose_no_mass_untold")
def runs_lose_no_mass_untold(session: Session) -> Iterable[str]:
    """What went into a run is what came out and what it says was lost."""
    return wrong_rows(session, _RUNS)


@check("lots.shares_sum_to_what_was_made")
def shares_sum_to_what_was_made(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SHARES)


@check("lots.used_sums_to_what_went_in")
def used_sums_to_what_went_in(session: Session) -> Iterable[str]:
    return wrong_rows(session, _USED)


@check("lots.nothing_of_a_recalled_lot_is_for_sale")
def nothing_of_a_recalled_lot_is_for_sale(session: Session) -> Iterable[str]:
    """What was made of a recalled lot is recalled, and so, step by step, is all that was made of that."""
    return wrong_rows(session, _RECALLED)


@check("lots.bound_lots_may_be_sold")
def bound_lots_may_be_sold(session: Session) -> Iterable[str]:
    return wrong_rows(session, _BOUND)


@check("lots.none_is_sold_inside_its_interval")
def none_is_sold_inside_its_interval(session: Session) -> Iterable[str]:
    query = select(Lot.code, Lot.clear_on).where(
        Lot.state == "available", Lot.clear_on > clock.today()
    )
    for code, clear_on in session.execute(query):
        yield f"lot={code} clear_on={clear_on}"


@check("lots.spent_lots_lie_nowhere")
def spent_lots_lie_nowhere(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SPENT)


@check("lots.numbers_have_no_gap")
def numbers_have_no_gap(session: Session) -> Iterable[str]:
    return wrong_rows(session, _NUMBERS)


@check("lots.slips_say_what_was_received")
def slips_say_what_was_received(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SLIPS)


@check("lots.no_more_came_back_than_went_out")
def no_more_came_back_than_went_out(session: Session) -> Iterable[str]:
    return wrong_rows(session, _RETURNED)


@check("lots.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SELLERS)
