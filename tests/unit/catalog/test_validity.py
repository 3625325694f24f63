"""36 months are 36 months, whatever the calendar does at their end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalog import validity


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2023-11-21", "2026-11-20"),
        ("2024-01-01", "2026-12-31"),
        ("2024-02-28", "2027-02-27"),
        ("2024-02-29", "2027-02-28"),
        ("2024-03-01", "2027-02-28"),
        ("2025-03-01", "2028-02-29"),
        ("2025-02-28", "2028-02-27"),
        ("9998-01-01", "9999-12-31"),
    ],
)
def test_stars_last_36_months_to_the_day(first: str, last: str) -> None:
    assert validity.last_day(date.fromisoformat(first), 36) == date.fromisoformat(last)


def test_a_day_the_last_month_lacks_costs_nobody_a_day() -> None:
    assert validity.last_day(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert validity.last_day(date(2026, 8, 31), 1) == date(2026, 9, 30)


@given(
    some.dates(date(1990, 1, 1), date(2100, 1, 1)),
    some.integers(min_value=1, max_value=120),
)
def test_who_begins_later_never_ends_earlier(first: date, months: int) -> None:
    next_day = first + timedelta(days=1)
    assert validity.last_day(first, months) <= validity.last_day(next_day, months)
    assert validity.last_day(first, months) >= first + timedelta(days=28 * months - 1)


def test_the_last_day_has_no_day_left_and_the_next_is_over() -> None:
    last = date(2026, 11, 20)
    assert [validity.days_left(last, last + timedelta(days=n)) for n in (-1, 0, 1)] == [1, 0, -1]
