"""What a fee comes to, half up to the đồng, and that parts given back sum to the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.fees.fee_rules import (
    LIVE,
    OUTSIDE,
    STAFF,
    STALL,
    WEB,
    Goods,
    Rate,
    Rule,
    Sold,
    channel_of,
    fee_vnd,
    parts,
)
from shop.fees.shares import left_vnd, share_vnd

SELLER = "0000000000000001"
SUMS = st.integers(0, 499_999_999)


@pytest.mark.parametrize(
    ("sum_vnd", "basis_points", "due_vnd"),
    [
        (65_000, 100, 650),
        (65_050, 100, 651),
        (65_049, 100, 650),
        (582_000, 125, 7_275),
        (99, 50, 0),
    ],
)
def test_a_share_is_half_up_to_the_dong(sum_vnd: int, basis_points: int, due_vnd: int) -> None:
    assert share_vnd(sum_vnd, basis_points) == due_vnd


@pytest.mark.parametrize(
    ("rate", "base_vnd", "due_vnd"),
    [
        (Rate(200), 130_000, 2_600),
        (Rate(200, least_vnd=5_000), 130_000, 5_000),
        (Rate(300, 1_000, most_vnd=15_000), 582_000, 15_000),
        (Rate(fixed_vnd=5_000), 3_000, 3_000),
        (Rate(), 582_000, 0),
    ],
)
def test_a_rate_has_a_floor_a_cap_and_never_takes_more_than_the_goods(
    rate: Rate, base_vnd: int, due_vnd: int
) -> None:
    assert fee_vnd(rate, base_vnd) == due_vnd


@given(SUMS, st.integers(0, 10_000))
def test_a_share_is_never_half_a_dong_off(sum_vnd: int, basis_points: int) -> None:
    off = share_vnd(sum_vnd, basis_points) * 10_000 - sum_vnd * basis_points
    assert -5_000 < off <= 5_000


@given(st.integers(1, 499_999_999), st.integers(0, 10_000), st.lists(SUMS, max_size=6))
def test_parts_given_back_sum_to_what_was_frozen(base: int, points: int, backs: list[int]) -> None:
    frozen, kept, reversed_vnd = share_vnd(base, points), base, 0
    for back in [*backs, base]:
        kept = max(0, kept - back)
        part = frozen - left_vnd(frozen, base, kept) - reversed_vnd
        assert part >= 0
        reversed_vnd += part
    assert reversed_vnd == frozen


def test_the_table_of_a_fee_given_back_in_parts() -> None:
    assert [left_vnd(5_000, 130_000, kept) for kept in (90_000, 25_000, 0)] == [3_462, 962, 0]


def test_the_first_rule_that_fits_takes_the_line() -> None:
    tea = Rule("1", Rate(300), 0, kind="che_dinh", channel=LIVE)
    other = Rule("2", Rate(100), 0)
    goods = (Goods("che_dinh", 100_000), Goods("", 50_000), Goods("gao", 30_000))
    found = parts([tea, other], Sold(SELLER, LIVE, 5), goods)
    assert [(part.rule.id, part.base_vnd, part.fee_vnd) for part in found] == [
        ("1", 100_000, 3_000),
        ("2", 80_000, 800),
    ]


@pytest.mark.parametrize(("at_ms", "fits"), [(9, False), (10, True), (19, True), (20, False)])
def test_a_rule_counts_from_its_first_moment_until_before_its_last(at_ms: int, fits: bool) -> None:
    rule = Rule("1", Rate(100), 10, 20, SELLER)
    assert bool(parts([rule], Sold(SELLER, WEB, at_ms), [Goods("", 1_000)])) is fits


@pytest.mark.parametrize(
    ("source", "told_over", "channel"),
    [
        ("web", "", WEB),
        ("live:0000000000000001", "", LIVE),
        ("staff", "phone", STAFF),
        ("staff", "stall", STALL),
        ("staff", "zalo", OUTSIDE),
    ],
)
def test_a_channel_is_where_the_order_was_asked_for(
    source: str, told_over: str, channel: str
) -> None:
    assert channel_of(source, told_over) == channel
