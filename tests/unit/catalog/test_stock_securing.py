"""Paid orders: what was kept becomes theirs, and late money takes stock again or not at all."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import HoldGone
from core import clock
from core.clock import FixedClock
from core.errors import OutOfStock
from tests.factories.catalog import HOUR_MS, keep, make_product


def in_room(session: Session, quantity: int = 7, holder: str = "order:A") -> tuple[str, str]:
    """A product of 7 with an allotment of 7, `quantity` of it ordered: (product, allotment)."""
    product = make_product(session, on_hand=7)
    allotment = stock.grant(session, product, 7, "pin:A1")
    assert stock.take(session, allotment, 1, quantity) == quantity
    stock.hold_in_allotment(session, allotment, quantity, holder, clock.now_ms() + HOUR_MS)
    return product, allotment


def level(session: Session, product: str) -> stock.Level:
    return stock.levels(session, [product])[product]


def test_a_paid_web_order_moves_from_held_to_allocated(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.allocate_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 5, 0, 2, 0)


def test_a_paid_live_order_leaves_its_allotment(session: Session) -> None:
    product, allotment = in_room(session, 5)
    stock.allocate_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 5, 2, 0, 2)
    assert stock.take(session, allotment, 1, 7) == 2


def test_being_told_twice_allocates_once(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.allocate_holder(session, "order:A")
    stock.allocate_holder(session, "order:A")
    assert level(session, product).allocated == 5


def test_an_order_past_its_time_that_nobody_ended_is_still_served(
    session: Session, time_at: FixedClock
) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    time_at.advance(HOUR_MS)
    stock.allocate_holder(session, "order:A")
    assert level(session, product).allocated == 5


def test_an_order_whose_goods_went_back_is_not_allocated(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.end_holder(session, "order:A")
    with pytest.raises(HoldGone):
        stock.allocate_holder(session, "order:A")
    assert level(session, product).allocated == 0


def test_a_stranger_has_nothing_to_allocate(session: Session) -> None:
    with pytest.raises(HoldGone):
        stock.allocate_holder(session, "order:NOBODY")
    with pytest.raises(HoldGone):
        stock.retake_holder(session, "order:NOBODY")


def test_late_money_takes_from_the_shop_again(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.end_holder(session, "order:A")
    stock.retake_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 5, 0, 2, 0)


def test_late_money_takes_from_the_open_allotment_first(session: Session) -> None:
    product, allotment = in_room(session, 5)
    stock.end_holder(session, "order:A")
    stock.retake_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 5, 2, 0, 2)
    assert stock.allotment_left(session, [allotment]) == {allotment: 2}


def test_late_money_finds_the_shop_when_the_allotment_is_closed(session: Session) -> None:
    product, allotment = in_room(session, 5)
    stock.end_holder(session, "order:A")
    stock.close(session, allotment)
    stock.retake_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 5, 0, 2, 0)


def test_late_money_for_goods_sold_meanwhile_changes_nothing(session: Session) -> None:
    tea, rice = make_product(session, on_hand=7), make_product(session, on_hand=7)
    for product in (tea, rice):
        keep(session, product, 7)
    stock.end_holder(session, "order:A")
    keep(session, rice, 1, "order:B")
    with pytest.raises(OutOfStock) as refusal:
        stock.retake_holder(session, "order:A")
    assert refusal.value.data == {"left": 6, "product": rice}
    assert level(session, tea) == stock.Level(7, 0, 0, 7, 0)


def test_late_money_may_have_what_another_let_run_out(
    session: Session, time_at: FixedClock
) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 7)
    stock.end_holder(session, "order:A")
    keep(session, product, 7, "order:B")
    time_at.advance(HOUR_MS)
    stock.retake_holder(session, "order:A")
    assert level(session, product).allocated == 7


def test_a_secured_order_is_not_ended(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.allocate_holder(session, "order:A")
    stock.end_holder(session, "order:A")
    assert level(session, product).allocated == 5


def test_a_secured_order_that_is_cancelled_gives_its_goods_back_once(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.allocate_holder(session, "order:A")
    for _ in range(2):
        stock.free_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 0, 0, 7, 0)


def test_what_a_cancelled_order_had_from_an_open_allotment_goes_back_into_it_once(
    session: Session,
) -> None:
    product, allotment = in_room(session, 5)
    stock.allocate_holder(session, "order:A")
    for _ in range(2):
        stock.free_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 0, 7, 0, 7)
    assert stock.allotment_left(session, [allotment]) == {allotment: 7}


def test_what_it_had_from_a_closed_allotment_goes_to_the_shop(session: Session) -> None:
    product, allotment = in_room(session, 5)
    stock.allocate_holder(session, "order:A")
    stock.close(session, allotment)
    stock.free_holder(session, "order:A")
    assert level(session, product) == stock.Level(7, 0, 0, 7, 0)


def test_what_only_waits_to_be_paid_is_not_freed(session: Session) -> None:
    product = make_product(session, on_hand=7)
    keep(session, product, 5)
    stock.free_holder(session, "order:A")
    assert level(session, product).held == 5
