"""The one rule that divides whole numbers."""

import pytest

from core.splitting import largest_remainder


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert largest_remainder(2, [1, 1, 1]) == [1, 1, 0]


def test_a_zero_weight_gets_nothing() -> None:
    assert largest_remainder(7, [0, 1, 0, 1]) == [0, 4, 0, 3]


def test_huge_totals_stay_exact() -> None:
    assert largest_remainder(10**30 + 1, [1, 1]) == [5 * 10**29 + 1, 5 * 10**29]


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, []), (1, [0]), (1, [-1, 2])])
def test_a_division_without_sense_is_an_error(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"negative|positive"):
        largest_remainder(total, weights)
