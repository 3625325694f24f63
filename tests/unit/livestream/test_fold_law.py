"""fold(snapshot(n), events n+1…m) == snapshot(m), whatever really happens in a show."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from catalog import listings, prices
from core import fsck
from core.clock import FixedClock
from core.errors import DomainError
from core.identity.logins import Login
from livestream import log, order_news
from livestream.desk import desk, waitlist
from livestream.desk.desk import ChangeRequest, ClaimRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins import flash, pins, shop_prices
from livestream.pins.pin_views import FlashSale
from livestream.room import view
from livestream.room.snapshot import EVENT_TYPES, fold
from livestream.shows import sessions
from shop import orders
from tests.factories.livestream import Show, make_buyer, make_show, order_basket
from tests.factories.payments import pay


@dataclass
class Stage:
    """A show with buyers, and what was claimed and ordered so far."""

    session: Session
    time: FixedClock
    show: Show
    buyers: list[Login]
    claims: list[tuple[str, Login]] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)

    def code(self, choice: int) -> str:
        return f"A{choice % 6 + 1}"

    def order(self, choice: int) -> str:
        return self.orders[choice % len(self.orders)]


def claim(stage: Stage, a: int, b: int) -> None:
    buyer = stage.buyers[a % len(stage.buyers)]
    request = ClaimRequest(stage.show.id, stage.code(b), a % 3 + 1, buyer, stage.time.at_ms)
    stage.claims.append((desk.claim(stage.session, request).claim_id, buyer))


def lower(stage: Stage, a: int, b: int) -> None:
    if stage.claims:
        claim_id, buyer = stage.claims[a % len(stage.claims)]
        desk.change(stage.session, ChangeRequest(stage.show.id, claim_id, b % 3, buyer))


def order(stage: Stage, a: int, _b: int) -> None:
    buyer = stage.buyers[a % len(stage.buyers)]
    stage.orders.append(order_basket(stage.session, stage.show, buyer))


def pay_order(stage: Stage, a: int, _b: int) -> None:
    if stage.orders:
        code = stage.order(a)
        amount_vnd = orders.facts(stage.session, code).amount_vnd
        pay(stage.session, stage.show.till, code, amount_vnd)
        orders.secure(stage.session, code)
        _follow(stage, code)


def cancel_order(stage: Stage, a: int, _b: int) -> None:
    if stage.orders:
        how = orders.Cancellation("p:test", by_buyer=True)
        orders.cancel(stage.session, stage.order(a), how)
        _follow(stage, stage.order(a))


def lapse_order(stage: Stage, a: int, _b: int) -> None:
    if stage.orders:
        orders.lapse(stage.session, stage.order(a))
        _follow(stage, stage.order(a))


def wait(stage: Stage, a: int, b: int) -> None:
    stage.time.advance((a + b) % 40 * MINUTE_MS)
    waitlist.settle_due(stage.session)


def show_pin(stage: Stage, a: int, _b: int) -> None:
    pins.show(stage.session, stage.show.id, stage.code(a))


def show_pin_beside(stage: Stage, a: int, _b: int) -> None:
    pins.show_beside(stage.session, stage.show.id, stage.code(a))


def close_pin(stage: Stage, a: int, _b: int) -> None:
    pins.close(stage.session, stage.show.id, stage.code(a))


def price(stage: Stage, a: int, b: int) -> None:
    pins.change_price(stage.session, stage.show.id, stage.code(a), 1000 * (b + 1))


def shop_price(stage: Stage, a: int, b: int) -> None:
    """The shop asks another price: the pins of that listing hear of it."""
    listing_id = view.snapshot(stage.session, stage.show.id)["pins"][0]["listing"]
    seller_id = listings.get(stage.session, listing_id).seller_id
    prices.set_price(stage.session, seller_id, listing_id, 1000 * (a + b + 1), "p:test")
    shop_prices.follow(stage.session, listing_id)


def resize(stage: Stage, a: int, b: int) -> None:
    pins.change_allotment(stage.session, stage.show.id, stage.code(a), b % 8 + 1)


def start_flash(stage: Stage, a: int, b: int) -> None:
    now = stage.time.at_ms
    window = FlashSale(1000 * (b + 1), now, now + MINUTE_MS, b % 5 or None, a % 3 or None)
    flash.start(stage.session, stage.show.id, stage.code(a), window)


def end_flash(stage: Stage, a: int, _b: int) -> None:
    flash.end(stage.session, stage.show.id, stage.code(a))


def announce(stage: Stage, a: int, _b: int) -> None:
    sessions.announce(stage.session, stage.show.id, f"tin {a}")


def interrupt(stage: Stage, _a: int, _b: int) -> None:
    sessions.interrupt(stage.session, stage.show.id)


def resume(stage: Stage, _a: int, _b: int) -> None:
    sessions.resume(stage.session, stage.show.id)


def end(stage: Stage, a: int, b: int) -> None:
    if a < 8 and b < 8:
        sessions.end(stage.session, stage.show.id)


def _follow(stage: Stage, code: str) -> None:
    order_news.follow(stage.session, code, f"live:{stage.show.id}")


Step = Callable[[Stage, int, int], None]
LIKELY: tuple[Step, ...] = (*(claim,) * 9, *(order, lower) * 4, *(pay_order,) * 3)
ODD: tuple[Step, ...] = (
    *(cancel_order, lapse_order, wait, show_pin, show_pin_beside, close_pin, price, resize),
    *(shop_price, start_flash, end_flash, announce, interrupt, resume, end),
)
STEPS = LIKELY * 2 + ODD


def take(stage: Stage, step: Step, a: int, b: int) -> None:
    """One step; a refusal undoes it alone, as an edge would."""
    try:
        with stage.session.begin_nested():
            step(stage, a, b)
    except DomainError:
        stage.session.expire_all()


def make_stage(session: Session, time: FixedClock) -> Stage:
    show = make_show(session, 3, 2, 5, 1, 4, 2, limit=4)
    return Stage(session, time, show, [make_buyer(session) for _ in range(4)])


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 10**6))
def test_what_is_told_is_what_is(session: Session, time_at: FixedClock, seed: int) -> None:
    chance = random.Random(seed)
    stage = make_stage(session, time_at)
    before = view.snapshot(session, stage.show.id)
    for _ in range(50):
        step, a, b = chance.choice(STEPS), chance.randrange(32), chance.randrange(32)
        take(stage, step, a, b)
        events = log.entries(session, stage.show.id, before["seq"], None)
        now = view.snapshot(session, stage.show.id)
        assert fold(before, events) == now, step.__name__
        before = now
    assert [one for one in fsck.run_all(session) if one.problems] == []


@pytest.mark.parametrize("kind", sorted(EVENT_TYPES))
def test_the_law_holds_for_each_event_type(
    session: Session, time_at: FixedClock, kind: str
) -> None:
    stage = make_stage(session, time_at)
    took_place = []
    for step, a, b in _TOUR:
        before = view.snapshot(session, stage.show.id)
        take(stage, step, a, b)
        events = log.entries(session, stage.show.id, before["seq"], None)
        if kind in {event["type"] for event in events}:
            took_place.append(step)
            assert fold(before, events) == view.snapshot(session, stage.show.id)
    started = log.entries(session, stage.show.id, 0, None)[0]["type"]
    assert took_place or kind == started


_TOUR: tuple[tuple[Step, int, int], ...] = (
    (claim, 0, 0),
    (claim, 1, 0),
    (claim, 2, 0),
    (lower, 0, 0),
    (order, 1, 0),
    (pay_order, 0, 0),
    (show_pin, 4, 0),
    (show_pin_beside, 5, 0),
    (price, 0, 3),
    (shop_price, 1, 3),
    (start_flash, 0, 2),
    (end_flash, 0, 0),
    (resize, 0, 6),
    (close_pin, 2, 0),
    (announce, 1, 0),
    (interrupt, 0, 0),
    (resume, 0, 0),
    (end, 0, 0),
)
