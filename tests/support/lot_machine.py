"""Plays a cooperative's market days against the real tables: what comes in, time, orders, live, the stall."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import HoldGone, LotsMissing
from catalog.lots import record, states
from catalog.lots.record import NewHarvest
from catalog.stock import HoldRequest, Word
from core import clock
from core.client_ids import key_of, once
from core.clock import FixedClock
from core.errors import DomainError, OutOfStock
from core.strict_json import JsonValue
from tests.factories.catalog import make_product
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, make_member
from tests.support.lot_books import as_booked, as_modelled, problems
from tests.support.lot_model import STALL, STORE, Goods, Model, Promise, Show

MINUTE, DAY = 60_000, 86_400_000
LEAF, TEA = "leaf", "tea"
BROUGHT = [(LEAF, STORE, None), (LEAF, STORE, 3), (TEA, STORE, 9), (TEA, STALL, None)]
amounts = st.integers(1, 9)
points = st.sampled_from([STORE, STALL])
products = st.sampled_from([LEAF, TEA])
T = TypeVar("T")
Refusal = type[DomainError] | None


class SameIds:
    """Chance for ids that begins anew with each example: lots are told apart by id where days are equal."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.urandom = random.Random(1).randbytes


class MarketDays(RuleBasedStateMachine):
    """Members, buyers, the stall and the calendar; the model agrees with the tables after each step."""

    session: Session
    time: FixedClock
    chance: SameIds

    @initialize()
    def open_shop(self) -> None:
        self.chance.restart()
        self.sql = self.session.begin_nested()
        self.started_ms = self.time.at_ms
        self.model = Model()
        self.seller = make_seller(self.session)
        self.member = make_member(self.session, self.seller)
        self.ids = {
            LEAF: make_product(self.session, self.seller, name="Chè búp tươi"),
            TEA: make_product(self.session, self.seller, name="Chè khô", removal_days=1),
        }
        stall = stock.open_point(self.session, self.seller, "stall", "Chợ Đại Từ")
        self.points = {STORE: stock.store_of(self.session, self.seller), STALL: stall}
        self.rows = {
            (product, point): stock.row_at(self.session, self.seller, id_, self.points[point])
            for product, id_ in self.ids.items()
            for point in self.points
        }
        self.shows: dict[str, str] = {}
        self.sales = 0
        for product, point, keeps in BROUGHT:
            self.receive(product, point, 20, 0, keeps)

    def teardown(self) -> None:
        self.sql.rollback()
        self.session.expunge_all()  # the next example gives its rows the same ids
        self.time.at_ms = self.started_ms
        clock.use(self.time)  # the next example begins on the first day again

    # What comes in, and time.

    @rule(
        product=products,
        point=points,
        quantity=st.integers(5, 25),
        interval=st.sampled_from([0, 0, 0, 1, 2]),
        keeps=st.sampled_from([None, None, 0, 1, 2, 4]),
    )
    def receive(
        self, product: str, point: str, quantity: int, interval: int, keeps: int | None
    ) -> None:
        new = NewHarvest(
            self.ids[product],
            quantity,
            self.today,
            member_id=self.member,
            best_before=None if keeps is None else self.today + timedelta(keeps),
            sprayed_on=self.today if interval else None,
            interval_days=interval,
            point_id=self.points[point],
        )
        lot = self.do(None, lambda: record.record(self.session, self.seller, new, ACTOR))
        goods = Goods(product, "", self.today, made=quantity, at={point: quantity})
        goods.clear = self.today + timedelta(interval) if interval else None
        if new.best_before:
            goods.removes = new.best_before - timedelta(1 if product == TEA else 0)
        goods.begin(self.today)
        self.model.lots[lot] = goods
        self.model.flows["received"] += quantity

    @rule(minutes=st.integers(1, 40))
    def wait(self, minutes: int) -> None:
        self.time.advance(minutes * MINUTE)
        self.expire()

    @rule(days=st.integers(1, 2))
    def sleep(self, days: int) -> None:
        self.time.advance(days * DAY)
        self.expire()
        states.release_cleared(self.session)
        states.retire_expired(self.session)
        self.model.new_day(self.today)

    def expire(self) -> None:
        stock.ready(self.session, set(self.rows.values()))
        self.model.expire(self.time.at_ms)

    # Orders.

    @rule(product=products, quantity=amounts, days=st.integers(0, 2), sent=st.booleans())
    def order(self, product: str, quantity: int, days: int, sent: bool) -> None:
        """Somebody orders, pays at once and is packed for; most orders go this way."""
        before = len(self.model.orders)
        self.hold(product, quantity, 30)
        for holder in list(self.model.orders)[before:]:
            self.fulfil(holder, "pay")
            self.bind(holder, days)
            if sent:
                self.hand_over(holder)

    @rule(product=products, quantity=amounts, minutes=st.integers(1, 60))
    def hold(self, product: str, quantity: int, minutes: int) -> None:
        holder, until = f"order:{len(self.model.orders)}", self.time.at_ms + minutes * MINUTE
        request = HoldRequest(self.ids[product], quantity, holder, until)
        enough = self.model.available(product, STORE) >= quantity
        refusal = None if enough else OutOfStock
        if self.did(refusal, lambda: stock.hold_all(self.session, [request])):
            self.model.orders[holder] = Promise(product, quantity, until)

    @precondition(lambda self: self.model.orders)
    @rule(data=st.data(), fate=st.sampled_from(["pay", "pay", "pay", "lapse", "cancel"]))
    def decide(self, data: st.DataObject, fate: str) -> None:
        self.fulfil(self.some_order(data), fate)

    def fulfil(self, holder: str, fate: str) -> None:
        order = self.model.orders[holder]
        act = {"pay": stock.allocate_holder, "lapse": stock.end_holder, "cancel": stock.free_holder}
        refusal = HoldGone if fate == "pay" and order.state == "ended" else None
        if not self.did(refusal, lambda: act[fate](self.session, holder)):
            return
        if fate == "pay" and order.state == "active":
            order.state = "allocated"
        elif fate == "lapse" and order.state == "active":
            order.state = "ended"
        elif fate == "cancel" and order.state == "allocated":
            order.state = "ended"
            self.model.untie([t for t in self.model.ties if t.holder == holder])

    @precondition(lambda self: self.model.orders)
    @rule(data=st.data(), ahead=st.integers(0, 2), undo=st.sampled_from([False, False, True]))
    def pack(self, data: st.DataObject, ahead: int, undo: bool) -> None:
        holder = self.some_order(data)
        self.bind(holder, ahead)
        if undo:
            self.do(None, lambda: stock.unbind_holder(self.session, holder))
            self.model.untie([t for t in self.model.ties if t.holder == holder])

    def bind(self, holder: str, ahead: int) -> None:
        self.time.advance(1)  # ties are freed newest first: no two orders share a millisecond
        day = self.today + timedelta(ahead)
        missing = self.do(None, lambda: stock.bind_holder(self.session, holder, day))
        assert missing == self.model.bind(holder, day)

    @precondition(lambda self: self.model.orders)
    @rule(data=st.data())
    def ship(self, data: st.DataObject) -> None:
        self.hand_over(self.some_order(data))

    def hand_over(self, holder: str) -> None:
        self.time.advance(1)
        before = [replace(tie) for tie in self.model.ties]
        missing = self.model.bind(holder, self.today)
        refusal = LotsMissing if missing else None
        if self.did(refusal, lambda: stock.ship_holder(self.session, holder, ACTOR)):
            self.model.ship(holder)
        else:
            self.model.ties = before

    @rule(product=products, quantity=amounts)
    def go_live(self, product: str, quantity: int) -> None:
        if product in self.shows:
            taken = stock.take(self.session, self.shows[product], 1, quantity)
            show = self.model.shows[product]
            assert taken == min(quantity, show.granted - show.used)
            show.used += taken
            return
        enough = self.model.available(product, STORE) >= quantity
        refusal = None if enough else OutOfStock
        granted = self.did(refusal, lambda: self.grant(product, quantity))
        if granted:
            self.model.shows[product] = Show(quantity)

    def grant(self, product: str, quantity: int) -> None:
        self.shows[product] = stock.grant(self.session, self.ids[product], quantity, "pin:A1")

    @rule(product=products, quantity=amounts)
    def sell_at_the_stall(self, product: str, quantity: int) -> None:
        """A phone without network sends its sale twice."""
        self.sales += 1
        holder, row = f"stall:{self.sales}", self.rows[product, STALL]
        key = key_of(ACTOR, f"sale-{self.sales}", "sell", {"quantity": quantity})

        def sync() -> None:
            once(self.session, key, lambda: self.sell(row, quantity, holder))

        served = self.model.served(product, STALL, quantity, self.today)
        refusal = OutOfStock if served.total() < quantity else None
        if self.did(refusal, sync) & self.did(refusal, sync):
            for lot, part in served.items():
                self.model.lay(lot, STALL, -part)
                self.model.sold[holder, lot] += part
            self.model.flows["sold"] += quantity

    def sell(self, row: str, quantity: int, holder: str) -> dict[str, JsonValue]:
        stock.sell(self.session, row, quantity, holder, Word(ACTOR))
        return {"sold": True}

    # What every rule uses.

    def do(self, refusal: Refusal, act: Callable[[], T]) -> T:
        """What `act` answers; the model says that it is not refused."""
        assert refusal is None
        with self.session.begin_nested():
            return act()

    def did(self, refusal: Refusal, act: Callable[[], object]) -> bool:
        """Whether it was done: refused exactly if the model says so, and then undone whole."""
        if refusal is None:
            self.do(None, act)
            return True
        with pytest.raises(refusal) as refused, self.session.begin_nested():
            act()
        assert refused.type is refusal
        return False

    def some_order(self, data: st.DataObject) -> str:
        at = data.draw(st.integers(0, len(self.model.orders) - 1), "order")
        return list(self.model.orders)[at]

    @property
    def today(self) -> date:
        return clock.today()

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        if "model" in vars(self):
            assert as_booked(self.session, self.seller) == as_modelled(self.model, self.rows)

    @invariant()
    def no_mass_is_lost_and_fsck_is_clean(self) -> None:
        if "model" in vars(self):
            assert self.model.mass_is_right
            assert problems(self.session) == []
