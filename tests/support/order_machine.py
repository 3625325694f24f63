"""Buyers, bank, packers, drivers and time, as a state machine plays them against the real tables."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import HoldGone, LotsMissing
from core import clock
from core.clock import FixedClock
from core.errors import DomainError, OutOfStock
from core.states import BadTransition
from payments import payments
from payments.errors import AlreadyPaid
from shop import orders
from shop.errors import MoneyOwed, NotWeighed
from shop.ordering import adding, balance, changes, fulfilment, securing
from shop.ordering.changes import Delivered
from shop.ordering.order_facts import code_in, reference_of
from shop.shipments import handing
from tests.factories.shop import PRICE_VND
from tests.support.order_machine_scales import ScalesRules
from tests.support.order_market import OrderMarket
from tests.support.order_model import DOOR, KEPT, MINUTE_MS, OFFERS, OUT, PICKUP, SLOT, Wish, fee_of
from tests.support.order_moves import ACTS, NEXT, ONWARDS, WHO, WHY

WEEK_MS = 7 * 86_400_000
REFUSED = (DomainError,)
numbers = st.integers(0, 9)
buyers = st.integers(0, 1)
ways = st.sampled_from([PICKUP, PICKUP, DOOR, SLOT])
vouchers = st.sampled_from(["", "", *OFFERS])
packs_of_both = st.tuples(st.integers(0, 3), st.integers(0, 2)).filter(any)
ends = st.sampled_from(["deliver", "refuse", "take_back"])


class OrderMachine(ScalesRules, RuleBasedStateMachine):
    """Plays buyers, bank, packers, drivers and time against the real tables."""

    session: Session
    time: FixedClock
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(packs=st.integers(4, 9), begun=st.lists(st.tuples(numbers, ends), max_size=3))
    def open_shop(self, packs: int, begun: list[tuple[int, str]]) -> None:
        """The day is under way: some orders are on their way, some at their end."""
        self.sql = self.session.begin_nested()
        self.market = OrderMarket(self.session, packs)
        for number, (steps, end) in enumerate(begun):
            self.order(Wish((1, (number + 1) % 2), number % 2))  # honey in the first: it is weighed
            self.states_are_the_models()
            self.carry_on(number, steps, end)

    def teardown(self) -> None:
        self.sql.rollback()

    @precondition(lambda self: len(self.market.orders) < 6)
    @rule(packs=packs_of_both, buyer=buyers, way=ways, voucher=vouchers)
    def place(self, packs: tuple[int, int], buyer: int, way: str, voucher: str) -> None:
        self.order(Wish(packs, buyer, way, voucher))

    def order(self, wish: Wish) -> bool:
        fits = self.market.may_have(wish)
        asked = self.market.asked(wish)
        placed: list[str] = []
        if self.does(fits, REFUSED, lambda: placed.append(orders.place(self.session, asked))):
            self.market.book.place(placed[0], wish, self.market.slot)
        return fits

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers, part=st.sampled_from([1, 1, 2, 3]), more=st.sampled_from([0, 0, 5_000]))
    def bank_tells(self, which: int, part: int, more: int) -> None:
        code = self.pick(which)
        due = payments.facts(self.session, reference_of(code)).due_vnd
        self.market.transfer(code, reference_of(code), (due or PRICE_VND) // part + more)

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers)
    def bank_tells_of_a_sum_on_top(self, which: int) -> None:
        if asked := balance.owed(self.session, self.pick(which)):
            self.market.transfer(asked.code, f"topup:{asked.code}", asked.due_vnd)

    @precondition(lambda self: self.market.news)
    @rule(which=numbers, again=st.booleans())
    def hear_news(self, which: int, *, again: bool) -> None:
        reference = self.market.news.pop(which % len(self.market.news))
        for _ in range(1 + again):
            self.hear(reference)

    def hear(self, reference: str) -> None:
        code = code_in(reference)
        if payments.facts(self.session, reference).settled_ms is None:
            return
        if code is None:
            balance.came(self.session, reference)
            return
        one = self.market.orders[code]
        waits = one.state in ("placed", "expired") and not self.is_owed_back(code)
        fits = waits and self.market.fits(code)
        orders.secure(self.session, code)
        if waits and fits:
            self.market.book.secured(one, "paid")
        elif waits:
            one.state = "expired"

    def is_owed_back(self, code: str) -> bool:
        paid = payments.facts(self.session, reference_of(code))
        return self.market.facts(code).refund_due and paid.refund_due

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers, how=st.sampled_from(["cod", "cash"]))
    def word_or_cash(self, which: int, how: str) -> None:
        code = self.pick(which)
        one, due = self.market.orders[code], self.owes(code)
        fits = one.state not in ("placed", "expired") or self.market.fits(code)
        legal = (one.state == "placed" and fits) or (one.state, one.by) == ("secured", "cod")
        if how == "cash":
            legal = fits and due > 0 and one.state not in ("cancelled", "refused", "returned")
        errors = BadTransition, OutOfStock, HoldGone, AlreadyPaid
        if self.does(legal, errors, lambda: self.take(code, how)):
            self.market.came_vnd += due if how == "cash" else 0
            if one.state in ("placed", "expired"):
                self.market.book.secured(one, how)

    def take(self, code: str, how: str) -> None:
        if how == "cod":
            orders.secure_by(self.session, code, "cod", WHO)
        else:
            securing.take_cash(self.session, code, WHO)

    def owes(self, code: str) -> int:
        asked = balance.owed(self.session, code)
        return (asked or payments.facts(self.session, reference_of(code))).due_vnd

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers, do=st.sampled_from(sorted(ACTS)), bound=st.booleans())
    def step(self, which: int, do: str, *, bound: bool) -> None:
        code = self.pick(which)
        one = self.market.orders[code]
        if do == "finish" and bound and one.state == "packing":
            stock.bind_holder(self.session, reference_of(code), clock.today())
        new = NEXT[do].get(one.state)
        finishes = do == "finish" and one.state == "packing"
        missing = finishes and (one.unweighed or fulfilment.unbound(self.session, code))
        owes = do == "hand_over" and one.state == "packed" and balance.owed(self.session, code)
        legal = new is not None and not missing and not owes
        errors = (BadTransition, LotsMissing, MoneyOwed, NotWeighed)
        if self.does(legal, errors, lambda: ACTS[do](self.session, code)):
            if new == "delivered" != one.state:
                one.delivered_ms = clock.now_ms()
            one.state = str(new)
            if new in OUT:
                handing.note_left(self.session, code)

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers, steps=st.integers(1, 7), end=ends)
    def carry_on(self, which: int, steps: int, end: str) -> None:
        for _ in range(steps):
            self.one_more(which, end)
            self.states_are_the_models()

    def one_more(self, which: int, end: str) -> None:
        state = self.market.orders[self.pick(which)].state
        self.weigh(which, -30)
        if state == "placed":
            self.word_or_cash(which, "cod")
        elif state == "delivered" and end == "deliver":
            self.word_or_cash(which, "cash")
            self.wait(0, week=True)
            self.tick()
        elif state in ONWARDS or state in ("handed_over", "delivered"):
            self.step(which, ONWARDS.get(state, end), bound=True)

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers, line=st.integers(0, 1), packs=st.integers(-1, 3))
    def shorten(self, which: int, line: int, packs: int) -> None:
        code = self.pick(which)
        one = self.market.orders[code]
        if not one.packs[line]:
            return
        name = "Mật ong" if line else "Chè móc câu Tân Cương"
        id_ = next(
            row.id for row in self.market.facts(code).lines if row.name == name and row.packs
        )
        legal = one.may_change and 0 <= packs <= one.packs[line]
        act = partial(changes.shorten, self.session, code, Delivered(id_, packs, WHO, WHY))
        if self.does(legal, DomainError, act):
            ends = one.all_packs == one.packs[line] and not packs
            one.state = "cancelled" if ends else one.state
            one.lessen(line, one.packs[line] if ends else packs)

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers, line=st.integers(0, 1))
    def add(self, which: int, line: int) -> None:
        code = self.pick(which)
        one = self.market.orders[code]
        if one.packs[line]:
            return
        wish = Wish((1, 0) if line == 0 else (0, 1), one.buyer, one.way)
        legal = one.may_change and self.market.left()[line] > 0
        if one.state != "placed":
            legal = legal and (one.way != SLOT or self.market.book.has_seat(one.slot))
        added: list[str] = []
        wanted = [((self.market.stand.listing_id, self.market.honey)[line], 1)]
        act = partial(adding.add, self.session, code, wanted, WHO)
        if not self.does(legal, REFUSED, lambda: added.append(act())):
            return
        if added[0] == code:
            one.packs[line], one.fee_vnd = 1, fee_of(one.way)
        else:
            self.market.book.place(added[0], wish, one.slot)

    @precondition(lambda self: self.market.orders)
    @rule(which=numbers, way=ways)
    def send_elsewhere(self, which: int, way: str) -> None:
        code, choice = self.pick(which), self.market.choice(way)
        one, slot = self.market.orders[code], self.market.slot
        stays = one.slot == slot and bool(slot)
        legal = one.may_change and (way != SLOT or stays or self.market.book.has_seat(slot))
        act = partial(changes.change_delivery, self.session, code, choice, WHO)
        if self.does(legal, REFUSED, act):
            self.market.book.send(one, way, slot)

    @rule(minutes=st.sampled_from([1, 10, 20]), week=st.booleans())
    def wait(self, minutes: int, *, week: bool) -> None:
        self.time.advance(WEEK_MS if week else minutes * MINUTE_MS)

    @rule()
    def tick(self) -> None:
        now = clock.now_ms()
        for code, one in self.market.orders.items():
            settled = payments.facts(self.session, reference_of(code)).settled_ms is not None
            if one.state == "placed" and one.pay_by_ms <= now and not settled:
                one.state = "expired"
            elif one.state == "delivered" and one.delivered_ms + WEEK_MS <= now and settled:
                one.state = "closed"
        orders.expire_due(self.session)
        fulfilment.close_due(self.session)

    @rule(which=st.integers(0, 1), packs=st.integers(1, 3))
    def harvest(self, which: int, packs: int) -> None:
        self.market.receive(which, packs)

    @rule()
    def look_at_what_came_back(self) -> None:
        self.market.grade_all()

    def does(
        self,
        legal: bool,
        errors: type[Exception] | tuple[type[Exception], ...],
        act: Callable[[], object],
    ) -> bool:
        """Do `act` if the model says so; else see it refused, with nothing changed."""
        if legal:
            act()
            return True
        with pytest.raises(errors), self.session.begin_nested():
            act()
        return False

    @invariant()
    def states_are_the_models(self) -> None:
        for code, one in self.market.orders.items():
            assert self.market.facts(code).state == one.state, code
            OrderMachine.seen[one.state] += 1

    @invariant()
    def goods_are_conserved(self) -> None:
        levels = stock.levels(self.session, self.market.products)
        allocated = [levels[id_].allocated for id_ in self.market.products]
        assert allocated == self.market.goods(KEPT)
        assert self.market.stands() == self.market.brought

    @invariant()
    def money_is_conserved(self) -> None:
        assert self.market.placed_money() == self.market.came_vnd
        told = {code_in(reference) or "" for reference in self.market.news}
        if self.market.news and "" in told:
            return
        for code in self.market.orders.keys() - told:
            assert self.market.kept_vnd(code) == self.market.due_vnd(code), code

    @invariant()
    def books_agree(self) -> None:
        assert list(self.market.problems()) == []
