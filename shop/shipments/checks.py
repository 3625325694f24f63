"""What must always be true of shipments, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_ONE_PARCEL = """
SELECT s.label_code, o.code, o.seller_id, o.person_id
FROM orders o JOIN shipments s ON s.id = o.shipment_id
WHERE o.seller_id <> s.seller_id OR (s.state = 'joined' AND o.state NOT IN ('cancelled', 'expired'))
    OR EXISTS (SELECT 1 FROM orders b WHERE b.shipment_id = s.id AND b.person_id <> o.person_id)
UNION ALL SELECT '', o.code, o.seller_id, o.person_id FROM orders o
WHERE o.shipment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM shipments s WHERE s.id = o.shipment_id)
"""
_LEFT_TOGETHER = """
SELECT s.label_code, s.state, o.code, o.state AS order_state
FROM orders o JOIN shipments s ON s.id = o.shipment_id
WHERE s.state = 'handed_over'
    AND o.state NOT IN ('handed_over', 'delivered', 'closed', 'refused', 'returned', 'cancelled', 'expired')
"""


@check("shipments.one_buyer_one_seller")
def one_buyer_one_seller(session: Session) -> Iterable[str]:
    """What travels under one label is one seller's and one buyer's, and a joined label has nothing left."""
    return wrong_rows(session, _ONE_PARCEL)


@check("shipments.left_together")
def left_together(session: Session) -> Iterable[str]:
    """Of a parcel that left, no order is still in the house."""
    return wrong_rows(session, _LEFT_TOGETHER)
