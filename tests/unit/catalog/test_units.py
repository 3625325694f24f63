"""Words of the market in base units."""

import pytest

from catalog.units import VOLUME_WORDS, WEIGHT_WORDS, pack_label
from core.quantity import BadQuantity
from core.text import fold


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
