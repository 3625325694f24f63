"""Selling modes, steps, kinds of produce: the small words a listing is made of."""

import pytest

from catalog.kinds import KINDS, Kind, guess, name_of
from catalog.modes import (
    SAID,
    SOLD_NOW,
    Mode,
    ModeNotReady,
    NotWholePacks,
    packs_in,
    require_sold_now,
    usual_mode,
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


@pytest.mark.parametrize("mode", sorted(set(Mode) - SOLD_NOW))
def test_what_is_priced_by_weight_cannot_be_on_sale_yet(mode: Mode) -> None:
    with pytest.raises(ModeNotReady):
        require_sold_now(mode)


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
