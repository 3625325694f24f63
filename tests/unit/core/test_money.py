"""Đồng: read, written, spelled out, split."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import (
    MAX_VND,
    BadAmount,
    check_vnd,
    format_vnd,
    parse_vnd,
    split_vnd,
    vnd_in_words,
)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0 đ"), (500, "500 đ"), (1_250_000, "1.250.000 đ"), (-65_000, "-65.000 đ")],
)
def test_amounts_are_shown_with_points(amount: int, shown: str) -> None:
    assert format_vnd(amount) == shown


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50k", 50_000),
        ("50 K", 50_000),
        ("12,5k", 12_500),
        ("50 nghìn", 50_000),
        ("50 ngàn đồng", 50_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1tr250", 1_250_000),
        ("1,5tr", 1_500_000),
        ("1,25 triệu", 1_250_000),
        ("2 triệu rưỡi", 2_500_000),
        ("1 tỷ", 1_000_000_000),
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1 250 000 VND", 1_250_000),
        ("65.000 đ", 65_000),
        ("65000vnđ", 65_000),
        ("65.000 \u0111o\u0302\u0300ng", 65_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: int) -> None:
    assert parse_vnd(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", "đ", "k", "-5k", "1.250k", "1,250tr", "65.00", "1.25.000", "1.250,000", "050k"),
        *("1,5tr2", "50k5", "1e5", "٥٠k", "5O000", "9999 tỷ", "1000000000000", "50kk", "NaN"),
        "1" * 5000,
    ],
)
def test_unclear_amounts_are_refused(text: str) -> None:
    with pytest.raises(BadAmount):
        parse_vnd(text)


@given(st.integers(0, 10**12 - 1))
def test_what_is_shown_reads_back(amount: int) -> None:
    assert parse_vnd(format_vnd(amount)) == amount


@given(st.integers(1, 999), st.integers(1, 9))
def test_short_forms_mean_what_they_say(number: int, tail: int) -> None:
    assert parse_vnd(f"{number}k") == number * 1000
    assert parse_vnd(f"{number},{tail}k") == number * 1000 + tail * 100
    assert parse_vnd(f"{number}tr{tail}") == number * 10**6 + tail * 10**5
    assert parse_vnd(f"{number},{tail} triệu") == parse_vnd(f"{number}tr{tail}")
    assert parse_vnd(f"{number} nghìn") == parse_vnd(f"{number}k")


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["k", "tr", "nghìn", "tỷ"]))
def test_three_places_before_a_unit_are_two_sums_and_refused(a: int, b: int, unit: str) -> None:
    for mark in ".,":
        with pytest.raises(BadAmount):
            parse_vnd(f"{a}{mark}{b:03d} {unit}")


@given(st.text())
def test_any_text_is_an_amount_or_a_bad_amount(text: str) -> None:
    with suppress(BadAmount):
        assert parse_vnd(text) >= 0


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (4, "Bốn đồng"),
        (10, "Mười đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (55, "Năm mươi lăm đồng"),
        (101, "Một trăm linh một đồng"),
        (111, "Một trăm mười một đồng"),
        (130_000, "Một trăm ba mươi nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_000_015, "Hai triệu không trăm mười lăm đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (
            999_021_000_500,
            "Chín trăm chín mươi chín tỷ không trăm hai mươi mốt triệu năm trăm đồng",
        ),
        (21_004_500, "Hai mươi mốt triệu không trăm linh bốn nghìn năm trăm đồng"),
    ],
)
def test_amounts_are_spelled_in_northern_vietnamese(amount: int, words: str) -> None:
    assert vnd_in_words(amount) == words


@pytest.mark.parametrize("amount", [-1, 10**12])
def test_amounts_out_of_words_are_refused(amount: int) -> None:
    with pytest.raises(BadAmount):
        vnd_in_words(amount)


def test_no_two_amounts_sound_alike() -> None:
    amounts = [*range(3000), *range(1_000_000, 1_003_000), *range(10_000, 900_000, 991)]
    assert len({vnd_in_words(amount) for amount in amounts}) == len(amounts)


def test_a_split_gives_the_largest_remainders_the_rest() -> None:
    assert split_vnd(100, [1, 1, 1]) == [34, 33, 33]
    assert split_vnd(10, [0, 7, 3, 5]) == [0, 5, 2, 3]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_a_split_sums_exactly_and_is_fair_to_the_dong(total: int, weights: list[int]) -> None:
    parts = split_vnd(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (5, []), (5, [0, 0]), (5, [2, -1])])
def test_a_split_that_means_nothing_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(BadAmount):
        split_vnd(total, weights)


def test_one_qr_carries_at_most_its_limit() -> None:
    assert check_vnd(MAX_VND) == 499_999_999
    with pytest.raises(BadAmount):
        check_vnd(MAX_VND + 1)


@pytest.mark.parametrize("amount", [True, 5.0, "5", -1])
def test_only_whole_dong_pass(amount: int) -> None:
    with pytest.raises(BadAmount):
        check_vnd(amount)
