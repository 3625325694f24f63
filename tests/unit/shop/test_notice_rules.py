"""Quiet hours and the order of the roads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.notices.notice_rules import (
    CALL,
    EMAIL,
    MINUTE_MS,
    MOST_TRIES,
    PAGE_MS,
    PUSH,
    SMS,
    ZNS,
    Reach,
    Tried,
    awake_ms,
    due_ms,
    next_road,
)

MIDNIGHT_MS = 1_795_539_600_000  # 25/11/2026 00:00 in Vietnam
HOUR_MS = 60 * MINUTE_MS
ALL = frozenset({PUSH, EMAIL, ZNS, SMS, CALL})
EVERYWHERE = Reach(frozenset({PUSH, EMAIL, ZNS, SMS}), by_call=True)


@pytest.mark.parametrize(
    ("hour", "told_at"), [(0, 7), (6, 7), (7, 7), (12, 12), (20, 20), (21, 31), (23, 31)]
)
def test_nobody_is_told_between_nine_in_the_evening_and_seven(hour: int, told_at: int) -> None:
    assert awake_ms(MIDNIGHT_MS + hour * HOUR_MS) == MIDNIGHT_MS + told_at * HOUR_MS


@given(st.integers(0, 10**13))
def test_waiting_for_morning_is_never_longer_than_the_night(at_ms: int) -> None:
    told_ms = awake_ms(at_ms)
    assert at_ms <= told_ms <= at_ms + 10 * HOUR_MS
    assert awake_ms(told_ms) == told_ms


def test_an_open_page_has_a_minute_and_what_is_urgent_goes_at_night() -> None:
    assert due_ms(MIDNIGHT_MS, urgent=True) == MIDNIGHT_MS + PAGE_MS
    assert due_ms(MIDNIGHT_MS, urgent=False) == MIDNIGHT_MS + 7 * HOUR_MS


def test_roads_are_taken_in_order_each_once_and_a_call_is_last() -> None:
    tried: list[Tried] = []
    while (road := next_road(ALL, tried, EVERYWHERE)) not in (None, CALL):
        tried.append(Tried(str(road)))
    assert [one.road for one in tried] == [PUSH, EMAIL, ZNS, SMS]


def test_a_road_that_says_later_is_taken_three_times() -> None:
    tried = [Tried(PUSH, again=True)] * (MOST_TRIES - 1)
    assert next_road(ALL, tried, EVERYWHERE) == PUSH
    assert next_road(ALL, [*tried, Tried(PUSH, again=True)], EVERYWHERE) == EMAIL
    assert next_road(ALL, [*tried, Tried(PUSH)], EVERYWHERE) == EMAIL


@pytest.mark.parametrize(
    ("wanted", "reach", "road"),
    [
        (ALL, Reach(frozenset({SMS}), by_call=True), SMS),
        (ALL, Reach(frozenset(), by_call=True), CALL),
        (ALL, Reach(frozenset(), by_call=False), None),
        (frozenset({EMAIL}), EVERYWHERE, EMAIL),
        (frozenset({EMAIL}), Reach(frozenset({SMS}), by_call=True), None),
    ],
)
def test_only_roads_that_are_wanted_and_lead_there_are_taken(
    wanted: frozenset[str], reach: Reach, road: str | None
) -> None:
    assert next_road(wanted, (), reach) == road
