"""`fsck` finds what is wrong with stock; a check that cannot find its fault would prove nothing."""

from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog import checks, stock
from core import clock
from tests.factories.catalog import HOUR_MS, keep, make_listing, make_product
from tests.factories.identity import make_seller

Check = Callable[[Session], Iterable[str]]

FAULTS: list[tuple[str, Check]] = [
    ("UPDATE stock SET on_hand = on_hand + 1", checks.columns_are_the_sums_of_movements),
    ("UPDATE stock_movements SET held = 0", checks.columns_are_the_sums_of_movements),
    ("UPDATE stock_holds SET state = 'ended'", checks.held_is_granted_and_kept),
    ("UPDATE allotments SET granted = granted + 1", checks.held_is_granted_and_kept),
    (
        "UPDATE stock_holds SET quantity = 9 WHERE state = 'allocated'",
        checks.allocated_is_what_paid_orders_have,
    ),
    (
        "UPDATE stock_holds SET quantity = 9 WHERE allotment_id IS NOT NULL",
        checks.allotments_cover_their_holds,
    ),
    ("UPDATE allotments SET closed = true", checks.allotments_cover_their_holds),
    ("UPDATE stock SET held = 100", checks.promised_no_more_than_there_was),
    ("UPDATE stock SET seller_id = :other", checks.sellers_agree),
    ("UPDATE listings SET seller_id = :other", checks.sellers_agree),
    ("UPDATE stock_movements SET seller_id = :other", checks.sellers_agree),
    ("UPDATE allotments SET seller_id = :other", checks.sellers_agree),
]
ALL = {function for _, function in FAULTS}


@pytest.fixture
def books(session: Session) -> Session:
    """A day's trade: web, live, paid and ended."""
    product = make_product(session, on_hand=20)
    make_listing(session, product_id=product)
    for holder in ("order:A", "order:B", "order:C"):
        keep(session, product, 2, holder)
    stock.allocate_holder(session, "order:A")
    stock.end_holder(session, "order:B")
    allotment = stock.grant(session, product, 7, "pin:A1")
    stock.take(session, allotment, 1, 5)
    stock.hold_in_allotment(session, allotment, 3, "order:D", clock.now_ms() + HOUR_MS)
    return session


def test_an_honest_day_passes_every_check(books: Session) -> None:
    assert [problem for function in ALL for problem in function(books)] == []


@pytest.mark.parametrize(("fault", "check"), FAULTS)
def test_each_fault_is_named(books: Session, fault: str, check: Check) -> None:
    values = {"other": make_seller(books)} if ":other" in fault else {}
    books.execute(text("DROP TRIGGER stock_movements_no_update"))  # what a fault has to get past
    books.execute(text(fault), values)
    assert list(check(books)) != []
