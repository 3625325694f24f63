"""What must always be true of orders, as queries for `flask fsck`.

Each query finds the orders that are wrong. They look at the rows of stock and payments beside their own,
which no service here does: that an order and what it stands on agree is what is to be proved, and the
doors of those packages would answer with their own view of it.
"""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog.pricing import weighed_amount_vnd
from core import clock
from core.codes import is_order_code
from core.fsck import check, wrong_rows
from shop.ordering.pricing import LET_BE

_SUMS = """
SELECT * FROM (SELECT o.code, o.goods_vnd, o.fee_vnd, o.discount_vnd, o.amount_vnd,
    (SELECT COALESCE(SUM(amount_vnd), 0) FROM order_lines WHERE order_code = o.code) AS lines_vnd,
    (SELECT COUNT(*) FROM order_lines WHERE order_code = o.code) AS line_count
    FROM orders o) sums
WHERE goods_vnd <> lines_vnd OR amount_vnd <> goods_vnd + fee_vnd - discount_vnd OR line_count = 0
"""
_LINES = """
SELECT order_code, id, packs, unit_price_vnd, amount_vnd FROM order_lines
WHERE (weighed = 0 AND amount_vnd <> packs * unit_price_vnd)
    OR (weighed > 0 AND (packs = 0 OR mode NOT IN ('weigh_then_pay', 'estimate_then_settle')))
"""
_WEIGHED = """
SELECT l.order_code, l.id, l.packs, l.pack_size, l.unit_price_vnd, l.amount_vnd, l.weighed, l.mode,
    o.if_differs
FROM order_lines l JOIN orders o ON o.code = l.order_code WHERE l.weighed > 0
"""
_HOLDS_OF_LINES = """
SELECT l.order_code, l.id, h.holder, h.quantity, t.packs * t.pack_size AS wanted
FROM order_line_parts t JOIN order_lines l ON l.id = t.line_id JOIN stock_holds h ON h.id = t.hold_id
WHERE h.holder <> 'order:' || l.order_code
    OR (t.listing_id = l.listing_id AND t.packs * t.pack_size <> l.packs * l.pack_size)
    OR (h.quantity <> t.packs * t.pack_size AND h.state <> 'cut' AND NOT EXISTS (
        SELECT 1 FROM outbox WHERE state = 'waiting' AND event = 'HoldsCut')
        AND NOT (l.mode IN ('weigh_then_pay', 'estimate_then_settle')
            AND h.quantity < t.packs * t.pack_size))
    OR (l.weighed > 0 AND h.quantity > l.weighed)
UNION ALL SELECT 'no line', h.id, h.holder, h.quantity, 0
FROM stock_holds h LEFT JOIN order_line_parts t ON t.hold_id = h.id
WHERE h.holder LIKE 'order:%' AND t.line_id IS NULL
UNION ALL SELECT l.order_code, l.id, 'no part', 0, l.packs * l.pack_size
FROM order_lines l LEFT JOIN order_line_parts t ON t.line_id = l.id WHERE t.line_id IS NULL
"""
_KEPT = """
SELECT o.code, o.state, h.state AS hold
FROM orders o JOIN order_lines l ON l.order_code = o.code
    JOIN order_line_parts t ON t.line_id = l.id JOIN stock_holds h ON h.id = t.hold_id
WHERE h.state <> 'cut' AND (
    (o.state = 'placed' AND o.pay_by_ms > :now AND (h.state <> 'active' OR h.until_ms < o.pay_by_ms))
    OR (o.state IN ('expired', 'cancelled') AND h.state <> 'ended')
    OR (o.state IN ('secured', 'packing', 'packed') AND h.state <> 'allocated')
    OR (o.state IN ('handed_over', 'delivered', 'closed', 'refused', 'returned')
        AND h.state <> 'shipped'))
"""
_PAID = """
SELECT o.code, o.state, o.refund_due, p.state AS payment, p.amount_vnd - o.amount_vnd AS off_vnd
FROM orders o LEFT JOIN payments p ON p.reference = 'order:' || o.code
LEFT JOIN (SELECT t.order_code, SUM(e.amount_vnd) AS vnd FROM order_topups t
    JOIN payments e ON e.reference = 'topup:' || t.code WHERE t.state <> 'dropped'
    GROUP BY t.order_code) more ON more.order_code = o.code
WHERE p.id IS NULL
    OR (p.amount_vnd + COALESCE(more.vnd, 0) <> o.amount_vnd + o.cut_refund_vnd
        AND o.state NOT IN ('cancelled', 'refused', 'returned'))
    OR p.seller_id <> o.seller_id OR p.code <> o.code
    OR (o.state NOT IN ('placed', 'expired', 'cancelled', 'refused', 'returned')
        AND p.state IN ('expected', 'part_paid', 'expired')
        AND (COALESCE(o.secured_by, '') NOT IN ('cod', 'deposit') OR o.state = 'closed'
            OR p.state = 'expired'))
    OR (o.state IN ('expired', 'cancelled', 'refused', 'returned')
        AND p.state IN ('expected', 'part_paid'))
"""
_TOPUPS = """
SELECT t.code, t.order_code, t.state, p.state AS payment FROM order_topups t
    JOIN orders o ON o.code = t.order_code LEFT JOIN payments p ON p.reference = 'topup:' || t.code
WHERE p.id IS NULL OR p.seller_id <> o.seller_id OR t.seller_id <> o.seller_id
    OR (t.state = 'dropped' AND p.state IN ('expected', 'part_paid'))
    OR (t.state = 'paid' AND p.state IN ('expected', 'part_paid', 'expired'))
    OR (t.state = 'asked' AND o.state NOT IN ('placed', 'secured', 'packing', 'packed'))
"""
_CHANGES = """
SELECT c.order_code, c.line_id, c.kind FROM order_line_changes c JOIN order_lines l ON l.id = c.line_id
WHERE c.order_code <> l.order_code OR c.seller_id <> l.seller_id
    OR c.amount_vnd <> c.packs * l.unit_price_vnd
"""
_WAITING = """
SELECT o.code, o.state, p.state AS payment, p.settled_ms
FROM orders o JOIN payments p ON p.reference = 'order:' || o.code
WHERE p.state = 'settled' AND NOT o.refund_due
    AND o.state IN ('placed', 'expired', 'cancelled', 'refused', 'returned')
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting' AND event = 'PaymentSettled')
"""
_SELLERS = """
SELECT l.order_code, l.id FROM order_lines l JOIN orders o ON o.code = l.order_code
    WHERE l.seller_id <> o.seller_id
UNION ALL SELECT l.order_code, l.id FROM order_lines l JOIN listings i ON i.id = l.listing_id
    WHERE l.seller_id <> i.seller_id
UNION ALL SELECT l.order_code, l.id FROM order_line_parts t JOIN order_lines l ON l.id = t.line_id
    WHERE t.seller_id <> l.seller_id
UNION ALL SELECT e.order_code, e.id FROM order_events e JOIN orders o ON o.code = e.order_code
    WHERE e.seller_id <> o.seller_id
"""


@check("orders.sums_are_the_sums_of_lines")
def sums_are_the_sums_of_lines(session: Session) -> Iterable[str]:
    """Goods are the sum of the lines, the amount is goods and fee, no order is empty."""
    return wrong_rows(session, _SUMS)


@check("orders.lines_are_packs_times_price")
def lines_are_packs_times_price(session: Session) -> Iterable[str]:
    """Each line costs what its packs cost."""
    return wrong_rows(session, _LINES)


@check("orders.weighed_lines_cost_their_weight")
def weighed_lines_cost_their_weight(session: Session) -> Iterable[str]:
    """What the scales priced costs its weight; an estimate that stays was let be by its buyer."""
    for row in session.execute(text(_WEIGHED)):
        due_vnd = weighed_amount_vnd(row.unit_price_vnd, row.pack_size, row.weighed)
        let_be = row.if_differs == LET_BE and row.amount_vnd == row.packs * row.unit_price_vnd
        if row.amount_vnd != due_vnd and not let_be:
            yield f"order {row.order_code}: line {row.id} is not what {row.weighed} cost"


@check("orders.each_line_has_its_hold")
def each_line_has_its_hold(session: Session) -> Iterable[str]:
    """What each part of a line takes is held for its order, in that quantity, and nothing else is."""
    return wrong_rows(session, _HOLDS_OF_LINES)


@check("orders.stock_follows_the_order")
def stock_follows_the_order(session: Session) -> Iterable[str]:
    """What waits to be paid is held, what is secured is allocated, what has ended is given back or out."""
    return wrong_rows(session, _KEPT, {"now": clock.now_ms()})


@check("orders.secured_means_settled")
def secured_means_settled(session: Session) -> Iterable[str]:
    """Each order has one payment of its sum; goods go out for money that came, or is paid on delivery."""
    return wrong_rows(session, _PAID)


@check("orders.sums_on_top_follow_the_order")
def sums_on_top_follow_the_order(session: Session) -> Iterable[str]:
    """A sum on top has its payment, is asked for only before the hand-over, and is not asked when dropped."""
    return wrong_rows(session, _TOPUPS)


@check("orders.changes_belong_to_their_lines")
def changes_belong_to_their_lines(session: Session) -> Iterable[str]:
    """What was taken out of a line, or added, is worth the line's price."""
    return wrong_rows(session, _CHANGES)


@check("orders.money_is_answered")
def money_is_answered(session: Session) -> Iterable[str]:
    """Money that came in full was answered with goods or with a refund that is due."""
    return wrong_rows(session, _WAITING)


@check("orders.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    """Lines and history belong to the order's seller."""
    return wrong_rows(session, _SELLERS)


@check("orders.codes_check")
def codes_check(session: Session) -> Iterable[str]:
    """Every code is one that survives a bank's text."""
    for code in session.execute(text("SELECT code FROM orders")).scalars():
        if not is_order_code(code):
            yield f"order {code}: the check character is wrong"
