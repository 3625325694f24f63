"""What an order comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.money import MAX_VND
from shop.ordering.totals import PricedPacks, TooMuchForOneTransfer, totals

LINES = some.lists(
    some.builds(PricedPacks, some.integers(1, 1_000_000), some.integers(1, 9)),
    min_size=1,
    max_size=9,
)


def test_goods_and_fee_make_the_sum() -> None:
    sums = totals([PricedPacks(65_000, 2), PricedPacks(40_000, 1)], fee_vnd=20_000)
    assert sums.line_amounts_vnd == (130_000, 40_000)
    assert (sums.goods_vnd, sums.fee_vnd, sums.amount_vnd) == (170_000, 20_000, 190_000)


@given(LINES, some.integers(0, 1_000_000))
def test_the_parts_always_add_up(lines: list[PricedPacks], fee_vnd: int) -> None:
    sums = totals(lines, fee_vnd)
    assert sum(sums.line_amounts_vnd) == sums.goods_vnd
    assert sums.goods_vnd + sums.fee_vnd == sums.amount_vnd


def test_one_transfer_carries_just_under_half_a_billion() -> None:
    assert totals([PricedPacks(MAX_VND, 1)], fee_vnd=0).amount_vnd == MAX_VND
    with pytest.raises(TooMuchForOneTransfer) as refused:
        totals([PricedPacks(MAX_VND, 1)], fee_vnd=1)
    assert refused.value.data == {"most_vnd": MAX_VND}
