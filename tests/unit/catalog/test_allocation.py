"""First expired, first out: whatever the lots, the parts sum, the order is kept, nothing is sold too late."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.allocation import FreeLot, allocate
from core.quantity import BadQuantity

TODAY = date(2026, 11, 25)
days = st.integers(-5, 5).map(lambda n: TODAY + timedelta(n))
lots_of = st.lists(
    st.builds(
        FreeLot,
        id=st.uuids().map(str),
        free=st.integers(0, 9),
        harvested_on=days,
        removes_on=st.none() | days,
    ),
    max_size=6,
    unique_by=lambda lot: lot.id,
)
wanted = st.integers(1, 30)


def turn(lot: FreeLot) -> tuple[date, date, str]:
    return lot.removes_on or date.max, lot.harvested_on, lot.id


@given(lots_of, wanted, days)
def test_parts_and_what_is_missing_sum_to_what_was_asked(
    lots: list[FreeLot], quantity: int, day: date
) -> None:
    served = allocate(lots, quantity, day)
    assert sum(part for _, part in served.parts) + served.missing == quantity


@given(lots_of, wanted, days)
def test_no_lot_gives_nothing_or_more_than_it_has_or_twice(
    lots: list[FreeLot], quantity: int, day: date
) -> None:
    free = {lot.id: lot.free for lot in lots}
    parts = allocate(lots, quantity, day).parts
    assert all(1 <= part <= free[id_] for id_, part in parts)
    assert len({id_ for id_, _ in parts}) == len(parts)


@given(lots_of, wanted, days)
def test_nothing_is_delivered_after_it_left_the_shelf(
    lots: list[FreeLot], quantity: int, day: date
) -> None:
    by_id = {lot.id: lot for lot in lots}
    given_days = [by_id[id_].removes_on for id_, _ in allocate(lots, quantity, day).parts]
    assert all(removes is None or removes >= day for removes in given_days)


@given(lots_of, wanted, days)
def test_a_later_lot_is_touched_only_when_the_earlier_ones_are_empty(
    lots: list[FreeLot], quantity: int, day: date
) -> None:
    parts = dict(allocate(lots, quantity, day).parts)
    may = [lot for lot in sorted(lots, key=turn) if lot.removes_on is None or lot.removes_on >= day]
    touched = [lot for lot in may if lot.id in parts]
    if touched:
        before_last = may[: may.index(touched[-1])]
        assert all(parts.get(lot.id, 0) == lot.free for lot in before_last)


@given(lots_of, wanted, days)
def test_something_is_missing_only_when_all_that_may_serve_is_given(
    lots: list[FreeLot], quantity: int, day: date
) -> None:
    served = allocate(lots, quantity, day)
    may = sum(lot.free for lot in lots if lot.removes_on is None or lot.removes_on >= day)
    assert served.missing == max(0, quantity - may)


@given(lots_of, wanted, days, st.randoms())
def test_the_order_in_which_lots_are_told_does_not_matter(
    lots: list[FreeLot], quantity: int, day: date, chance: random.Random
) -> None:
    mixed = list(lots)
    chance.shuffle(mixed)
    assert allocate(mixed, quantity, day) == allocate(lots, quantity, day)


@given(lots_of, wanted, days)
def test_asking_in_two_goes_gives_the_same_as_asking_at_once(
    lots: list[FreeLot], quantity: int, day: date
) -> None:
    first = allocate(lots, 1, day)
    gone = dict(first.parts)
    rest = [
        FreeLot(lot.id, lot.free - gone.get(lot.id, 0), lot.harvested_on, lot.removes_on)
        for lot in lots
    ]
    together = dict(gone)
    for id_, part in allocate(rest, quantity, day).parts:
        together[id_] = together.get(id_, 0) + part
    assert together == dict(allocate(lots, quantity + 1, day).parts)


def test_the_worked_table_of_the_docs() -> None:
    lots = [
        FreeLot("a", 300, date(2026, 11, 20), date(2026, 12, 1)),
        FreeLot("b", 200, date(2026, 11, 18), date(2026, 12, 1)),
        FreeLot("c", 500, date(2026, 11, 1)),
        FreeLot("d", 400, date(2026, 11, 10), date(2026, 11, 26)),
    ]
    served = allocate(lots, 600, date(2026, 11, 27))
    assert (served.parts, served.missing) == ((("b", 200), ("a", 300), ("c", 100)), 0)


@pytest.mark.parametrize("quantity", [0, -1])
def test_less_than_one_unit_is_no_quantity(quantity: int) -> None:
    with pytest.raises(BadQuantity):
        allocate([], quantity, TODAY)
