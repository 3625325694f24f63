"""What makes a market price, and in which week it falls."""

import statistics
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.market_rules import Week, median_vnd, read_week, sold, week_of

prices = st.lists(st.tuples(st.integers(1, 10**7), st.integers(1, 5)), min_size=1, max_size=20)


@given(prices)
def test_the_middle_is_the_median_half_up(counted: list[tuple[int, int]]) -> None:
    spread = [price for price, times in counted for _ in range(times)]
    low, high = statistics.median_low(spread), statistics.median_high(spread)
    assert median_vnd(counted) == (low + high + 1) // 2


@pytest.mark.parametrize(
    ("counted", "sellers"), [([], 0), ([(60, 2)], 2), ([(60, 3)], 1), ([(60, 1), (70, 1)], 2)]
)
def test_too_few_lines_or_sellers_are_no_market_price(
    counted: list[tuple[int, int]], sellers: int
) -> None:
    assert sold(counted, sellers) is None


def test_three_lines_of_two_sellers_are() -> None:
    found = sold([(60_000, 2), (70_000, 1)], 2)
    assert found is not None
    assert (found.median_vnd, found.lowest_vnd, found.highest_vnd) == (60_000, 60_000, 70_000)
    assert (found.lines, found.sellers) == (3, 2)


@given(st.dates(date(2000, 1, 10), date(2099, 12, 20)))
def test_a_day_is_in_its_week_and_the_code_reads_back(day: date) -> None:
    week = week_of(day)
    assert week.monday <= day <= week.sunday
    assert read_week(week.code) == week
    assert week.plus(1).monday == week.monday + timedelta(days=7)
    assert week.plus(-1).plus(1) == week


def test_a_year_of_53_weeks_has_all_of_them() -> None:
    assert read_week("2026-W53") == Week(2026, 53)
    assert Week(2026, 53).plus(1) == Week(2027, 1)


@pytest.mark.parametrize(
    "code",
    ["", "2026", "2026-W", "2026-W00", "2025-W53", "1999-W01", "2026-w47", "٢٠٢٦-W47", "x" * 999],
)
def test_what_is_no_week_is_none(code: str) -> None:
    assert read_week(code) is None
