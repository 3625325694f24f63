"""The one function that says what a line costs."""

import pytest

from catalog.pricing import line_amount_vnd
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
