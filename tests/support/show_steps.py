"""A show that is played at random: what people, the host, the shop and the clock do in one, step by step."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from catalog import listings, prices
from core.clock import FixedClock
from core.errors import DomainError
from core.identity.logins import Login
from livestream import order_news
from livestream.desk import desk, waitlist
from livestream.desk.desk import ChangeRequest, ClaimRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins import flash, pins, shop_prices
from livestream.pins.pin_views import FlashSale
from livestream.room import view
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
