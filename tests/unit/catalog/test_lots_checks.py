"""`fsck` finds what is wrong with lots; a check that cannot find its fault would prove nothing."""

from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog import checks, stock
from catalog.lots import checks as lot_checks
from catalog.lots import returns, runs, states
from catalog.lots.runs import RunInput, RunOutput
from catalog.stock import Word
from core import clock
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, make_lot, make_member, make_plot
from tests.support.lot_books import problems

Check = Callable[[Session], Iterable[str]]

FAULTS: list[tuple[str, Check]] = [
    ("UPDATE runs SET loss = loss + 1", lot_checks.runs_lose_no_mass_untold),
    (
        "UPDATE stock_movements SET holder = '' WHERE kind = 'produce'",
        lot_checks.runs_lose_no_mass_untold,
    ),
    ("UPDATE lot_parents SET share = share + 1", lot_checks.shares_sum_to_what_was_made),
    ("UPDATE lot_parents SET used = used + 1", lot_checks.used_sums_to_what_went_in),
    (
        "UPDATE lots SET state = 'available' WHERE origin = 'split'",
        lot_checks.nothing_of_a_recalled_lot_is_for_sale,
    ),
    ("UPDATE lots SET state = 'blocked'", lot_checks.bound_lots_may_be_sold),
    (
        "UPDATE lots SET clear_on = '2999-01-01' WHERE state = 'available'",
        lot_checks.none_is_sold_inside_its_interval,
    ),
    ("UPDATE lots SET state = 'spent'", lot_checks.spent_lots_lie_nowhere),
    ("UPDATE intake_slips SET number = number + 1", lot_checks.numbers_have_no_gap),
    ("UPDATE runs SET number = number + 7", lot_checks.numbers_have_no_gap),
    ("UPDATE intake_slips SET quantity = 1", lot_checks.slips_say_what_was_received),
    (
        "UPDATE stock_movements SET quantity = 99 WHERE kind = 'returned'",
        lot_checks.no_more_came_back_than_went_out,
    ),
    (
        "UPDATE stock_movements SET quantity = 99, holder = '' WHERE kind = 'returned'",
        lot_checks.no_more_came_back_than_went_out,
    ),
    ("UPDATE lot_parents SET seller_id = :other", lot_checks.sellers_agree),
    ("UPDATE runs SET seller_id = :other", lot_checks.sellers_agree),
    ("UPDATE members SET seller_id = :other", lot_checks.sellers_agree),
    ("UPDATE plots SET seller_id = :other", lot_checks.sellers_agree),
    ("UPDATE intake_slips SET seller_id = :other", lot_checks.sellers_agree),
    ("UPDATE lot_notes SET seller_id = :other", lot_checks.sellers_agree),
    ("UPDATE lot_bindings SET seller_id = :other", lot_checks.sellers_agree),
    ("UPDATE stock SET on_hand = 1", checks.on_hand_is_what_available_lots_hold),
    ("UPDATE lot_stock SET quantity = 99", checks.what_lies_is_the_sum_of_movements),
    ("UPDATE lot_bindings SET quantity = 99", checks.bindings_fit_their_holds),
]
ALL = [
    function
    for name, function in vars(lot_checks).items()
    if getattr(function, "__module__", "") == lot_checks.__name__
]


@pytest.fixture
def books(session: Session) -> Session:
    """A day's work: weighed in, dried, split, recalled, shipped, brought back, bound."""
    seller = make_seller(session)
    leaf, tea = make_product(session, seller), make_product(session, seller)
    member = make_member(session, seller)
    plot = make_plot(session, seller, member)
    lot = make_lot(session, seller, leaf, 100, member_id=member, plot_id=plot)
    dried = runs.process(session, seller, [RunInput(lot, 50)], [RunOutput(tea, 20)], ACTOR)
    bad = make_lot(session, seller, leaf, 10)
    runs.split(session, seller, RunInput(bad, 5), ACTOR)
    states.recall(session, seller, bad, ACTOR, "")
    for holder in ("order:A", "order:B"):
        keep(session, tea, 5, holder)
        stock.allocate_holder(session, holder)
    stock.ship_holder(session, "order:A", ACTOR)
    returns.take_back(session, seller, "order:A", dried.outputs[0], 2, ACTOR)
    stock.bind_holder(session, "order:B", clock.today())
    gone = make_lot(session, seller, tea, 1)
    stock.spoil(session, stock_id_of(session, tea), gone, 1, Word(ACTOR))
    states.spend(session, seller, gone, ACTOR, "")
    return session


def test_an_honest_day_passes_every_check(books: Session) -> None:
    assert problems(books) == []


def test_every_check_has_a_fault_that_it_must_find() -> None:
    assert {function for _, function in FAULTS} >= set(ALL)


@pytest.mark.parametrize(("fault", "check"), FAULTS)
def test_each_fault_is_named(books: Session, fault: str, check: Check) -> None:
    values = {"other": make_seller(books)} if ":other" in fault else {}
    books.execute(text("PRAGMA ignore_check_constraints=ON"))
    books.execute(text("DROP TRIGGER stock_movements_no_update"))  # what a fault has to get past
    books.execute(text(fault), values)
    found = list(check(books))
    books.execute(text("PRAGMA ignore_check_constraints=OFF"))
    assert found != []
