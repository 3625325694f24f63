"""Parcels leave once, whole, and only for their own seller; then they are there, or come back."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.clock import FixedClock
from core.states import BadTransition
from shop import orders
from shop.errors import ReasonNeeded
from shop.orders import Cancellation
from shop.shipments import board, handing, labels, shipments, steps
from shop.shipments.errors import (
    AlreadyHandedOver,
    CoachNeeded,
    NoSuchLabel,
    NotHandedOver,
    NothingInside,
    NotPackedYet,
)
from shop.shipments.handing import HandOver, believed_ms
from shop.shipments.steps import ParcelStep
from tests.factories.identity import make_seller
from tests.factories.shop import Stand, make_stand, order, packed_order, paid_order

WHO = "p:driver"
HOUR_MS = 3_600_000
YEAR_MS = 365 * 24 * HOUR_MS


def label_of(session: Session, code: str) -> str:
    return shipments.for_order(session, code).label_code


def leave(session: Session, stand: Stand, label: str, **how: int | str) -> shipments.ShipmentFacts:
    return handing.hand_over(session, stand.seller_id, label, HandOver(WHO, **how))  # type: ignore[arg-type]


def test_a_parcel_leaves_with_its_goods(session: Session) -> None:
    stand = make_stand(session)
    code = packed_order(session, stand, packs=2)
    left = leave(session, stand, label_of(session, code))
    assert (left.state, left.handed_over_ms, left.handed_by) == ("handed_over", clock.now_ms(), WHO)
    assert order(session, code).state == "handed_over"
    assert stand.level(session) == stock.Level(1_600, 0, 0, 1_600, 0)


def test_a_label_scanned_twice_says_when_it_left_and_changes_nothing(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    label = label_of(session, packed_order(session, stand))
    first = leave(session, stand, label)
    time_at.advance(HOUR_MS)
    with pytest.raises(AlreadyHandedOver) as refused:
        leave(session, stand, label)
    assert refused.value.data["label"] == label
    assert f"{clock.in_vietnam(first.handed_over_ms or 0):%H:%M}" in str(refused.value.data["at"])
    assert shipments.facts(session, first.id) == first


def test_p11_another_sellers_label_is_unknown(session: Session) -> None:
    stand = make_stand(session)
    label = label_of(session, packed_order(session, stand))
    with pytest.raises(NoSuchLabel):
        handing.hand_over(session, make_seller(session), label, HandOver(WHO))
    assert shipments.by_label(session, stand.seller_id, label).state == "open"


def test_what_is_not_packed_stays(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    with pytest.raises(NotPackedYet) as refused:
        leave(session, stand, label_of(session, code))
    assert refused.value.data["orders"] == code


def test_a_parcel_whose_order_was_cancelled_does_not_leave(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    label = label_of(session, code)
    orders.cancel(session, code, Cancellation(WHO, by_buyer=True))
    session.flush()
    with pytest.raises(NothingInside):
        leave(session, stand, label)


@pytest.mark.parametrize("off_ms", [-YEAR_MS, YEAR_MS, -50 * YEAR_MS])
def test_a_phone_whose_clock_is_years_off_does_no_harm(session: Session, off_ms: int) -> None:
    stand = make_stand(session)
    label = label_of(session, packed_order(session, stand))
    left = leave(session, stand, label, said_ms=max(0, clock.now_ms() + off_ms))
    assert left.handed_over_ms == clock.now_ms()


def test_a_right_clock_is_believed_hours_later(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    label = label_of(session, packed_order(session, stand))
    time_at.advance(HOUR_MS)
    said_ms = clock.now_ms()
    time_at.advance(5 * HOUR_MS)
    assert leave(session, stand, label, said_ms=said_ms).handed_over_ms == said_ms


def test_a_time_before_packing_or_after_telling_is_not_believed() -> None:
    assert [believed_ms(said, 100, 200) for said in (None, 99, 100, 200, 201)] == [
        200,
        200,
        100,
        200,
        200,
    ]


def test_into_the_buyers_hands_it_leaves_and_arrives_at_once(session: Session) -> None:
    stand = make_stand(session)
    code = packed_order(session, stand)
    label = label_of(session, code)
    handing.give(session, stand.seller_id, label, HandOver(WHO))
    assert order(session, code).state == "delivered"
    with pytest.raises(AlreadyHandedOver):
        handing.give(session, stand.seller_id, label, HandOver(WHO))


def test_what_nobody_takes_waits_for_a_look(session: Session) -> None:
    stand = make_stand(session)
    code = packed_order(session, stand)
    label = label_of(session, code)
    with pytest.raises(NotHandedOver):
        handing.refuse(session, stand.seller_id, label, WHO, "không nghe máy")
    leave(session, stand, label)
    with pytest.raises(ReasonNeeded):
        handing.refuse(session, stand.seller_id, label, WHO, " ")
    handing.refuse(session, stand.seller_id, label, WHO, "không nghe máy")
    assert order(session, code).state == "refused"
    with pytest.raises(BadTransition):
        handing.give(session, stand.seller_id, label, HandOver(WHO))


def test_a_coach_takes_a_parcel_with_its_plate_and_its_drivers_phone(session: Session) -> None:
    stand = make_stand(session)
    label = label_of(session, packed_order(session, stand))
    for plate, phone in (("", "0912345678"), ("20B-012.34", "")):
        step = ParcelStep(label, "coach", HandOver(WHO, plate=plate, driver_phone=phone))
        with pytest.raises(CoachNeeded):
            steps.take(session, stand.seller_id, step)
    how = HandOver(WHO, taken_by="Xe Hà Lan", plate="20b-012.34", driver_phone="0912 345 678")
    left = steps.take(session, stand.seller_id, ParcelStep(label, "coach", how))
    assert (left.taken_by, left.plate, left.driver_phone) == (
        "Xe Hà Lan",
        "20B-012.34",
        "+84912345678",
    )


def test_the_board_has_each_parcel_where_it_stands(session: Session) -> None:
    stand = make_stand(session)
    waiting, going, there = (packed_order(session, stand) for _ in range(3))
    paid_order(session, stand)
    found = {code: label_of(session, code) for code in (waiting, going, there)}
    leave(session, stand, found[going])
    handing.give(session, stand.seller_id, found[there], HandOver(WHO))
    seen = board.of_seller(session, stand.seller_id)
    assert [[one.label_code for one in part] for part in (seen.ready, seen.out, seen.done)] == [
        [found[waiting]],
        [found[going]],
        [found[there]],
    ]
    assert seen.ready[0].label_shown == labels.spoken(found[waiting])
