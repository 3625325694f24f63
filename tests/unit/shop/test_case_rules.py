"""The clock of a complaint, and which state may follow which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.cases.case_rules import (
    ANSWER_MS,
    CASE,
    DISPUTE_MS,
    HOUR_MS,
    NOTICE_MS,
    OPEN,
    escalates_ms,
    may_dispute,
    warns_ms,
)

TIMES = st.integers(0, 10**13)


def test_every_state_is_reached() -> None:
    assert CASE.reachable_from(OPEN) == CASE.states == {"open", "escalated", "settled", "withdrawn"}


def test_the_seller_is_told_when_half_of_the_time_is_over() -> None:
    opened = 1_000 * HOUR_MS
    assert warns_ms(opened + ANSWER_MS) == opened + 24 * HOUR_MS


@given(due=TIMES, warned=TIMES)
def test_no_officer_takes_over_early_nor_within_a_day_of_the_notice(due: int, warned: int) -> None:
    at = escalates_ms(due, warned)
    assert at is not None
    assert at >= due
    assert at >= warned + NOTICE_MS
    assert at in (due, warned + NOTICE_MS)


def test_without_a_notice_no_officer_takes_over() -> None:
    assert escalates_ms(0, None) is None


@pytest.mark.parametrize(
    ("after_ms", "by_officer", "before", "may"),
    [
        (0, False, False, True),
        (DISPUTE_MS - 1, False, False, True),
        (DISPUTE_MS, False, False, False),
        (0, True, False, False),
        (0, False, True, False),
    ],
)
def test_the_sellers_outcome_goes_to_an_officer_once_within_a_week(
    after_ms: int, by_officer: bool, before: bool, may: bool
) -> None:
    assert may_dispute(5, 5 + after_ms, by_officer=by_officer, before=before) is may
