"""What must always be true of carriers' parcels and accounts, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import vault
from core.fsck import check, wrong_rows
from shop.carriers.models import CarrierConnection

_AGREE = """
SELECT p.shipment_id, p.state, o.code, o.state AS order_state
FROM carrier_parcels p JOIN orders o ON o.shipment_id = p.shipment_id
WHERE p.seller_id <> o.seller_id
    OR (p.trouble = '' AND o.state IN ('secured', 'packing', 'packed')
        AND p.state IN ('picked_up', 'moving', 'delivered', 'refused', 'returned'))
    OR (p.trouble = '' AND o.state = 'handed_over' AND p.state IN ('delivered', 'refused', 'returned'))
UNION ALL SELECT p.shipment_id, p.state, 'no shipment', '' FROM carrier_parcels p
WHERE NOT EXISTS (SELECT 1 FROM shipments s WHERE s.id = p.shipment_id AND s.seller_id = p.seller_id)
"""
_FOLLOWED = """
SELECT shipment_id, carrier, state FROM carrier_parcels
WHERE (carrier <> 'other' AND tracking_code IS NULL AND state NOT IN ('asked', 'cancelled'))
    OR (carrier <> 'other' AND ask_ms IS NULL AND trouble = ''
        AND state NOT IN ('delivered', 'returned', 'cancelled'))
    OR (ask_ms IS NOT NULL AND (state = 'cancelled' OR (state IN ('delivered', 'returned') AND trouble = '')))
"""


@check("carriers.orders_follow")
def orders_follow(session: Session) -> Iterable[str]:
    """Orders stand where their carrier says the parcel is, or the parcel says why not."""
    return wrong_rows(session, _AGREE)


@check("carriers.parcels_are_followed")
def parcels_are_followed(session: Session) -> Iterable[str]:
    """What a carrier has is asked after until it ended; what it has taken has its code."""
    return wrong_rows(session, _FOLLOWED)


@check("carriers.tokens_open")
def tokens_open(session: Session) -> Iterable[str]:
    """Each account's token opens with this installation's key."""
    query = select(CarrierConnection).where(CarrierConnection.ended_ms.is_(None))
    for row in session.scalars(query):
        if not vault.can_unseal(row.token):
            yield f"{row.seller_id} at {row.carrier}: sealed with another SECRET_KEY"
