"""Places in a slot: taken by orders, given back when they end."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.clock import FixedClock
from shop import orders
from shop.delivery import checks, slots, ways
from shop.delivery.slots import BadSlot, NewSlot, SlotFacts, SlotFull, SlotNeeded
from shop.delivery.ways import PICKUP, NewWay
from shop.ordering import changes
from shop.orders import Cancellation, DeliveryChoice, PlaceOrder
from tests.factories.catalog import HOUR_MS
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, buyer_of, make_stand, order

WEEK_MS = 7 * 24 * HOUR_MS


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session, packs=20)


@pytest.fixture
def way(session: Session, stand: Stand) -> str:
    return ways.offer(session, stand.seller_id, NewWay(PICKUP, "Cổng chợ Tân Cương"))


def open_slot(
    session: Session,
    stand: Stand,
    way: str,
    time_at: FixedClock,
    capacity: int = 2,
    hours: int = 24,
) -> SlotFacts:
    """A slot of an hour so many hours ahead, orders taken until two hours before."""
    starts_ms = time_at.at_ms + hours * HOUR_MS
    new = NewSlot(starts_ms, starts_ms + HOUR_MS, starts_ms - 2 * HOUR_MS, capacity)
    assert slots.open_slots(session, stand.seller_id, way, new) == 1
    return slots.ahead(session, stand.seller_id)[way][-1]


def place(session: Session, stand: Stand, way: str, slot: str) -> str:
    buyer = buyer_of(make_login(session)[1])
    choice = DeliveryChoice(way, slot=slot)
    return orders.place(session, PlaceOrder(stand.seller_id, buyer, "web", choice, (stand.line(),)))


def used(session: Session, slot: SlotFacts) -> int:
    session.flush()
    return slots.facts(session, [slot.id])[slot.id].used


def test_an_order_takes_a_place_and_says_when(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    slot = open_slot(session, stand, way, time_at)
    placed = order(session, place(session, stand, way, slot.id))
    assert used(session, slot) == 1
    assert placed.way_label == f"Cổng chợ Tân Cương · {slot.words}"


def test_a_way_by_slots_asks_for_one(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    open_slot(session, stand, way, time_at)
    with pytest.raises(SlotNeeded):
        place(session, stand, way, "")


def test_a_full_slot_refuses_and_keeps_nothing(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    slot = open_slot(session, stand, way, time_at, capacity=1)
    place(session, stand, way, slot.id)
    with pytest.raises(SlotFull), session.begin_nested():
        place(session, stand, way, slot.id)
    assert used(session, slot) == 1
    assert stand.level(session).held == 200


def test_after_the_cut_off_no_order_is_taken(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    slot = open_slot(session, stand, way, time_at, hours=3)
    assert slots.bookable(session, [way]) == {way: (slot,)}
    time_at.advance(HOUR_MS)
    assert slots.bookable(session, [way]) == {}
    with pytest.raises(SlotFull):
        slots.take(session, slot.id, way)


def test_a_slot_of_another_way_is_none_of_mine(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    other = ways.offer(session, stand.seller_id, NewWay(PICKUP, "Kho"))
    open_slot(session, stand, way, time_at)
    slot = open_slot(session, stand, other, time_at)
    with pytest.raises(SlotFull):
        place(session, stand, way, slot.id)


def test_an_order_that_ends_gives_its_place_back_once(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    slot = open_slot(session, stand, way, time_at)
    gone, kept = place(session, stand, way, slot.id), place(session, stand, way, slot.id)
    for _ in range(2):
        orders.cancel(session, gone, Cancellation("p:x"))
    assert used(session, slot) == 1
    time_at.advance(15 * 60_000)
    orders.lapse(session, kept)
    assert used(session, slot) == 0


def test_late_money_takes_the_place_again_or_leaves_it_to_the_seller(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    slot = open_slot(session, stand, way, time_at, capacity=1)
    late, later = place(session, stand, way, slot.id), ""
    time_at.advance(15 * 60_000)
    orders.lapse(session, late)
    later = place(session, stand, way, slot.id)
    pay(session, stand.till, late, PRICE_VND)
    orders.secure(session, late)
    assert order(session, late).state == "secured"
    assert used(session, slot) == 1
    orders.cancel(session, later, Cancellation("p:x"))
    assert used(session, slot) == 0


def test_another_slot_is_taken_as_the_old_one_is_left(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    first = open_slot(session, stand, way, time_at)
    second = open_slot(session, stand, way, time_at, hours=48)
    code = place(session, stand, way, first.id)
    changes.change_delivery(session, code, DeliveryChoice(way, slot=second.id), "p:x")
    assert (used(session, first), used(session, second)) == (0, 1)
    changes.change_delivery(session, code, DeliveryChoice("own_run", "Xóm 3"), "p:x")
    assert (used(session, first), used(session, second)) == (0, 0)


def test_slots_are_opened_week_by_week_and_never_twice(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    starts_ms = time_at.at_ms + 24 * HOUR_MS
    new = NewSlot(starts_ms, starts_ms + HOUR_MS, starts_ms, capacity=5, weeks=3)
    assert slots.open_slots(session, stand.seller_id, way, new) == 3
    assert slots.open_slots(session, stand.seller_id, way, new) == 0
    found = slots.ahead(session, stand.seller_id)[way]
    assert [slot.starts_ms - starts_ms for slot in found] == [0, WEEK_MS, 2 * WEEK_MS]


@pytest.mark.parametrize(
    ("starts", "ends", "cutoff"),
    [(-1, 1, -1), (2, 2, 1), (2, 3, 3), (2, 40, 1), (9_000, 9_001, 9_000)],
)
def test_a_slot_lies_ahead_and_is_a_time(
    session: Session,
    stand: Stand,
    way: str,
    time_at: FixedClock,
    starts: int,
    ends: int,
    cutoff: int,
) -> None:
    now = time_at.at_ms
    new = NewSlot(now + starts * HOUR_MS, now + ends * HOUR_MS, now + cutoff * HOUR_MS, 5)
    with pytest.raises(BadSlot):
        slots.open_slots(session, stand.seller_id, way, new)


def test_a_slot_never_shrinks_below_what_it_has(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    slot = open_slot(session, stand, way, time_at, capacity=5)
    place(session, stand, way, slot.id)
    place(session, stand, way, slot.id)
    slots.resize(session, stand.seller_id, slot.id, 0)
    assert slots.facts(session, [slot.id])[slot.id].capacity == 2
    slots.resize(session, stand.seller_id, slot.id, 9)
    assert slots.facts(session, [slot.id])[slot.id].left == 7


def test_fsck_counts_the_places(
    session: Session, stand: Stand, way: str, time_at: FixedClock
) -> None:
    slot = open_slot(session, stand, way, time_at)
    place(session, stand, way, slot.id)
    session.flush()
    assert list(checks.slots_hold_their_orders(session)) == []
    session.execute(text("UPDATE delivery_slots SET used = 0"))
    assert list(checks.slots_hold_their_orders(session))
