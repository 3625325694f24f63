"""Allotments: set aside, taken pack by pack, given back, closed."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import AllotmentClosed, MoreThanTaken
from catalog.models import StockHold
from core import clock
from core.clock import FixedClock
from core.errors import NotFound, OutOfStock
from tests.factories.catalog import HOUR_MS, keep, make_product

PACK = 200


def allot(session: Session, packs: int = 7, on_hand_packs: int = 10) -> tuple[str, str]:
    """A product with an allotment of so many packs of 200 g: (product, allotment)."""
    product = make_product(session, on_hand=on_hand_packs * PACK)
    return product, stock.grant(session, product, packs * PACK, "pin:A1")


def left(session: Session, allotment: str) -> int:
    return stock.allotment_left(session, [allotment])[allotment] // PACK


def order_of(session: Session, allotment: str, packs: int, holder: str = "order:A") -> None:
    """Packs taken live and then ordered for an hour."""
    assert stock.take(session, allotment, PACK, packs) == packs
    until = clock.now_ms() + HOUR_MS
    stock.hold_in_allotment(session, allotment, packs * PACK, holder, until)


def test_what_is_granted_is_held_and_free_for_the_room_alone(session: Session) -> None:
    product, _ = allot(session)
    level = stock.levels(session, [product])[product]
    assert (level.held, level.available, level.allotted_free) == (1400, 600, 1400)


def test_no_more_is_granted_than_the_shop_has(session: Session) -> None:
    product, _ = allot(session)
    with pytest.raises(OutOfStock) as refusal:
        stock.grant(session, product, 601, "pin:A2")
    assert refusal.value.data["left"] == 600


def test_a_claim_takes_what_is_left_and_no_more(session: Session) -> None:
    _, allotment = allot(session)
    taken = [stock.take(session, allotment, PACK, packs) for packs in (5, 5, 1)]
    assert taken == [5, 2, 0]


def test_a_claim_that_fits_is_one_statement(session: Session) -> None:
    _, allotment = allot(session)
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: statements.append(a[2]))
    stock.take(session, allotment, PACK, 2)
    assert [words.split()[0] for words in statements] == ["UPDATE"]


def test_a_part_of_a_pack_is_not_sold(session: Session) -> None:
    product = make_product(session, on_hand=500)
    allotment = stock.grant(session, product, 500, "pin:A1")
    assert stock.take(session, allotment, PACK, 3) == 2


def test_an_expired_order_frees_its_packs_for_the_next_claim(
    session: Session, time_at: FixedClock
) -> None:
    _, allotment = allot(session)
    order_of(session, allotment, 7)
    assert stock.take(session, allotment, PACK, 1) == 0
    time_at.advance(HOUR_MS)
    assert left(session, allotment) == 7
    assert stock.take(session, allotment, PACK, 1) == 1
    assert left(session, allotment) == 6


def test_an_expired_order_ends_even_if_there_is_room_without_it(
    session: Session, time_at: FixedClock
) -> None:
    _, allotment = allot(session)
    order_of(session, allotment, 3)
    time_at.advance(HOUR_MS)
    stock.take(session, allotment, PACK, 1)
    assert session.query(StockHold.state).one() == ("ended",)


def test_several_allotments_are_freed_of_expired_orders_at_once(
    session: Session, time_at: FixedClock
) -> None:
    both = [allot(session)[1] for _ in range(2)]
    for allotment in both:
        order_of(session, allotment, 7)
    time_at.advance(HOUR_MS)
    stock.end_expired_in(session, both)
    assert {state for (state,) in session.query(StockHold.state)} == {"ended"}
    assert [stock.take(session, allotment, PACK, 7) for allotment in both] == [7, 7]


def test_what_is_given_back_stays_in_the_room(session: Session) -> None:
    product, allotment = allot(session)
    stock.take(session, allotment, PACK, 7)
    stock.give_back(session, allotment, 2 * PACK)
    assert left(session, allotment) == 2
    assert stock.levels(session, [product])[product].available == 600


def test_more_than_was_taken_cannot_come_back(session: Session) -> None:
    _, allotment = allot(session)
    stock.take(session, allotment, PACK, 1)
    with pytest.raises(MoreThanTaken) as refusal:
        stock.give_back(session, allotment, 2 * PACK)
    assert refusal.value.data == {"taken": PACK}


def test_only_what_was_claimed_and_not_yet_ordered_can_be_ordered(session: Session) -> None:
    _, allotment = allot(session)
    order_of(session, allotment, 3)
    stock.take(session, allotment, PACK, 1)
    with pytest.raises(MoreThanTaken) as refusal:
        stock.hold_in_allotment(session, allotment, 2 * PACK, "order:B", clock.now_ms() + 1)
    assert refusal.value.data == {"taken": PACK}


@pytest.mark.parametrize(("packs", "available"), [(10, 0), (8, 400), (2, 1600), (0, 2000)])
def test_an_allotment_grows_and_shrinks(session: Session, packs: int, available: int) -> None:
    product, allotment = allot(session)
    stock.resize(session, allotment, packs * PACK)
    assert left(session, allotment) == packs
    assert stock.levels(session, [product])[product].available == available


def test_it_grows_no_further_than_the_shop_has(session: Session) -> None:
    _, allotment = allot(session)
    with pytest.raises(OutOfStock) as refusal:
        stock.resize(session, allotment, 11 * PACK)
    assert refusal.value.data["left"] == 600


def test_it_shrinks_no_further_than_what_is_promised(session: Session) -> None:
    _, allotment = allot(session)
    stock.take(session, allotment, PACK, 3)
    with pytest.raises(OutOfStock) as refusal:
        stock.resize(session, allotment, 2 * PACK)
    assert refusal.value.data["left"] == 4 * PACK


def test_closing_returns_what_nobody_took(session: Session) -> None:
    product, allotment = allot(session)
    stock.take(session, allotment, PACK, 2)
    stock.close(session, allotment)
    stock.close(session, allotment)
    level = stock.levels(session, [product])[product]
    assert (level.held, level.available, level.allotted_free) == (400, 1600, 0)


def test_nothing_is_sold_from_a_closed_allotment(session: Session) -> None:
    _, allotment = allot(session)
    stock.close(session, allotment)
    assert stock.take(session, allotment, PACK, 1) == 0
    with pytest.raises(AllotmentClosed):
        stock.resize(session, allotment, 2000)


def test_what_comes_back_after_closing_goes_to_the_shop(session: Session) -> None:
    product, allotment = allot(session)
    order_of(session, allotment, 3)
    stock.take(session, allotment, PACK, 2)
    stock.close(session, allotment)
    stock.give_back(session, allotment, 2 * PACK)
    stock.end_holder(session, "order:A")
    assert stock.levels(session, [product])[product].available == 2000


def test_the_web_may_have_what_ran_out_in_a_closed_allotment(
    session: Session, time_at: FixedClock
) -> None:
    product, allotment = allot(session, packs=10)
    order_of(session, allotment, 10)
    stock.close(session, allotment)
    time_at.advance(HOUR_MS)
    assert stock.levels(session, [product])[product].available == 2000
    keep(session, product, 2000, "order:B")


def test_the_web_never_passes_the_waiting_list(session: Session, time_at: FixedClock) -> None:
    product, allotment = allot(session, packs=10)
    order_of(session, allotment, 10)
    time_at.advance(HOUR_MS)
    level = stock.levels(session, [product])[product]
    assert (level.available, level.allotted_free) == (0, 2000)
    with pytest.raises(OutOfStock):
        keep(session, product, PACK, "order:B")


def test_an_unknown_allotment_is_not_found(session: Session) -> None:
    for act in (
        lambda: stock.resize(session, "nowhere", 1),
        lambda: stock.close(session, "nowhere"),
        lambda: stock.give_back(session, "nowhere", 1),
        lambda: stock.hold_in_allotment(session, "nowhere", 1, "order:A", clock.now_ms()),
    ):
        with pytest.raises(NotFound):
            act()
