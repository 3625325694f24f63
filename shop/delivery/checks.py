"""What must always be true of ways, zones and slots, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows
from shop.delivery import places

_SLOTS = """
SELECT s.id, s.used, COUNT(o.code) AS orders
FROM delivery_slots s LEFT JOIN orders o ON o.slot_id = s.id AND o.state NOT IN ('expired', 'cancelled')
GROUP BY s.id, s.used HAVING s.used <> COUNT(o.code)
"""
_SELLERS = """
SELECT 'fee', f.id FROM delivery_fees f JOIN delivery_ways w ON w.id = f.way_id
    WHERE f.seller_id <> w.seller_id
UNION ALL SELECT 'fee of zone', f.id FROM delivery_fees f JOIN delivery_zones z ON z.id = f.zone_id
    WHERE f.seller_id <> z.seller_id
UNION ALL SELECT 'slot', s.id FROM delivery_slots s JOIN delivery_ways w ON w.id = s.way_id
    WHERE s.seller_id <> w.seller_id
UNION ALL SELECT 'place', p.place_code FROM delivery_zone_places p JOIN delivery_zones z ON z.id = p.zone_id
    WHERE p.seller_id <> z.seller_id
UNION ALL SELECT 'order', o.code FROM orders o JOIN delivery_ways w ON w.id = o.way_id
    WHERE o.seller_id <> w.seller_id
UNION ALL SELECT 'order of slot', o.code FROM orders o JOIN delivery_slots s ON s.id = o.slot_id
    WHERE o.seller_id <> s.seller_id
"""


@check("delivery.slots_hold_their_orders")
def slots_hold_their_orders(session: Session) -> Iterable[str]:
    """As many places of a slot are taken as orders hold one."""
    return wrong_rows(session, _SLOTS)


@check("delivery.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    """Fees, places, slots and the orders that go by them belong to their way's seller."""
    return wrong_rows(session, _SELLERS)


@check("delivery.places_exist")
def places_exist(session: Session) -> Iterable[str]:
    """Every place of a zone and of an order is a province or commune of the table."""
    zones = text("SELECT zone_id, place_code FROM delivery_zone_places")
    for zone, code in session.execute(zones):
        if not places.name_of(code):
            yield f"zone {zone}: no place {code}"
    named = text("SELECT code, commune_code FROM orders WHERE commune_code <> ''")
    for order, code in session.execute(named):
        if code not in places.communes():
            yield f"order {order}: no commune {code}"
