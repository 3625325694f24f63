"""Selling modes, steps, kinds of produce: the small words a listing is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.kinds import KINDS, Kind, guess, name_of
from catalog.modes import (
    BY_WEIGHT,
    SAID,
    Mode,
    ModeNeedsScales,
    NotWholePacks,
    WeightLimits,
    packs_in,
    require_fits,
    usual_mode,
    weight_limits,
)
from core.quantity import BadQuantity


def test_half_kilo_steps_make_a_kilo_and_a_half_legal() -> None:
    assert packs_in(1500, 500) == 3


def test_a_part_of_a_pack_is_refused_with_the_step() -> None:
    with pytest.raises(NotWholePacks) as caught:
        packs_in(300, 200)
    assert caught.value.data == {"step": 200}


@pytest.mark.parametrize("quantity", [0, -200])
def test_no_packs_are_no_quantity(quantity: int) -> None:
    with pytest.raises(BadQuantity):
        packs_in(quantity, 200)


def test_only_what_lies_on_the_scales_is_priced_by_them() -> None:
    for mode in BY_WEIGHT:
        for unit, plain in (("piece", True), ("g", False)):
            with pytest.raises(ModeNeedsScales):
                require_fits(mode, unit, plain=plain)
        require_fits(mode, "ml")
    for mode in set(Mode) - BY_WEIGHT:
        require_fits(mode, "piece", plain=False)


@pytest.mark.parametrize(
    ("packs", "size", "least", "most"),
    [
        (2, 1000, 1000, 2200),
        (20, 100, 1800, 2200),
        (1, 1000, 500, 1100),
        (1, 1, 1, 1),
        (3, 7, 14, 23),
    ],
)
def test_the_scales_may_say_a_tenth_more_or_less_than_a_pack_less(
    packs: int, size: int, least: int, most: int
) -> None:
    assert weight_limits(packs, size) == WeightLimits(least, most)


@given(packs=st.integers(1, 500), size=st.integers(1, 5_000))
def test_what_was_ordered_may_always_be_packed(packs: int, size: int) -> None:
    limits = weight_limits(packs, size)
    assert 0 < limits.least <= packs * size <= limits.most


@pytest.mark.parametrize(("packs", "size"), [(0, 1000), (2, 0), (-1, 1000)])
def test_nothing_has_no_limits(packs: int, size: int) -> None:
    with pytest.raises(BadQuantity):
        weight_limits(packs, size)


def test_a_buyer_is_told_something_of_every_mode() -> None:
    assert set(SAID) == set(Mode)


def test_loose_goods_are_at_least_what_was_ordered() -> None:
    assert usual_mode("g", "kg") == Mode.AT_LEAST
    assert usual_mode("g", "goi") == usual_mode("piece", "ta") == Mode.PACK


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chè móc câu Tân Cương", "che_moc_cau"),
        ("che moc cau", "che_moc_cau"),
        ("Chè tôm nõn Tân Cương", "che_nom_tom"),
        ("Miến dong Việt Cường", "mien_dong"),
        ("Na dai La Hiên", "na"),
        ("Trứng gà đồi", "trung"),
        ("Nấm hương rừng", "nam_huong"),
        ("Mộc nhĩ rừng", "moc_nhi"),
        ("Nấm lim xanh", "nam_lim"),
        ("Nấm rơm tươi", "nam"),
        ("Nghệ ngâm mật ong", "nghe"),
        ("Banana", None),
    ],
)
def test_a_name_tells_its_kind(name: str, kind: str | None) -> None:
    found = guess(name)
    assert (found.code if found else None) == kind


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_kind_is_guessed_by_its_own_name(kind: Kind) -> None:
    found = guess(kind.name)
    assert found is not None
    assert found.code == kind.code
    assert name_of(kind.code) == kind.name


def test_a_season_may_run_over_the_new_year() -> None:
    squash = KINDS["bi"]
    assert [month for month in range(1, 13) if squash.in_season(month)] == [1, 2, 9, 10, 11, 12]
    assert KINDS["gao"].in_season(6)
