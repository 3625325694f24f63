"""Words and tokens: what the index keeps and what a question becomes."""

import unicodedata

import pytest

from catalog.search import slips, words
from catalog.search.asking import Asked, Word, as_fts5, as_tsquery


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chè móc câu", ["che", "moc", "cau"]),
        (unicodedata.normalize("NFD", "Đại Từ"), ["dai", "tu"]),
        ("HTX “Sương-Sớm”, số 3", ["htx", "suong", "som", "so", "3"]),
        ("", []),
        ("%_'\"\\*:=()", []),
    ],
)
def test_words_are_letters_and_digits_without_marks(text: str, folded: list[str]) -> None:
    assert words.folded_words(text) == folded


def test_a_word_is_kept_as_spelled_whichever_vowel_bears_the_tone() -> None:
    assert words.tokens("hoà") == words.tokens("hòa") == {"hoa", "=hoa1"}
    assert words.tokens("hoa") == {"hoa", "=hoa"}


def test_only_a_word_typed_with_marks_asks_for_its_spelling() -> None:
    assert [(one.folded, one.exact) for one in words.terms("chè moc")] == [
        ("che", "=che1"),
        ("moc", "moc"),
    ]


def test_no_more_than_six_words_are_asked() -> None:
    assert len(words.terms("a b c d e f g h")) == 6


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("rong", "dong", slips.SOUNDS_ALIKE),
        ("gia", "da", slips.SOUNDS_ALIKE),
        ("tre", "che", slips.SOUNDS_ALIKE),
        ("xen", "sen", slips.SOUNDS_ALIKE),
        ("la", "na", slips.SOUNDS_ALIKE),
        ("nge", "nghe", slips.SOUNDS_ALIKE),
        ("nhe", "nghe", slips.FINGER_SLIPPED),
        ("mein", "mien", slips.FINGER_SLIPPED),
        ("mienn", "mien", slips.FINGER_SLIPPED),
        ("mie", "mien", slips.FINGER_SLIPPED),
    ],
)
def test_slips_lead_to_what_was_meant(typed: str, meant: str, cost: int) -> None:
    assert slips.variants(typed)[meant] == cost


def test_short_words_are_not_turned_into_everything() -> None:
    assert set(slips.variants("na")) == {"la"}


def test_a_word_is_no_slip_of_itself() -> None:
    assert all(word not in slips.variants(word) for word in ("na", "mien", "dong", "aaa"))


def test_a_forgotten_space_gives_both_halves() -> None:
    assert ("mat", "ong") in slips.halves("matong")


def test_both_databases_are_asked_the_same() -> None:
    asked = Asked((Word(("che", "tre")), Word(("moc",), open_end=True))).but_not([Word((":k=na",))])
    assert as_fts5(asked) == '(("che" OR "tre") AND ("moc" *)) NOT ((":k=na"))'
    assert as_tsquery(asked) == "(('che' | 'tre') & ('moc':*)) & !((':k=na'))"
