"""What delivery costs."""

import pytest

from shop.delivery.quote import NoService, Parcel, Quote, WayFacts, in_force, quote, quotes

DAY_MS = 86_400_000


def way(way_id: str, kind: str = "own_run", **changes: object) -> WayFacts:
    fields: dict[str, object] = {
        "label": "Xe nhà chở",
        "when_text": "chiều thứ bảy",
        "fee_vnd": 20_000,
        "free_from_vnd": None,
        "up_to_g": None,
        "valid_from_ms": 0,
        "valid_until_ms": None,
    }
    return WayFacts(id=way_id, kind=kind, **{**fields, **changes})  # type: ignore[arg-type]


SMALL = Parcel(goods_vnd=130_000, grams=400)


def test_a_way_is_named_by_its_id_or_its_kind() -> None:
    rows = [way("w1", "pickup", fee_vnd=0), way("w2")]
    assert quote(rows, "w2", SMALL) == Quote("w2", "own_run", "Xe nhà chở", "chiều thứ bảy", 20_000)
    assert quote(rows, "pickup", SMALL).way_id == "w1"


def test_of_a_kind_the_cheapest_row_that_carries_the_parcel_serves() -> None:
    rows = [way("big", fee_vnd=35_000), way("small", fee_vnd=20_000, up_to_g=5_000)]
    assert quote(rows, "own_run", Parcel(130_000, 5_000)).way_id == "small"
    assert quote(rows, "own_run", Parcel(130_000, 5_001)).way_id == "big"


@pytest.mark.parametrize(("goods_vnd", "fee_vnd"), [(299_999, 20_000), (300_000, 0)])
def test_the_fee_falls_away_from_a_sum_on(goods_vnd: int, fee_vnd: int) -> None:
    rows = [way("w1", free_from_vnd=300_000)]
    assert quote(rows, "own_run", Parcel(goods_vnd, 400)).fee_vnd == fee_vnd


def test_without_a_row_of_that_name_there_is_no_quote() -> None:
    with pytest.raises(NoService):
        quote([way("w1", "pickup")], "own_run", SMALL)


def test_a_parcel_heavier_than_every_row_carries_gets_no_quote() -> None:
    with pytest.raises(NoService):
        quote([way("w1", up_to_g=399)], "w1", SMALL)


def test_the_choices_are_the_rows_that_carry_the_parcel_in_order() -> None:
    rows = [way("w1", up_to_g=100), way("w2", fee_vnd=0), way("w3")]
    assert [choice.way_id for choice in quotes(rows, SMALL)] == ["w2", "w3"]


def test_a_row_counts_from_its_first_moment_until_before_its_last() -> None:
    row = way("w1", valid_from_ms=DAY_MS, valid_until_ms=2 * DAY_MS)
    counted = [bool(in_force([row], at)) for at in (DAY_MS - 1, DAY_MS, 2 * DAY_MS - 1, 2 * DAY_MS)]
    assert counted == [False, True, True, False]


def test_a_row_without_an_end_counts_for_ever() -> None:
    assert in_force([way("w1", valid_from_ms=DAY_MS)], 1_000 * DAY_MS)
