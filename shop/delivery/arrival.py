"""On which day goods reach whoever ordered them: the day that decides which lots may serve an order.

From the slot they are expected in, or from today, and the hours the way says it takes. Refuses to guess: a
way that states no hours is taken to arrive the day it leaves.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from core import clock
from shop.delivery import slots, ways
from shop.models import Order


def day(leaves: datetime, transit_h: int | None) -> date:
    """The day goods arrive that leave at `leaves` (Vietnam's time) and travel `transit_h` hours."""
    return (leaves + timedelta(hours=transit_h or 0)).date()


def days(session: Session, orders: Sequence[Order]) -> Mapping[str, date]:
    """The day each of `orders` reaches its buyer, by code; two queries however many there are.

    One whose slot is over arrives today at the earliest.
    """
    starts = slots.facts(session, {row.slot_id for row in orders if row.slot_id})
    known = ways.handling(session, {row.way_id for row in orders if row.way_id})
    now_ms = clock.now_ms()
    found = {}
    for row in orders:
        slot, way = starts.get(row.slot_id or ""), known.get(row.way_id or "")
        leaves_ms = max(now_ms, slot.starts_ms) if slot else now_ms
        found[row.code] = day(clock.in_vietnam(leaves_ms), way.transit_h if way else None)
    return found


def day_of(session: Session, order: Order) -> date:
    """The day `order` reaches its buyer, as far as it is known now."""
    return days(session, [order])[order.code]
