"""Several people at one order at one moment: phones at the gate, packers, a buyer who cancels.

Each on a connection of its own, on both databases. The controls take a guard or the row's lock away; on
SQLite writers never overlap, so there a lock has no control.
"""

from functools import partial

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from shop import orders
from shop.models import Order
from shop.ordering import fulfilment, history
from shop.ordering.order_facts import reference_of
from shop.orders import Cancellation, PlaceOrder
from shop.packing import packing
from shop.packing.packing import BoxDone, LineDone
from shop.shipments import handing, joining, shipments
from shop.shipments.handing import HandOver
from tests.factories.identity import make_login
from tests.factories.shop import PICK_UP, buyer_of, packed_order, paid_order
from tests.support.many_hands import Act, House, forget_the_lock

MANY, ROUNDS = 8, 5
YEAR_MS = 365 * 86_400_000


def test_a_label_scanned_by_eight_phones_at_once_leaves_once(house: House) -> None:
    code, label = a_parcel(house)
    before = house.on_hand()
    assert house.at_once(phones(house, label)) == {"done": 1, "already_handed_over": MANY - 1}
    assert (house.times(code, "handed_over"), before - house.on_hand()) == (1, 200)
    assert house.problems() == []


def test_without_the_guard_every_phone_is_told_that_it_left(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "_check_leaves", lambda *_: None)
    _, label = a_parcel(house)
    assert house.at_once(phones(house, label)) == {"done": MANY}


def test_a_box_closed_by_eight_packers_at_once_is_packed_once(house: House) -> None:
    code = house.write(lambda session: paid_order(session, house.stand, 2))
    outcomes = house.at_once([partial(close, house=house, code=code)] * MANY)
    assert outcomes == {"done": 1, "already_packed": MANY - 1}
    assert house.times(code, "packed") == 1
    assert house.problems() == []


def test_without_the_orders_lock_two_packers_finish_it_both(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = unlocked.write(lambda session: begun(session, unlocked))
    forget_the_lock(monkeypatch, history, Order)
    finish = partial(fulfilment.finish_packing, code=code, actor="p:0")
    assert unlocked.at_once([finish, finish]) == {"done": 2}
    assert unlocked.times(code, "packed") == 2


def test_a_parcel_is_joined_or_it_leaves_and_never_both(house: House) -> None:
    for _ in range(ROUNDS):
        first, second = two_of_one_buyer(house)
        label = house.write(lambda s, code=first: shipments.for_order(s, code).label_code)
        join = partial(joining.join, codes=[first, second], actor="p:0")
        leave = partial(pack_and_leave, house=house, code=first, label=label)
        outcomes = house.at_once([leave, join, leave, join])
        left = house.facts(first).state == "handed_over"
        # Placed within one millisecond, either order's label may be the one that is kept.
        stayed = ("not_packed_yet", "joined_elsewhere")
        refusals = ("too_late_to_join", "already_packed") if left else stayed
        assert set(outcomes) <= {"done", *refusals, "already_handed_over"}
        travels_with = house.facts(first).way.shipment_id == house.facts(second).way.shipment_id
        assert left != travels_with
    assert house.problems() == []


def test_an_order_is_cancelled_or_packed_and_never_both(house: House) -> None:
    ended = set()
    for _ in range(ROUNDS):
        code = house.write(lambda session: paid_order(session, house.stand))
        cancel = partial(orders.cancel, code=code, how=Cancellation("p:b", "", by_buyer=True))
        pack = partial(close, house=house, code=code)
        outcomes = house.at_once([cancel, pack, cancel, pack])
        state = house.facts(code).state
        ended.add(state)
        late = ["not_to_pack"] if state == "cancelled" else ["already_packed", "bad_transition"]
        assert set(outcomes) == {"done", *late}
        assert house.facts(code).refund_due == (state == "cancelled")
    assert ended <= {"cancelled", "packed"}
    assert house.problems() == []


def test_without_the_orders_lock_it_is_cancelled_and_packed(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = unlocked.write(lambda session: paid_order(session, unlocked.stand))
    forget_the_lock(monkeypatch, history, Order)
    cancel = partial(orders.cancel, code=code, how=Cancellation("p:b", "", by_buyer=True))
    begin = partial(fulfilment.start_packing, code=code, actor="p:0")
    assert unlocked.at_once([cancel, begin]) == {"done": 2}


def a_parcel(house: House) -> tuple[str, str]:
    """A packed order and its label."""
    code = house.write(lambda session: packed_order(session, house.stand))
    return code, house.write(lambda session: shipments.for_order(session, code).label_code)


def phones(house: House, label: str) -> list[Act]:
    """Eight phones at the gate that scanned the same label, their clocks a year off either way."""
    seller, now = house.stand.seller_id, clock.now_ms()
    said = [now + (YEAR_MS if number % 2 else -YEAR_MS) for number in range(MANY)]
    hows = [HandOver(f"p:{number}", said_ms) for number, said_ms in enumerate(said)]
    leave = handing.hand_over
    return [partial(leave, seller_id=seller, label_code=label, how=how) for how in hows]


def close(session: Session, *, house: House, code: str) -> None:
    """Close the box of an order with all that was asked for."""
    lines = tuple(LineDone(line.id, line.packs) for line in house.facts(code).lines)
    packing.pack(session, house.stand.seller_id, BoxDone(code, lines), "p:0")


def pack_and_leave(session: Session, *, house: House, code: str, label: str) -> None:
    """What one phone tells at once: the box is closed, and the parcel went."""
    close(session, house=house, code=code)
    handing.hand_over(session, house.stand.seller_id, label, HandOver("p:0"))


def begun(session: Session, house: House) -> str:
    """An order on the table, its lots bound."""
    code = paid_order(session, house.stand)
    fulfilment.start_packing(session, code, "p:0")
    stock.bind_holder(session, reference_of(code), clock.today())
    return code


def two_of_one_buyer(house: House) -> tuple[str, str]:
    """Two orders that may share a parcel."""

    def make(session: Session) -> tuple[str, str]:
        buyer, line = buyer_of(make_login(session)[1]), house.stand.line()
        wanted = PlaceOrder(house.stand.seller_id, buyer, "web", PICK_UP, (line,))
        first, second = (orders.place(session, wanted) for _ in range(2))
        for code in (first, second):
            orders.secure_by(session, code, "cod", "p:0")
        return first, second

    return house.write(make)
