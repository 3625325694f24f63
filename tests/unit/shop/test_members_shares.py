"""The arithmetic of shares: the tables of docs/algorithms/members_book.md, and what holds for any sale."""

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.members_book.shares import (
    OWN,
    Owner,
    Served,
    SoldLine,
    Takings,
    deductions,
    quantities,
    shareable,
    split,
)

POOL = (Owner("A", 600), Owner("B", 400))
GRADED = (Owner("A", 600, 300_000), Owner("B", 400, 200_000))


def test_a_pack_of_a_pool_is_owed_by_grams() -> None:
    assert split(65_000, [Served(200, POOL)]) == {"A": 39_000, "B": 26_000}
    assert quantities([Served(200, POOL)]) == {"A": 120, "B": 80}


def test_a_better_grade_is_owed_more_of_the_same_pack() -> None:
    assert split(65_000, [Served(200, GRADED)]) == {"A": 45_000, "B": 20_000}


def test_one_part_without_a_price_makes_all_go_by_quantity() -> None:
    some = (Owner("A", 600, 300_000), Owner("B", 400))
    assert split(65_000, [Served(200, some)]) == {"A": 39_000, "B": 26_000}


def test_the_odd_dong_of_a_run_goes_to_the_larger_remainder() -> None:
    made = (Owner("Mai", 7_200), Owner("Lan", 4_800))
    assert split(100_001, [Served(200, made)]) == {"Mai": 60_001, "Lan": 40_000}


def test_goods_of_nobody_stay_the_cooperatives_own() -> None:
    assert split(10_000, [Served(100, (Owner(OWN, 50), Owner("A", 50)))])[OWN] == 5_000
    assert split(10_000, []) == {OWN: 10_000}


def test_what_came_back_is_no_longer_shared() -> None:
    line = SoldLine(130_000, 400, back=200)
    assert shareable([line], Takings(130_000)) == [65_000]
    assert shareable([line], Takings(65_000)) == [65_000]


def test_no_more_is_shared_than_money_came_for_the_goods() -> None:
    assert shareable([SoldLine(130_000, 400)], Takings(50_000, fee_vnd=20_000)) == [30_000]
    assert shareable([SoldLine(130_000, 400)], Takings(0, fee_vnd=20_000)) == [0]


def test_a_discount_of_the_sellers_own_makes_every_share_smaller() -> None:
    lines = [SoldLine(100_000, 10), SoldLine(50_000, 10, back=10)]
    assert shareable(lines, Takings(200_000, discount_vnd=15_000)) == [90_000, 0]


def test_deductions_and_the_rest_sum_to_the_share() -> None:
    assert deductions(60_001, [500, 200]) == [3_000, 1_200]


OWNERS = st.lists(
    st.builds(
        Owner,
        st.sampled_from(["", "A", "B", "C"]),
        st.integers(0, 10**6),
        st.none() | st.integers(1, 10**6),
    ),
    max_size=4,
).map(tuple)
SERVED = st.lists(st.builds(Served, st.integers(0, 10**6), OWNERS), max_size=3)
LINES = st.lists(
    st.tuples(st.integers(0, 10**8), st.integers(0, 999), st.integers(0, 999)).map(
        lambda line: SoldLine(line[0], line[1] + line[2], line[2])
    ),
    max_size=4,
)


@settings(max_examples=60)
@given(st.integers(0, 10**8), SERVED)
def test_parts_of_a_line_sum_to_it_and_none_is_negative(amount: int, served: list[Served]) -> None:
    parts = split(amount, served)
    assert sum(parts.values()) == amount
    assert min(parts.values()) >= 0
    assert parts == split(amount, served[::-1])


@settings(max_examples=60)
@given(LINES, st.builds(Takings, *[st.integers(0, 10**8)] * 3))
def test_never_more_is_shared_than_goods_or_money(lines: list[SoldLine], takings: Takings) -> None:
    parts = shareable(lines, takings)
    assert len(parts) == len(lines)
    assert all(0 <= part <= line.amount_vnd for part, line in zip(parts, lines, strict=True))
    assert sum(parts) <= max(0, takings.money_vnd - takings.fee_vnd)
