"""What must always be true of what was packed, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_PARTS = """
SELECT p.order_code, p.line_id, p.position, p.packs, t.packs AS asked, p.weighed, p.extra,
    l.weighed AS priced
FROM packed_parts p JOIN orders o ON o.code = p.order_code
    LEFT JOIN order_line_parts t ON t.line_id = p.line_id AND t.position = p.position
    LEFT JOIN order_lines l ON l.id = p.line_id LEFT JOIN stock_holds h ON h.id = t.hold_id
WHERE t.line_id IS NULL OR l.order_code <> p.order_code OR p.seller_id <> o.seller_id
    OR (o.state IN ('packed', 'handed_over', 'delivered', 'closed') AND (
        p.packs <> t.packs
        OR (l.weighed > 0 AND (p.weighed <> l.weighed OR p.extra <> p.weighed - h.quantity))
        OR (l.weighed = 0 AND p.weighed > 0 AND p.extra <> p.weighed - t.packs * t.pack_size)
        OR (p.weighed = 0 AND p.extra <> 0)))
    OR (p.extra_gone AND o.state IN ('placed', 'secured', 'packing', 'packed'))
"""


@check("packing.boxes_hold_what_orders_ask")
def boxes_hold_what_orders_ask(session: Session) -> Iterable[str]:
    """What was packed is what the order asks for, of its own lines, and weighs no less."""
    return wrong_rows(session, _PARTS)
