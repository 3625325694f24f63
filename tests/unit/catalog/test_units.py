"""Words of the market in base units."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.units import (
    BELOW,
    VOLUME_WORDS,
    WEIGHT_WORDS,
    NotWhole,
    TooMuch,
    UnitWord,
    UnknownUnit,
    UnreadQuantity,
    choices,
    pack_label,
    packs_said,
    parse_quantity,
)
from core.quantity import BadQuantity, BaseUnit, format_quantity
from core.text import fold

BOXES = {"thùng": 5000, "bó": 300}


@pytest.mark.parametrize(
    ("word", "grams"),
    [("lạng", 100), ("cân", 1000), ("kg", 1000), ("yến", 10_000), ("tạ", 100_000)],
)
def test_market_weights_are_grams(word: str, grams: int) -> None:
    assert WEIGHT_WORDS[fold(word)] == grams


def test_litres_are_millilitres() -> None:
    assert VOLUME_WORDS[fold("lít")] == 1000


@pytest.mark.parametrize("word", [*WEIGHT_WORDS, *VOLUME_WORDS])
def test_words_are_kept_folded(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize(
    ("word", "size", "unit", "label"),
    [
        ("gói", 200, "g", "gói 200 g"),
        ("kg", 1000, "g", "kg"),
        ("thùng", 5000, "g", "thùng 5 kg"),
        ("quả", 1, "piece", "quả"),
        ("chục", 10, "piece", "chục"),
        ("cặp", 2, "piece", "cặp"),
        ("khay", 30, "piece", "khay 30"),
        ("chai", 500, "ml", "chai 500 ml"),
    ],
)
def test_a_pack_is_called_by_its_word_and_size(word: str, size: int, unit: str, label: str) -> None:
    assert pack_label(word, size, unit) == label


def test_an_empty_pack_has_no_name() -> None:
    with pytest.raises(BadQuantity):
        pack_label("gói", 0, "g")


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("2,5 cân", "g", 2500),
        ("2.5cân", "g", 2500),
        ("3 lạng", "g", 300),
        ("3 LA\u0323NG", "g", 300),
        ("1 thùng", "g", 5000),
        ("2 thùng rưỡi", "g", 12_500),
        ("nửa cân", "g", 500),
        ("1 yến", "g", 10_000),
        ("2 tạ", "g", 200_000),
        ("2 tá", "piece", 24),
        ("10 quả", "piece", 10),
        ("12", "piece", 12),
        ("1,5 chục", "piece", 15),
        ("0,75 lít", "ml", 750),
        ("1.250 g", "g", 1250),
        ("1.250 kg", "g", 1_250_000),
        ("1,250 kg", "g", 1250),
        ("1.250,5 kg", "g", 1_250_500),
    ],
)
def test_quantities_are_read_as_people_write_them(text: str, unit: str, amount: int) -> None:
    assert parse_quantity(text, unit, BOXES) == amount


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("0 kg", "g", BadQuantity),
        ("-2 kg", "g", BadQuantity),
        ("0,5 quả", "piece", NotWhole),
        ("0,5", "piece", NotWhole),
        ("0,0001 kg", "g", NotWhole),
        ("1000000000000 g", "g", TooMuch),
        ("999999999999 tấn", "g", TooMuch),
        ("2 sọt", "g", UnknownUnit),
        ("2 lít", "g", UnknownUnit),
        ("1e12 kg", "g", UnreadQuantity),
        ("1e400", "g", UnreadQuantity),
        ("1.5E+3 g", "g", UnreadQuantity),
        ("2", "g", UnreadQuantity),
        ("", "piece", UnreadQuantity),
        ("kg", "g", UnreadQuantity),
        ("1,2,3 kg", "g", UnreadQuantity),
        ("1.25.000 g", "g", UnreadQuantity),
        ("2,5 cân rưỡi", "g", UnreadQuantity),
        ("٣ kg", "g", UnreadQuantity),
        ("9" * 400, "piece", UnreadQuantity),
    ],
)
def test_what_is_no_quantity_is_refused_in_words(
    text: str, unit: str, why: type[BadQuantity]
) -> None:
    with pytest.raises(BadQuantity) as caught:
        parse_quantity(text, unit, BOXES)
    assert type(caught.value) is why
    assert caught.value.text()


def test_a_products_own_word_wins_over_the_markets() -> None:
    assert parse_quantity("1 tạ", "g", {"tạ": 60_000}) == 60_000


@given(st.integers(1, BELOW - 1), st.sampled_from(BaseUnit))
def test_what_is_shown_reads_back(amount: int, unit: BaseUnit) -> None:
    assert parse_quantity(format_quantity(amount, unit), unit, {}) == amount


@given(st.text(max_size=60), st.sampled_from(BaseUnit))
def test_any_text_is_a_quantity_or_a_bad_one(text: str, unit: BaseUnit) -> None:
    with suppress(BadQuantity):
        assert 0 < parse_quantity(text, unit, BOXES) < BELOW


def test_a_form_offers_the_products_words_first_and_none_twice() -> None:
    own = (UnitWord("bó", 300), UnitWord("Kg", 1000))
    words = [each.word for each in choices("g", own)]
    assert words == ["bó", "Kg", "g", "lạng", "yến", "tạ"]


@pytest.mark.parametrize(
    ("amount", "word", "pack", "unit", "said"),
    [
        (1200, "gói", 100, "g", "12 gói (1,2 kg)"),
        (1250, "gói", 100, "g", "12 gói (1,25 kg)"),
        (50, "gói", 100, "g", "50 g"),
        (0, "gói", 100, "g", "0 g"),
        (1500, "kg", 1000, "g", "1,5 kg"),
        (7, "quả", 1, "piece", "7 quả"),
        (25, "hộp", 10, "piece", "2 hộp (25 cái)"),
        (5, "cặp", 2, "piece", "2 cặp (5 cái)"),
    ],
)
def test_what_is_left_is_said_as_it_is_sold(
    amount: int, word: str, pack: int, unit: str, said: str
) -> None:
    assert packs_said(amount, word, pack, unit) == said
