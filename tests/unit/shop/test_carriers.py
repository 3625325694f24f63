"""Parcels at carriers: booked once, believed only when asked, moved only forwards, by machine or by table."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from shop.carriers import booking, parcels, reactions, tracking
from shop.carriers.carrier_adapter import Account
from shop.carriers.carrier_errors import NothingToBook, NotToCallOff
from shop.carriers.ghtk import Ghtk
from shop.ordering import fulfilment
from shop.shipments import handing, shipments
from shop.shipments.handing import HandOver
from tests.factories.carriers import GHTK, at, booked, problems, speak, spoken_to
from tests.factories.shop import PRICE_VND, make_stand, order
from tests.support.fake_carrier import FEE_VND, TOKEN, FakeCarrier

MINUTE_MS = 60_000


@pytest.fixture
def carrier() -> Iterator[FakeCarrier]:
    with spoken_to() as fake:
        yield fake


def test_a_parcel_is_booked_with_what_the_carrier_needs(
    session: Session, carrier: FakeCarrier
) -> None:
    stand = make_stand(session)
    code, row = booked(session, stand)
    label = shipments.for_order(session, code).label_code
    assert (row.state, row.tracking_code, row.fee_vnd) == ("booked", f"S1.A1.{label}", FEE_VND)
    told = carrier.orders[label]
    assert (told["pick_money"], told["weight_option"]) == (PRICE_VND, "gram")
    assert (told["ward"], told["province"]) == ("xã Tân Cương", "Thái Nguyên")
    assert str(told["tel"]).startswith("0")
    assert problems(session) == []


def test_a_parcel_asked_for_twice_is_booked_once(session: Session, carrier: FakeCarrier) -> None:
    """The first answer was lost on the way: the carrier knows our key and names the same parcel."""
    stand = make_stand(session)
    code, row = booked(session, stand)
    row.tracking_code, row.state = None, "asked"
    again = speak(session, code)
    assert (len(carrier.orders), again.state) == (1, "booked")
    with pytest.raises(NothingToBook):
        booking.book(
            session, stand.seller_id, GHTK, [shipments.for_order(session, code).label_code]
        )


def test_delivered_at_the_carrier_is_delivered_here_and_the_money_stays_owed(
    session: Session, carrier: FakeCarrier
) -> None:
    stand = make_stand(session)
    code, row = booked(session, stand)
    at(carrier, row, "4")
    assert (speak(session, code).state, order(session, code).state) == ("moving", "handed_over")
    at(carrier, row, "5")
    assert (speak(session, code).state, order(session, code).state) == ("delivered", "delivered")
    desk = parcels.desk(session, stand.seller_id)
    assert (desk.held_vnd, desk.under_way, len(desk.over)) == (PRICE_VND, (), 1)
    assert row.ask_ms is None
    assert problems(session) == []


def test_a_parcel_goes_its_whole_way_on_either_database(
    either: Session, carrier: FakeCarrier, time_at: FixedClock
) -> None:
    code, row = booked(either, make_stand(either))
    for status, state in (("3", "handed_over"), ("2", "handed_over"), ("5", "delivered")):
        at(carrier, row, status)
        tracking.hint(either, GHTK, str(row.tracking_code))
        time_at.advance(MINUTE_MS)
        tracking.ask_due(either)
        speak(either, code)
        assert order(either, code).state == state
    assert problems(either) == []


def test_refused_at_the_door_comes_back_into_quarantine(
    session: Session, carrier: FakeCarrier
) -> None:
    stand = make_stand(session)
    code, row = booked(session, stand)
    for status, state in (("3", "picked_up"), ("20", "refused"), ("21", "returned")):
        at(carrier, row, status)
        assert speak(session, code).state == state
    assert order(session, code).state == "refused"
    assert stand.level(session).on_hand == 9 * 200
    assert problems(session) == []


@pytest.mark.parametrize("older", ["2", "3", "4", "20", "21", "-1"])
def test_a_delivered_parcel_never_travels_again(
    session: Session, carrier: FakeCarrier, older: str
) -> None:
    code, row = booked(session, make_stand(session))
    at(carrier, row, "5")
    speak(session, code)
    at(carrier, row, older)
    state = Ghtk(carrier.url).state_of(Account(TOKEN), str(row.tracking_code))
    tracking.told(session, row.shipment_id, tracking.Answer(row.booking_no, state))
    assert (row.state, order(session, code).state) == ("delivered", "delivered")


@pytest.mark.parametrize("mood", ["silent", "broken"])
def test_no_answer_leaves_the_parcel_as_it_was_and_it_is_asked_again(
    session: Session, carrier: FakeCarrier, time_at: FixedClock, mood: str
) -> None:
    code, row = booked(session, make_stand(session))
    carrier.mood = mood
    at(carrier, row, "5")
    speak(session, code)
    assert (row.state, row.trouble, order(session, code).state) == ("booked", "silent", "packed")
    assert row.ask_ms == clock.now_ms() + 5 * MINUTE_MS
    carrier.mood = "kind"
    time_at.advance(5 * MINUTE_MS)
    tracking.ask_due(session)
    assert (speak(session, code).state, row.trouble) == ("delivered", "")


def test_a_notice_is_a_hint_that_asks_twice_a_minute_at_most(
    session: Session, carrier: FakeCarrier, time_at: FixedClock
) -> None:
    code, row = booked(session, make_stand(session))
    told_at = clock.now_ms()
    for _ in range(3):
        tracking.hint(session, GHTK, str(row.tracking_code))
    assert row.ask_ms == told_at + MINUTE_MS // 2
    assert (row.state, order(session, code).state) == ("booked", "packed")
    tracking.hint(session, GHTK, "S1.A1.NOBODY")
    time_at.advance(MINUTE_MS)
    assert speak(session, code).state == "booked"


def test_what_the_carrier_will_not_take_waits_for_somebody(
    session: Session, carrier: FakeCarrier
) -> None:
    stand = make_stand(session)
    carrier.mood = "Không phục vụ địa chỉ này"
    code, row = booked(session, stand)
    assert (row.state, row.trouble, row.ask_ms) == ("asked", "Không phục vụ địa chỉ này", None)
    label = shipments.for_order(session, code).label_code
    booking.cancel(session, stand.seller_id, label)
    carrier.mood = "kind"
    booking.book(session, stand.seller_id, GHTK, [label])
    assert (speak(session, code).state, list(carrier.orders)) == ("booked", [f"{label}-2"])


def test_a_booking_is_called_off_until_it_is_fetched(
    session: Session, carrier: FakeCarrier
) -> None:
    stand = make_stand(session)
    code, row = booked(session, stand)
    label = shipments.for_order(session, code).label_code
    booking.cancel(session, stand.seller_id, label)
    question = tracking.calling_off(session, row.shipment_id)
    assert question is not None
    tracking.told(session, row.shipment_id, reactions.called_off(question))
    assert row.state == "cancelled"
    assert [one.label_code for one in parcels.waiting(session, stand.seller_id)] == [label]
    booking.book(session, stand.seller_id, GHTK, [label])
    speak(session, code)
    at(carrier, row, "3")
    speak(session, code)
    with pytest.raises(NotToCallOff):
        booking.cancel(session, stand.seller_id, label)


def test_an_answer_about_a_booking_called_off_meanwhile_counts_for_nothing(
    session: Session, carrier: FakeCarrier
) -> None:
    code, row = booked(session, make_stand(session))
    row.booking_no = 2
    tracking.told(session, row.shipment_id, tracking.Answer(1, "delivered"))
    assert (row.state, order(session, code).state) == ("booked", "packed")


def test_what_our_book_refuses_is_kept_as_trouble_and_tried_again(
    session: Session, carrier: FakeCarrier
) -> None:
    """The carrier fetched a parcel that somebody has opened again."""
    code, row = booked(session, make_stand(session))
    fulfilment.unpack(session, code, "p:packer")
    at(carrier, row, "4")
    speak(session, code)
    assert (row.state, row.trouble, order(session, code).state) == (
        "moving",
        "not_packed_yet",
        "packing",
    )
    assert problems(session) == []
    at(carrier, row, "5")
    assert (speak(session, code).trouble, row.state) == ("not_packed_yet", "delivered")
    assert problems(session) == []
    fulfilment.finish_packing(session, code, "p:packer")
    assert (speak(session, code).trouble, order(session, code).state) == ("", "delivered")
    assert (row.ask_ms, problems(session)) == (None, [])


def test_a_parcel_already_handed_over_by_hand_is_delivered_all_the_same(
    session: Session, carrier: FakeCarrier
) -> None:
    stand = make_stand(session)
    code, row = booked(session, stand)
    label = shipments.for_order(session, code).label_code
    handing.hand_over(session, stand.seller_id, label, HandOver("p:driver", taken_by="GHTK"))
    at(carrier, row, "5")
    speak(session, code)
    assert order(session, code).state == "delivered"
