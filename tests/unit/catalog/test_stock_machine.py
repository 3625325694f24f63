"""Any sequence of dealings leaves stock as a plain model says, and `fsck` clean after each step."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from catalog import checks, stock
from catalog.errors import HoldGone
from catalog.lots import opening
from core.clock import FixedClock
from core.errors import OutOfStock
from tests.factories.catalog import make_product, stock_id_of
from tests.factories.identity import make_seller

MINUTE = 60_000
amounts = st.integers(1, 6)
minutes = st.integers(1, 20)
CHECKS = (
    checks.columns_are_the_sums_of_movements,
    checks.held_is_granted_and_kept,
    checks.allocated_is_what_paid_orders_have,
    checks.allotments_cover_their_holds,
    checks.promised_no_more_than_there_was,
)


@dataclass
class Hold:
    """What the model remembers of one order."""

    quantity: int
    until_ms: int
    in_room: bool
    state: str = "active"


@dataclass
class Model:
    """One product, one allotment, counted on fingers."""

    on_hand: int = 0
    granted: int = 0
    claimed: int = 0
    closed: bool = True
    holds: dict[str, Hold] = field(default_factory=dict)

    def of(self, state: str, *, in_room: bool | None = None) -> int:
        return sum(
            hold.quantity
            for hold in self.holds.values()
            if hold.state == state and in_room in (None, hold.in_room)
        )

    @property
    def used(self) -> int:
        return self.claimed + self.of("active", in_room=True)

    @property
    def available(self) -> int:
        kept = self.of("active", in_room=False) + self.granted
        return max(0, self.on_hand - self.of("allocated") - kept)

    def count(self, on_hand: int) -> None:
        """A live sale stops promising what is not there; what it promised stays promised."""
        promised = self.of("allocated") + self.of("active", in_room=False) + self.granted
        if on_hand < self.on_hand and not self.closed:
            self.granted -= max(0, min(promised - on_hand, self.granted - self.used))
        self.on_hand = on_hand

    def free_expired(self, now_ms: int, *, in_room: bool) -> None:
        for hold in self.holds.values():
            if hold.in_room == in_room and hold.until_ms <= now_ms:
                self.end(hold)

    def end(self, hold: Hold) -> None:
        if hold.state == "active":
            hold.state = "ended"
            if hold.in_room and self.closed:
                self.granted -= hold.quantity


class StockMachine(RuleBasedStateMachine):
    """Plays farmer, host, buyers and bank against the real tables."""

    session: Session
    time: FixedClock

    @initialize(quantity=st.integers(5, 20))
    def open_shop(self, quantity: int) -> None:
        self.sql = self.session.begin_nested()
        self.model = Model(on_hand=quantity)
        self.seller = make_seller(self.session)
        self.product = make_product(self.session, self.seller, on_hand=quantity)
        self.row = stock_id_of(self.session, self.product)
        self.allotment = ""

    def teardown(self) -> None:
        self.sql.rollback()

    @rule(quantity=amounts)
    def receive(self, quantity: int) -> None:
        opening.bring_in(self.session, self.seller, self.product, quantity, "")
        self.model.on_hand += quantity

    @rule(on_hand=st.integers(0, 20))
    def recount(self, on_hand: int) -> None:
        stock.recount(self.session, self.row, on_hand, "")
        self.expire_shop()
        self.model.free_expired(self.now, in_room=True)
        self.model.count(on_hand)

    @rule(ms=minutes)
    def wait(self, ms: int) -> None:
        self.time.advance(ms * MINUTE)

    @rule(quantity=amounts, last=minutes)
    def hold(self, quantity: int, last: int) -> None:
        until, holder = self.now + last * MINUTE, self.next_holder
        self.expire_shop()
        request = stock.HoldRequest(self.product, quantity, holder, until)
        if self.refused(quantity, lambda: stock.hold_all(self.session, [request])):
            return
        self.model.holds[holder] = Hold(quantity, until, in_room=False)

    @precondition(lambda self: not self.allotment)
    @rule(quantity=amounts)
    def grant(self, quantity: int) -> None:
        self.expire_shop()
        if not self.refused(quantity, lambda: self.do_grant(quantity)):
            self.model.granted, self.model.closed = quantity, False

    def do_grant(self, quantity: int) -> None:
        self.allotment = stock.grant(self.session, self.product, quantity, "pin:A1")

    @precondition(lambda self: self.allotment and not self.model.closed)
    @rule(granted=st.integers(0, 12))
    def resize(self, granted: int) -> None:
        model = self.model
        self.expire_shop()
        model.free_expired(self.now, in_room=True)
        room = model.available if granted > model.granted else model.granted - model.used
        change = abs(granted - model.granted)
        if not self.refused(
            change, lambda: stock.resize(self.session, self.allotment, granted), room
        ):
            model.granted = granted

    @precondition(lambda self: self.allotment)
    @rule(packs=amounts, size=st.integers(1, 2))
    def claim(self, packs: int, size: int) -> None:
        model = self.model
        model.free_expired(self.now, in_room=True)
        room = 0 if model.closed else model.granted - model.used
        taken = stock.take(self.session, self.allotment, size, packs)
        assert taken == min(packs, room // size)
        model.claimed += taken * size

    @precondition(lambda self: self.model.claimed)
    @rule(data=st.data(), order=st.booleans(), last=minutes)
    def order_or_withdraw(self, data: st.DataObject, order: bool, last: int) -> None:
        quantity = data.draw(st.integers(1, self.model.claimed))
        self.model.claimed -= quantity
        if order:
            until, holder = self.now + last * MINUTE, self.next_holder
            stock.hold_in_allotment(self.session, self.allotment, quantity, holder, until)
            self.model.holds[holder] = Hold(quantity, until, in_room=True)
            return
        stock.give_back(self.session, self.allotment, quantity)
        self.model.granted -= quantity if self.model.closed else 0

    @precondition(lambda self: self.allotment)
    @rule()
    def close(self) -> None:
        self.model.free_expired(self.now, in_room=True)
        stock.close(self.session, self.allotment)
        self.model.granted, self.model.closed = self.model.used, True

    @precondition(lambda self: self.model.holds)
    @rule(data=st.data())
    def lapse(self, data: st.DataObject) -> None:
        holder = data.draw(st.sampled_from(sorted(self.model.holds)))
        stock.end_holder(self.session, holder)
        self.model.end(self.model.holds[holder])

    @precondition(lambda self: self.model.holds)
    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        holder = data.draw(st.sampled_from(sorted(self.model.holds)))
        hold = self.model.holds[holder]
        if hold.state != "ended":
            stock.allocate_holder(self.session, holder)
            self.model.granted -= hold.quantity if hold.in_room and hold.state == "active" else 0
            hold.state = "allocated"
            return
        with pytest.raises(HoldGone):
            stock.allocate_holder(self.session, holder)
        self.pay_late(holder, hold)

    def pay_late(self, holder: str, hold: Hold) -> None:
        if hold.in_room:
            self.model.free_expired(self.now, in_room=True)
        self.expire_shop()
        model = self.model
        roomy = hold.in_room and not model.closed and model.granted - model.used >= hold.quantity
        if roomy:
            stock.retake_holder(self.session, holder)
            model.granted -= hold.quantity
        elif self.refused(hold.quantity, lambda: stock.retake_holder(self.session, holder)):
            return
        hold.state = "allocated"

    def expire_shop(self) -> None:
        self.model.free_expired(self.now, in_room=False)
        if self.model.closed:
            self.model.free_expired(self.now, in_room=True)

    def refused(self, quantity: int, act: Callable[[], object], left: int | None = None) -> bool:
        """Do `act` if the model has `quantity` left; else see it refused with what is left."""
        left = self.model.available if left is None else left
        if quantity <= left:
            act()
            return False
        with pytest.raises(OutOfStock) as refusal:
            act()
        assert refusal.value.data["left"] == left
        return True

    @property
    def now(self) -> int:
        return self.time.at_ms

    @property
    def next_holder(self) -> str:
        return f"order:{len(self.model.holds)}"

    @invariant()
    def books_agree(self) -> None:
        assert [problem for check in CHECKS for problem in check(self.session)] == []

    @invariant()
    def screens_agree(self) -> None:
        seen = deepcopy(self.model)
        seen.free_expired(self.now, in_room=True)
        seen.free_expired(self.now, in_room=False)
        level = stock.levels(self.session, [self.product])[self.product]
        assert level.available == seen.available
        assert level.allotted_free == (0 if seen.closed else seen.granted - seen.used)


def test_stock_does_what_a_model_on_fingers_does(session: Session, time_at: FixedClock) -> None:
    StockMachine.session, StockMachine.time = session, time_at
    some = settings(max_examples=60, stateful_step_count=40, deadline=None)
    run_state_machine_as_test(
        StockMachine, settings=settings(some, derandomize=True, report_multiple_bugs=False)
    )
