"""The whole day of orders for the state machine: joint parcels, labels, seats, vouchers, complaints too."""

from collections.abc import Callable
from functools import partial
from itertools import combinations

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from payments import payments
from shop.cases import handling, remedies
from shop.cases.case_rules import ORDER, REFUND
from shop.cases.handling import Outcome
from shop.cases.opening import OFFICER, SELLER, Words
from shop.delivery import slots
from shop.models import Order
from shop.ordering import balance
from shop.ordering.order_facts import reference_of
from shop.shipments import handing, joining, shipments
from shop.shipments.handing import HandOver
from shop.vouchers import spending
from shop.vouchers.models import Voucher
from tests.factories.cases import make_case
from tests.support.order_machine import REFUSED, OrderMachine, buyers, numbers
from tests.support.order_model import (
    DOOR,
    JOINING,
    OFFERS,
    OUT,
    OVER,
    SLOT,
    STANDS,
    WITHOUT_GOODS,
    Remembered,
    Wish,
)
from tests.support.order_moves import WHO, WHY

INVARIANTS = (
    "states_are_the_models",
    "goods_are_conserved",
    "money_is_conserved",
    "sums_are_the_models",
    "seats_are_the_models",
    "vouchers_are_the_models",
    "parcels_are_the_models",
    "books_agree",
)
ON_ITS_WAY = ("handed_over", "delivered")


class WholeDay(OrderMachine):
    """Plays all of it; what it adds to `OrderMachine` are the things several orders share."""

    @rule(capacity=st.integers(1, 2))
    def open_slot(self, capacity: int) -> None:
        self.market.open_slot(capacity)

    @precondition(lambda self: len(self.market.orders) < 6)
    @rule(buyer=buyers, way=st.sampled_from([DOOR, DOOR, SLOT]), packed=st.integers(0, 2))
    def travel_together(self, buyer: int, way: str, packed: int) -> None:
        """Two orders of one buyer to one place, secured and joined; some of them packed by then."""
        wish = Wish((1, 0), buyer, way)
        if not all([self.order(wish), self.order(wish)]):
            return
        first, last = (len(self.market.orders) - 2, len(self.market.orders) - 1)
        for number in (first, last):
            self.word_or_cash(number, "cod")
        self.join_two(self.pick(first), self.pick(last))
        for number in (first, last)[:packed]:
            for do in ("start", "finish"):
                self.step(number, do, bound=True)

    @precondition(lambda self: len(self.market.orders) > 1)
    @rule(which=numbers, other=numbers, any_two=st.booleans())
    def join(self, which: int, other: int, *, any_two: bool) -> None:
        pair = (self.pick(which), self.pick(other))
        fitting = [two for two in combinations(self.market.orders, 2) if self.may_join(*two)]
        if fitting and not any_two:
            pair = fitting[which % len(fitting)]
        self.join_two(*pair)

    def join_two(self, one: str, other: str) -> None:
        act = partial(joining.join, self.session, [one, other], WHO)
        if self.does(self.may_join(one, other), REFUSED, act):
            self.market.book.join([one, other])

    def may_join(self, *codes: str) -> bool:
        return self.market.book.may_join(codes)

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers)
    def leave(self, which: int) -> None:
        code = self.pick(which)
        one = self.market.orders[code]
        act = partial(joining.leave, self.session, code, WHO)
        if self.does(one.state in JOINING, REFUSED, act):
            one.parcel = None

    @precondition(lambda self: self.live())
    @rule(which=numbers, years_off=st.sampled_from([None, -1, 1]))
    def hand_over_by_label(self, which: int, years_off: int | None) -> None:
        code = self.pick_live(which, self.may_leave)
        said_ms = years_off and clock.now_ms() + years_off * 365 * 86_400_000
        how = HandOver(WHO, said_ms)
        act = partial(handing.hand_over, self.session, self.seller, self.label(code), how)
        if self.does(self.may_leave(code), REFUSED, act):
            self.left(code)

    @precondition(lambda self: self.live())
    @rule(which=numbers)
    def give_by_label(self, which: int) -> None:
        """Into the buyer's hands, handed over before if need be."""
        code = self.pick_live(which, self.may_be_given)
        act = partial(handing.give, self.session, self.seller, self.label(code), HandOver(WHO))
        if self.does(self.may_be_given(code), REFUSED, act):
            for one in self.mates(code):
                if one.state != "delivered":
                    one.state, one.delivered_ms = "delivered", clock.now_ms()

    def may_be_given(self, code: str) -> bool:
        out = [one.state for one in self.mates(code) if one.state in OUT]
        waits = len(out) < len(self.mates(code))
        legal = self.may_leave(code) if waits else "handed_over" in out
        return legal and all(state in ON_ITS_WAY for state in out)

    @precondition(lambda self: self.live())
    @rule(which=numbers)
    def nobody_takes_it(self, which: int) -> None:
        code = self.pick_live(which, self.may_be_refused)
        act = partial(handing.refuse, self.session, self.seller, self.label(code), WHO, WHY)
        if self.does(self.may_be_refused(code), REFUSED, act):
            for one in self.mates(code):
                one.state = "refused"

    def may_be_refused(self, code: str) -> bool:
        return all(one.state in ("handed_over", "refused") for one in self.mates(code))

    def left(self, code: str) -> None:
        for one in self.mates(code):
            if one.state == "packed":
                one.state = "handed_over"

    def may_leave(self, code: str) -> bool:
        """All of the parcel is packed, or gone past the label; nothing on top is owed for what goes."""
        mates = self.market.book.mates(code)
        states = [self.market.orders[mate].state for mate in mates]
        goes = [mate for mate in mates if self.market.orders[mate].state == "packed"]
        owing = any(balance.owed(self.session, mate) for mate in goes)
        return bool(goes) and all(s in ("packed", *OUT) for s in states) and not owing

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers)
    def hear_of_an_end(self, which: int) -> None:
        """The outbox tells the vouchers what became of an order, whenever it comes to it."""
        code = self.pick(which)
        spending.follow(self.session, code)
        self.market.book.follow(code)

    @precondition(lambda self: self.live())
    @rule(which=numbers, vnd=st.sampled_from([1, 20_000, 70_000]), disputed=st.booleans())
    def complain(self, which: int, vnd: int, *, disputed: bool) -> None:
        """A complaint ends with a refund; disputed, an officer gives as much again."""
        code = self.pick_live(which, lambda one: self.left_vnd(one) >= vnd)
        case_id = make_case(self.session, ORDER, code)
        if self.refund(code, case_id, SELLER, vnd) and disputed:
            handling.dispute(self.session, case_id, Words("p:b", WHY))
            self.refund(code, case_id, OFFICER, vnd)
        self.session.flush()

    def refund(self, code: str, case_id: str, side: str, vnd: int) -> bool:
        left_vnd = self.left_vnd(code)
        assert 0 <= left_vnd <= payments.facts(self.session, reference_of(code)).paid_vnd
        outcome = Outcome(REFUND, vnd, Words(WHO, WHY))
        act = partial(handling.settle, self.session, case_id, side, outcome)
        if not self.does(vnd <= left_vnd, REFUSED, act):
            return False
        self.market.orders[code].given_vnd += vnd
        return True

    @property
    def seller(self) -> str:
        return self.market.stand.seller_id

    def live(self) -> list[str]:
        return [code for code, one in self.market.orders.items() if one.live]

    def pick_live(self, which: int, fits: Callable[[str], bool]) -> str:
        """An order that has not ended: most times one that `fits`, if there is one, now and then any."""
        fitting = [code for code in self.live() if which % 3 and fits(code)] or self.live()
        return fitting[which % len(fitting)]

    def left_vnd(self, code: str) -> int:
        return remedies.left_to_refund_vnd(self.session, ORDER, code)

    def mates(self, code: str) -> list[Remembered]:
        return [self.market.orders[mate] for mate in self.market.book.mates(code)]

    def label(self, code: str) -> str:
        return shipments.for_order(self.session, code).label_code

    @invariant()
    def sums_are_the_models(self) -> None:
        for code, one in self.market.orders.items():
            assert self.market.facts(code).amount_vnd == one.amount_vnd, code

    @invariant()
    def seats_are_the_models(self) -> None:
        found = slots.facts(self.session, self.market.book.slots)
        for slot, (capacity, _) in self.market.book.slots.items():
            assert found[slot].used == self.market.book.seats_used(slot) <= capacity

    @invariant()
    def vouchers_are_the_models(self) -> None:
        for name in OFFERS:
            row = self.session.get_one(Voucher, self.market.vouchers[name], populate_existing=True)
            uses = self.market.book.uses(name, STANDS, OVER)
            assert (row.used, row.spent_vnd) == (len(uses), sum(one.off_vnd for one in uses))
            assert row.over_uses == len(self.market.book.uses(name, OVER))

    @invariant()
    def parcels_are_the_models(self) -> None:
        rows = self.session.execute(select(Order.code, Order.shipment_id, Order.state)).all()
        parcel_of = {c: p for c, p, state in rows if state not in WITHOUT_GOODS and p is not None}
        for code in self.live():
            beside = {c for c, p in parcel_of.items() if p == parcel_of.get(code, "")} | {code}
            assert beside == set(self.market.book.mates(code)), code

    def look(self) -> None:
        """Judge everything, as hypothesis does after each step; for days written down by hand."""
        for name in INVARIANTS:
            getattr(self, name)()


def play(session: Session, time: FixedClock, examples: int, steps: int = 30) -> None:
    """Play so many games; a failure is told as it was found, because shrinking one takes minutes."""
    WholeDay.session, WholeDay.time = session, time
    some = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(
        WholeDay, settings=settings(some, derandomize=True, phases=[Phase.generate])
    )
