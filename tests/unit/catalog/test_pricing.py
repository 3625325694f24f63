"""The one function that says what a line costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing import (
    discounted_vnd,
    line_amount_vnd,
    settlement,
    weighed_amount_vnd,
)
from core.money import BadAmount
from core.quantity import BadQuantity


@pytest.mark.parametrize(
    ("price", "packs", "amount"), [(65_000, 2, 130_000), (0, 3, 0), (333, 3, 999)]
)
def test_a_line_is_price_times_packs(price: int, packs: int, amount: int) -> None:
    assert line_amount_vnd(price, packs) == amount


@pytest.mark.parametrize("price", [-1, 65_000.0, True, "65000"])
def test_a_price_that_is_not_whole_dong_is_refused(price: int) -> None:
    with pytest.raises(BadAmount):
        line_amount_vnd(price, 1)


@pytest.mark.parametrize("packs", [0, -1, 1.5, True])
def test_a_line_of_no_whole_pack_is_refused(packs: int) -> None:
    with pytest.raises(BadQuantity):
        line_amount_vnd(65_000, packs)


@pytest.mark.parametrize(
    ("price", "pack", "weighed", "amount"),
    [(65_000, 200, 213, 69_225), (1, 2, 1, 1), (1, 3, 1, 0), (100_000, 1000, 1, 100)],
)
def test_what_was_weighed_is_rounded_half_up_once(
    price: int, pack: int, weighed: int, amount: int
) -> None:
    assert weighed_amount_vnd(price, pack, weighed) == amount


@given(st.integers(0, 10**8), st.integers(1, 10**6), st.integers(1, 1000))
def test_whole_packs_cost_the_same_on_the_scales(price: int, pack: int, packs: int) -> None:
    assert weighed_amount_vnd(price, pack, packs * pack) == line_amount_vnd(price, packs)


@given(st.integers(0, 10**8), st.integers(1, 10**6), st.integers(1, 10**7))
def test_weighing_is_never_half_a_dong_off(price: int, pack: int, weighed: int) -> None:
    off = 2 * (weighed_amount_vnd(price, pack, weighed) * pack - price * weighed)
    assert -pack < off <= pack


@pytest.mark.parametrize(("pack", "weighed"), [(0, 1), (1, 0), (-1, 1), (1, -1)])
def test_nothing_weighed_has_no_price(pack: int, weighed: int) -> None:
    with pytest.raises(BadQuantity):
        weighed_amount_vnd(1000, pack, weighed)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_settlement_makes_the_estimate_right(estimated: int, weighed: int) -> None:
    told = settlement(estimated, weighed)
    assert estimated + told.due_vnd - told.back_vnd == weighed
    assert 0 in (told.due_vnd, told.back_vnd)


def test_a_difference_below_twenty_thousand_is_small() -> None:
    assert settlement(100_000, 119_999).small
    assert not settlement(120_000, 100_000).small


@pytest.mark.parametrize(
    ("price", "off", "left"),
    [(65_000, 20, 52_000), (65_000, 10, 59_000), (1000, 90, 1000), (500, 20, 400), (1, 90, 1)],
)
def test_a_discount_ends_on_a_whole_thousand(price: int, off: int, left: int) -> None:
    assert discounted_vnd(price, off) == left


@pytest.mark.parametrize("off", [0, -5, 91, 100, True])
def test_a_discount_of_nothing_or_all_is_refused(off: int) -> None:
    with pytest.raises(BadAmount):
        discounted_vnd(65_000, off)
