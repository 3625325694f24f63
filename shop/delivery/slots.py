"""Slots: the times in which a way serves so many orders, and the places orders take in them.

The guard is one statement in the database, so that fifty who press at once never overfill a slot. A
place is an order's `slot_id`; it is given back when the order ends without goods. Refuses to move
anybody: who has lost a place and finds it taken keeps the order, and the seller calls.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import changed, insert_new, owned
from core.errors import N_, BadRequest, DomainError
from core.ids import new_id
from shop.delivery.models import DeliverySlot, DeliveryWay

MOST_PLACES = 500
MOST_WEEKS = 12
_WEEK_MS = 7 * 24 * 3_600_000
_DAY_MS = 24 * 3_600_000
_MOST_AHEAD_MS = 366 * _DAY_MS


class SlotNeeded(BadRequest):
    """This way goes by slots, and none was chosen."""

    message = N_("Cách này nhận theo khung giờ. Bạn chọn một khung giờ giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="delivery.slot", why="needed for this way")


class SlotFull(DomainError):
    """Every place of the slot is taken, or its time to order is over."""

    code = "slot_full"
    status = 409
    message = N_("Khung giờ này vừa hết chỗ hoặc hết giờ đặt. Bạn chọn khung giờ khác nhé.")


class BadSlot(BadRequest):
    """A slot ends after it begins, lies ahead within a year, and orders end when it begins, or before."""

    message = N_("Khung giờ chưa đúng: giờ cuối sau giờ đầu, và bắt đầu trong vòng một năm tới.")

    def __init__(self) -> None:
        super().__init__(field="from_time", why="not a time ahead")


@dataclass(frozen=True)
class SlotFacts:
    """A slot; times in UTC ms, places in orders. Orders are taken until before `cutoff_ms`."""

    id: str
    way_id: str
    starts_ms: int
    ends_ms: int
    cutoff_ms: int
    capacity: int
    used: int

    @property
    def left(self) -> int:
        """How many orders it still takes."""
        return self.capacity - self.used

    @property
    def weekday(self) -> int:
        """0 is Monday, in Vietnam's time."""
        return clock.in_vietnam(self.starts_ms).weekday()

    @property
    def words(self) -> str:
        """`28/11 08:00–10:00`, in Vietnam's time; what is frozen into an order."""
        starts, ends = clock.in_vietnam(self.starts_ms), clock.in_vietnam(self.ends_ms)
        return f"{starts:%d/%m} {starts:%H:%M}–{ends:%H:%M}"


@dataclass(frozen=True)
class NewSlot:
    """A slot to open, repeated so many weeks; times in UTC ms."""

    starts_ms: int
    ends_ms: int
    cutoff_ms: int
    capacity: int
    weeks: int = 1


def open_slots(session: Session, seller_id: str, way_id: str, slot: NewSlot) -> int:
    """Open a slot of a way each week at the same time, and have the way go by slots; returns how many.

    One that begins at the same moment is there already and stays as it is.

    Raises:
        NotFound: the way is not the seller's. BadSlot: it is not a time ahead, within a year.
    """
    way = owned(session, DeliveryWay, way_id, seller_id)
    short = 0 < slot.ends_ms - slot.starts_ms <= _DAY_MS
    now, farthest = clock.now_ms(), clock.now_ms() + _MOST_AHEAD_MS
    if not short or not now < slot.cutoff_ms <= slot.starts_ms <= farthest:
        raise BadSlot()
    way.by_slot = True
    opened = 0
    for week in range(min(slot.weeks, MOST_WEEKS)):
        later = week * _WEEK_MS
        values: dict[str, object] = {
            "id": new_id(),
            "seller_id": seller_id,
            "way_id": way_id,
            "starts_ms": slot.starts_ms + later,
            "ends_ms": slot.ends_ms + later,
            "cutoff_ms": slot.cutoff_ms + later,
            "capacity": slot.capacity,
            "used": 0,
        }
        opened += insert_new(session, DeliverySlot, values)
    return opened


def resize(session: Session, seller_id: str, slot_id: str, capacity: int) -> None:
    """Have a slot take so many orders in all; 0 closes it to new ones. Never fewer than it has.

    Raises:
        NotFound: it is not the seller's.
    """
    slot = owned(session, DeliverySlot, slot_id, seller_id)
    wider = (
        update(DeliverySlot)
        .where(DeliverySlot.id == slot.id, DeliverySlot.used <= capacity)
        .values(capacity=capacity)
    )
    if not changed(session, wider):
        full = update(DeliverySlot).where(DeliverySlot.id == slot.id)
        changed(session, full.values(capacity=DeliverySlot.used))
    session.refresh(slot)


def take(session: Session, slot_id: str, way_id: str) -> SlotFacts:
    """Take one place in a slot of a way for an order.

    Raises:
        SlotFull: no place is left, its time to order is over, or it is no slot of that way.
    """
    place = (
        update(DeliverySlot)
        .where(
            DeliverySlot.id == slot_id,
            DeliverySlot.way_id == way_id,
            has_place(),
            DeliverySlot.cutoff_ms > clock.now_ms(),
        )
        .values(used=DeliverySlot.used + 1)
    )
    if not changed(session, place):
        raise SlotFull()
    return facts(session, [slot_id])[slot_id]


def has_place() -> ColumnElement[bool]:
    """The guard: the slot has a place left."""
    return DeliverySlot.used < DeliverySlot.capacity


def leave(session: Session, slot_id: str) -> None:
    """Give one place of a slot back; the caller sees to it that it is given back once."""
    place = update(DeliverySlot).where(DeliverySlot.id == slot_id, DeliverySlot.used > 0)
    changed(session, place.values(used=DeliverySlot.used - 1))


def move(session: Session, old_id: str | None, new: SlotFacts | None) -> None:
    """Give an order's place in one slot back and take one in another; the same slot stays as it is.

    Raises:
        SlotFull: the new one takes no more orders; nothing was changed.
    """
    if new is not None and new.id != old_id:
        take(session, new.id, new.way_id)
    if old_id is not None and (new is None or new.id != old_id):
        leave(session, old_id)


def facts(session: Session, slot_ids: Iterable[str]) -> Mapping[str, SlotFacts]:
    """The slots of those ids, as they stand now."""
    query = select(DeliverySlot).where(DeliverySlot.id.in_(set(slot_ids)))
    rows = session.scalars(query.execution_options(populate_existing=True))
    return {row.id: _facts(row) for row in rows}


def bookable(session: Session, way_ids: Iterable[str]) -> Mapping[str, tuple[SlotFacts, ...]]:
    """The slots of each way that still take orders, the next first."""
    query = select(DeliverySlot).where(
        DeliverySlot.way_id.in_(set(way_ids)),
        DeliverySlot.cutoff_ms > clock.now_ms(),
        DeliverySlot.used < DeliverySlot.capacity,
    )
    return _by_way(session.scalars(query.order_by(DeliverySlot.starts_ms)))


def ahead(session: Session, seller_id: str) -> Mapping[str, tuple[SlotFacts, ...]]:
    """All slots of a seller that are not over, full ones too, by way."""
    query = select(DeliverySlot).where(
        DeliverySlot.seller_id == seller_id, DeliverySlot.ends_ms > clock.now_ms()
    )
    return _by_way(session.scalars(query.order_by(DeliverySlot.starts_ms)))


def _by_way(rows: Iterable[DeliverySlot]) -> Mapping[str, tuple[SlotFacts, ...]]:
    found: dict[str, tuple[SlotFacts, ...]] = {}
    for row in rows:
        found[row.way_id] = (*found.get(row.way_id, ()), _facts(row))
    return found


def _facts(row: DeliverySlot) -> SlotFacts:
    return SlotFacts(
        id=row.id,
        way_id=row.way_id,
        starts_ms=row.starts_ms,
        ends_ms=row.ends_ms,
        cutoff_ms=row.cutoff_ms,
        capacity=row.capacity,
        used=row.used,
    )
