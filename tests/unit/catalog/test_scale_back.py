"""Sharing a short harvest: exact, in whole packs, and by the rule that was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.scale_back import Promised, example, scale_back
from core.quantity import BadQuantity
from core.splitting import largest_remainder

PACKS = st.lists(st.integers(1, 60), min_size=1, max_size=12)
SIZES = st.sampled_from([1, 200, 250, 500, 1000])
MIXED = st.lists(
    st.builds(lambda packs, size: Promised(packs * size, size), st.integers(1, 40), SIZES),
    min_size=1,
    max_size=12,
)


def of_packs(*packs: int, size: int = 200) -> list[Promised]:
    return [Promised(count * size, size) for count in packs]


def test_enough_is_enough_for_everybody() -> None:
    assert scale_back(of_packs(3, 5), 1_600) == [600, 1_000]
    assert scale_back(of_packs(3, 5), 9_999) == [600, 1_000]


def test_nothing_came_and_nobody_gets_anything() -> None:
    assert scale_back(of_packs(3, 5), 0) == [0, 0]
    assert scale_back([], 0) == []


def test_a_third_less_is_a_third_less_for_each() -> None:
    assert scale_back(of_packs(3, 6, 9), 2_400) == [400, 800, 1_200]


def test_of_two_equal_orders_the_earlier_gets_the_odd_pack() -> None:
    assert scale_back(of_packs(1, 1, 1), 400) == [200, 200, 0]


def test_a_broken_pack_is_nobodys() -> None:
    assert sum(scale_back(of_packs(5, 5), 1_399)) == 1_200


@given(PACKS, st.integers(0, 400), SIZES)
def test_with_one_size_of_pack_it_is_the_largest_remainder_and_the_cuts_sum_exactly(
    packs: list[int], came_packs: int, size: int
) -> None:
    given_packs = [n // size for n in scale_back(of_packs(*packs, size=size), came_packs * size)]
    total = min(came_packs, sum(packs))
    assert given_packs == largest_remainder(total, packs)
    assert sum(packs) - sum(given_packs) == sum(packs) - total


@given(MIXED, st.integers(0, 100_000))
def test_nobody_gets_more_than_they_wanted_nor_all_together_more_than_came(
    promised: list[Promised], came: int
) -> None:
    served = scale_back(promised, came)
    assert sum(served) <= came
    for one, part in zip(promised, served, strict=True):
        assert 0 <= part <= one.wanted
        assert part % one.pack_size == 0


@given(MIXED, st.integers(0, 100_000))
def test_no_pack_that_fits_is_kept_from_who_lacks_one(promised: list[Promised], came: int) -> None:
    served = scale_back(promised, came)
    short = [o.pack_size for o, part in zip(promised, served, strict=True) if part < o.wanted]
    assert all(came - sum(served) < size for size in short)


@given(PACKS, st.integers(0, 400))
def test_everybody_is_within_a_pack_of_their_share(packs: list[int], came: int) -> None:
    served = scale_back(of_packs(*packs, size=1), came)
    total = min(came, sum(packs))
    for wanted, part in zip(packs, served, strict=True):
        assert abs(part * sum(packs) - total * wanted) < sum(packs)


@given(st.integers(1, 50), st.integers(2, 8), st.integers(0, 400))
def test_of_equal_orders_an_earlier_one_never_gets_less(each: int, many: int, came: int) -> None:
    served = scale_back(of_packs(*[each] * many, size=1), came)
    assert served == sorted(served, reverse=True)


@pytest.mark.parametrize("wrong", [Promised(0, 200), Promised(300, 200), Promised(200, 0)])
def test_a_promise_that_is_no_whole_packs_is_refused(wrong: Promised) -> None:
    with pytest.raises(BadQuantity):
        scale_back([wrong], 100)


def test_a_negative_harvest_is_refused() -> None:
    with pytest.raises(BadQuantity):
        scale_back(of_packs(1), -1)


def test_the_example_people_read_is_worked_out_by_the_rule() -> None:
    """The page says in words that the last pack goes to the third order."""
    came, rows = example()
    assert [(one.wanted, one.share, one.whole, one.given) for one in rows] == [
        (3, "2,1", 2, 2),
        (3, "2,1", 2, 2),
        (4, "2,8", 2, 3),
    ]
    assert sum(one.given for one in rows) == came
