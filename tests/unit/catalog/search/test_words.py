"""Words and tokens: what the index keeps and what a question becomes."""

import unicodedata

import pytest

from catalog.search import slips, synonyms, words
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


def test_one_of_several_readings_is_enough_for_both_databases() -> None:
    asked = Asked((Word(("tra",)),), (Word(("x",)),), ((Word(("=che1",)),),))
    assert as_fts5(asked) == '((("tra")) OR (("=che1"))) NOT (("x"))'
    assert as_tsquery(asked) == "((('tra')) | (('=che1'))) & !(('x'))"


def read(question: str) -> list[str]:
    """The other readings of a question, in folded words."""
    found = synonyms.readings(words.terms(question))
    return [" ".join(term.folded for term in reading) for reading in found]


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("trà", ["che"]),
        ("che moc cau", ["tra moc cau"]),
        ("thịt heo", ["thit lon"]),
        ("bap", ["ngo"]),
        ("trái mãng cầu", ["qua mang cau", "trai na", "qua na"]),
        ("đậu phộng", ["lac", "do phong"]),
        ("nam meo", ["moc nhi"]),
        ("khoai mi", ["san"]),
        ("đầu", []),
        ("miến dong", ["bun tau dong"]),
        ("gừng", []),
    ],
)
def test_one_thing_has_several_names(typed: str, others: list[str]) -> None:
    assert read(typed) == others


def test_no_question_is_read_in_endless_ways() -> None:
    assert len(read("chè ngô lợn quả na dứa")) == synonyms.MOST_READINGS - 1


def test_a_name_put_in_is_asked_for_as_it_is_spelled() -> None:
    [[other]] = synonyms.readings(words.terms("dau"))
    assert (other.folded, other.exact) == ("do", words.terms("đỗ")[0].spelled)
