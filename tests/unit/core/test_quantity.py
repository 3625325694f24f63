"""Base units shown and divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quantity import BadQuantity, BaseUnit, format_quantity, split_quantity, unit_price_vnd


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (1500, "g", "1,5 kg"),
        (200, "g", "200 g"),
        (1000, "g", "1 kg"),
        (1005, "g", "1,005 kg"),
        (1_250_000, "g", "1.250 kg"),
        (-1500, "g", "-1,5 kg"),
        (-200, "g", "-200 g"),
        (0, "g", "0 g"),
        (750, "ml", "750 ml"),
        (2250, "ml", "2,25 lít"),
        (1200, "piece", "1.200 cái"),
    ],
)
def test_quantities_are_shown_in_the_larger_unit(amount: int, unit: str, shown: str) -> None:
    assert format_quantity(amount, unit) == shown


def test_pieces_take_their_own_word() -> None:
    assert format_quantity(10, BaseUnit.PIECE, "quả") == "10 quả"


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="oz"):
        format_quantity(1, "oz")


@pytest.mark.parametrize(
    ("price", "pack", "unit", "expected"),
    [
        (65_000, 200, "g", (325_000, "kg")),
        (100_000, 3000, "g", (33_333, "kg")),
        (200_000, 3000, "g", (66_667, "kg")),
        (1, 2000, "ml", (1, "lít")),
        (40_000, 10, "piece", (4_000, "cái")),
    ],
)
def test_unit_prices_round_half_up(
    price: int, pack: int, unit: str, expected: tuple[int, str]
) -> None:
    assert unit_price_vnd(price, pack, unit) == expected


@pytest.mark.parametrize(("price", "pack"), [(-1, 100), (1, 0), (1, -5)])
def test_a_unit_price_of_nothing_is_refused(price: int, pack: int) -> None:
    with pytest.raises(BadQuantity):
        unit_price_vnd(price, pack, "g")


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_no_gram_is_lost_in_a_split(total: int, weights: list[int]) -> None:
    assert sum(split_quantity(total, weights)) == total


def test_a_split_without_weights_is_refused() -> None:
    with pytest.raises(BadQuantity):
        split_quantity(5, [])
