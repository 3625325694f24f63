"""What delivery costs."""

import time
from itertools import product

import pytest

from shop.delivery.quote import (
    CommuneNeeded,
    Destination,
    NoService,
    Parcel,
    Quote,
    WayFacts,
    in_force,
    quote,
    quotes,
)

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


TAN_CUONG = Destination("05503", "19")
DAI_TU = Destination("05830", "19")
HA_NOI = Destination("00070", "01")
HOME, PROVINCE = frozenset({"05503"}), frozenset({"19"})


def to(place: Destination, grams: int = 400) -> Parcel:
    return Parcel(goods_vnd=130_000, grams=grams, to=place)


def test_the_row_that_names_the_place_most_closely_decides() -> None:
    rows = [
        way("w1", fee_vnd=50_000),
        way("w1", fee_vnd=30_000, zone=PROVINCE),
        way("w1", fee_vnd=40_000, zone=HOME),
    ]
    fees = [quote(rows, "w1", to(place)).fee_vnd for place in (TAN_CUONG, DAI_TU, HA_NOI)]
    assert fees == [40_000, 30_000, 50_000]


def test_of_one_zone_the_lightest_row_that_carries_serves() -> None:
    rows = [way("w1", fee_vnd=60_000, up_to_g=20_000), way("w1", fee_vnd=90_000, up_to_g=5_000)]
    assert quote(rows, "w1", to(HA_NOI, 5_000)).fee_vnd == 90_000
    assert quote(rows, "w1", to(HA_NOI, 5_001)).fee_vnd == 60_000


def test_packing_weighs_too() -> None:
    rows = [way("w1", up_to_g=1_000, packing_g=200)]
    assert quote(rows, "w1", to(HA_NOI, 800))
    with pytest.raises(NoService):
        quote(rows, "w1", to(HA_NOI, 801))


def test_where_no_row_goes_there_is_no_service() -> None:
    rows = [way("w1", zone=PROVINCE)]
    assert quotes(rows, to(HA_NOI)) == ()
    with pytest.raises(NoService):
        quote(rows, "w1", to(HA_NOI))


def test_before_the_place_is_known_a_way_tells_its_least_fee_and_asks() -> None:
    rows = [way("w1", fee_vnd=30_000), way("w1", fee_vnd=20_000, zone=HOME)]
    (asked,) = quotes(rows, SMALL)
    assert (asked.fee_vnd, asked.asks_commune) == (20_000, True)
    with pytest.raises(CommuneNeeded):
        quote(rows, "w1", SMALL)


def test_freight_on_arrival_is_no_part_of_the_sum() -> None:
    found = quote([way("c", "coach", fee_vnd=0, on_arrival=True)], "coach", to(HA_NOI))
    assert (found.fee_vnd, found.on_arrival) == (0, True)


def test_goods_that_bear_no_long_road_go_no_long_road() -> None:
    rows = [way("slow", transit_h=72), way("fast", transit_h=5)]
    fresh = Parcel(goods_vnd=130_000, grams=400, most_transit_h=24)
    assert [one.way_id for one in quotes(rows, fresh)] == ["fast"]


def test_a_quote_takes_less_than_a_millisecond() -> None:
    provinces = [frozenset({f"{number:02d}"}) for number in range(34)]
    rows = [
        way(f"w{number}", zone=zone, up_to_g=grams)
        for number, zone, grams in product(range(4), provinces, (1_000, 5_000, 20_000))
    ]
    begun = time.process_time()
    for _ in range(100):
        quote(rows, "w3", to(TAN_CUONG))
    assert (time.process_time() - begun) < 0.1
