"""Web and staff holds: all or nothing, until a time, and back to the shop."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import events, stock
from catalog.errors import HoldGone
from catalog.lots import opening
from catalog.models import Movement, StockHold
from core import clock
from core.clock import FixedClock
from core.errors import NotFound, OutOfStock
from core.outbox import OutboxRow, subscribe
from core.quantity import BadQuantity
from tests.factories.catalog import HOUR_MS, keep, make_product, stock_id_of
from tests.factories.identity import make_seller


def remember(session: Session, event: events.HoldsExpired) -> None:
    """Somebody above who wants to know."""


def available(session: Session, product_id: str) -> int:
    return stock.levels(session, [product_id])[product_id].available


def test_what_is_received_can_be_held(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    level = stock.levels(session, [product])[product]
    assert (level.on_hand, level.held, level.available) == (7, 5, 2)


def test_the_eighth_of_seven_is_refused_with_what_is_left(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    with pytest.raises(OutOfStock) as refusal:
        keep(session, product, 3, "order:B")
    assert refusal.value.data == {"left": 2, "product": product}
    assert available(session, product) == 2


def test_two_lines_of_one_product_are_judged_together(session: Session) -> None:
    product = make_product(session, on_hand=7)
    until = clock.now_ms() + HOUR_MS
    twice = [stock.HoldRequest(product, 4, "order:A", until)] * 2
    with pytest.raises(OutOfStock):
        stock.hold_all(session, twice)
    assert available(session, product) == 7


def test_a_refused_second_product_leaves_the_first_free(session: Session) -> None:
    plenty, scarce = make_product(session, on_hand=100), make_product(session, on_hand=1)
    until = clock.now_ms() + HOUR_MS
    wanted = [
        stock.HoldRequest(plenty, 5, "order:A", until),
        stock.HoldRequest(scarce, 2, "order:A", until),
    ]
    with pytest.raises(OutOfStock, match=scarce):
        stock.hold_all(session, wanted)
    assert available(session, plenty) == 100


def test_hold_ids_come_in_the_order_asked(session: Session) -> None:
    products = [make_product(session, on_hand=10) for _ in range(4)]
    until = clock.now_ms() + HOUR_MS
    ids = stock.hold_all(session, [stock.HoldRequest(p, 1, "order:A", until) for p in products])
    rows = [stock_id_of(session, product) for product in products]
    assert [session.get_one(StockHold, hold_id).stock_id for hold_id in ids] == rows


def test_a_product_that_never_came_in_has_none_left(session: Session) -> None:
    with pytest.raises(OutOfStock) as refusal:
        keep(session, make_product(session), 1)
    assert refusal.value.data["left"] == 0


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_and_less_is_not_a_quantity(session: Session, quantity: int) -> None:
    product = make_product(session, on_hand=7)
    with pytest.raises(BadQuantity):
        keep(session, product, quantity)


def test_a_hold_that_ran_out_serves_the_next(session: Session, time_at: FixedClock) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 7, "order:A")
    time_at.advance(HOUR_MS)
    keep(session, product, 7, "order:B")
    states = dict(session.execute(select(StockHold.holder, StockHold.state)).all())
    assert states == {"order:A": "ended", "order:B": "active"}


def test_running_out_ends_all_the_holder_had_and_says_so(
    session: Session, time_at: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.outbox._subscriptions", {})
    tea, rice = make_product(session, on_hand=7), make_product(session, on_hand=7)
    keep(session, tea, 7, "order:A")
    keep(session, rice, 7, "order:A", ms=9 * HOUR_MS)
    subscribe(events.HoldsExpired, remember)
    time_at.advance(HOUR_MS)
    keep(session, tea, 1, "order:B")
    assert available(session, rice) == 7
    told = session.scalars(select(OutboxRow.payload).where(OutboxRow.event == "HoldsExpired")).all()
    assert told == ['{"holder": "order:A"}']


def test_an_expired_hold_counts_as_free_before_anybody_ends_it(
    session: Session, time_at: FixedClock
) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 7)
    time_at.advance(HOUR_MS)
    assert available(session, product) == 7


def test_ending_a_holder_twice_returns_it_once(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.end_holder(session, "order:A")
    stock.end_holder(session, "order:A")
    assert available(session, product) == 7


def test_an_extended_hold_lives_on_but_never_shorter(session: Session, time_at: FixedClock) -> None:
    product = make_product(session, on_hand=7)
    hold = session.get_one(StockHold, keep(session, product, 7))
    long, short = clock.now_ms() + 2 * HOUR_MS, clock.now_ms() + 1
    stock.extend(session, "order:A", long)
    stock.extend(session, "order:A", short)
    session.refresh(hold)
    assert hold.until_ms == long


def test_time_does_not_bring_a_hold_back(session: Session, time_at: FixedClock) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 7)
    time_at.advance(HOUR_MS)
    with pytest.raises(HoldGone):
        stock.extend(session, "order:A", clock.now_ms() + HOUR_MS)


def test_a_recount_below_what_is_promised_stays_as_counted(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.recount(session, stock_id_of(session, product), 3, "chuột ăn")
    level = stock.levels(session, [product])[product]
    assert (level.on_hand, level.held, level.available, level.short) == (3, 5, 0, 2)
    with pytest.raises(OutOfStock):
        keep(session, product, 1, "order:B")


def test_counting_what_the_books_say_moves_nothing(session: Session) -> None:
    product = make_product(session, on_hand=7)
    stock.recount(session, stock_id_of(session, product), 7, "kiểm kê")
    assert session.scalars(select(Movement.kind)).all() == ["receive"]


def test_another_sellers_product_cannot_be_received(session: Session) -> None:
    product = make_product(session)
    with pytest.raises(NotFound):
        opening.bring_in(session, make_seller(session), product, 5, "nhầm")


def test_a_product_has_one_row_however_often_it_comes_in(session: Session) -> None:
    seller = make_seller(session)
    product = make_product(session, seller)
    opening.bring_in(session, seller, product, 5, "sáng")
    first = stock_id_of(session, product)
    opening.bring_in(session, seller, product, 6, "chiều")
    assert stock_id_of(session, product) == first
    assert available(session, product) == 11
