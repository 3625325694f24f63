"""What follows from what a buyer did not come for, and how much is asked then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.reliability.reliability_rules import (
    DAY_MS,
    NONE,
    PERCENT,
    REFUSED,
    SUM,
    UNPAID,
    Happened,
    Share,
    Terms,
    deposit_vnd,
    terms,
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], Terms()),
        ([Happened(UNPAID, 0)], Terms()),
        ([Happened(UNPAID, 0), Happened(UNPAID, 30 * DAY_MS)], Terms(deposit=True)),
        ([Happened(UNPAID, 0), Happened(UNPAID, 30 * DAY_MS + 1)], Terms()),
        ([Happened(UNPAID, 0), Happened(UNPAID, 1, forgiven=True)], Terms()),
        ([Happened(REFUSED, 0)], Terms(deposit=True, at_the_door=False)),
    ],
)
def test_what_follows_from_what_happened(facts: list[Happened], expected: Terms) -> None:
    assert terms(facts, 40 * DAY_MS) == expected


def test_after_180_days_nothing_follows() -> None:
    facts = [Happened(UNPAID, 0), Happened(UNPAID, 1), Happened(REFUSED, 1)]
    assert terms(facts, 180 * DAY_MS).deposit
    assert terms(facts, 180 * DAY_MS + 1) == Terms()


@pytest.mark.parametrize(
    ("share", "amount_vnd", "expected"),
    [
        (Share(PERCENT, 30), 195_000, 59_000),
        (Share(PERCENT, 30), 20_000, 10_000),
        (Share(SUM, 50_000), 40_000, 40_000),
        (Share(NONE, 0), 40_000, 0),
    ],
)
def test_how_much_is_asked(share: Share, amount_vnd: int, expected: int) -> None:
    assert deposit_vnd(share, amount_vnd) == expected


@given(st.sampled_from([PERCENT, SUM]), st.integers(1, 100), st.integers(1, 10**9))
def test_a_deposit_is_something_and_never_more_than_all(way: str, worth: int, all_vnd: int) -> None:
    assert 0 < deposit_vnd(Share(way, worth), all_vnd) <= all_vnd
