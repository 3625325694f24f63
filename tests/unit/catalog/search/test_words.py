"""Words and tokens: what the index keeps and what a question becomes."""

import unicodedata

import pytest

from catalog.search import amounts, papers, places, slips, synonyms, words
from catalog.search.asking import Asked, Word, as_fts5, as_tsquery
from catalog.search.wanted import Wanted


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
        ("nhgi", "nghi", slips.FINGER_SLIPPED),
        ("mein", "mien", slips.FINGER_SLIPPED),
        ("mienn", "mien", slips.FINGER_SLIPPED),
        ("mienm", "mien", slips.FINGER_SLIPPED),
    ],
)
def test_slips_lead_to_what_was_meant(typed: str, meant: str, cost: int) -> None:
    assert slips.variants(typed)[meant] == cost


def test_short_words_are_not_turned_into_everything() -> None:
    assert set(slips.variants("na")) == {"la"}
    assert not {"viet", "tet"} & {*slips.variants("vit"), *slips.variants("tea")}


def test_a_word_is_no_slip_of_itself() -> None:
    assert all(word not in slips.variants(word) for word in ("na", "mien", "dong", "aaa"))


def test_a_forgotten_space_gives_both_halves() -> None:
    assert ("mat", "ong") in slips.halves("matong")
    assert ("moc", "cau") in slips.halves("mocau")


def test_both_databases_are_asked_the_same() -> None:
    asked = Asked((Word(("che", "tre")), Word(("moc",), open_end=True))).but_not([Word((":k=na",))])
    assert as_fts5(asked) == '(("che" OR "tre") AND ("moc" *)) NOT ((":k=na"))'
    assert as_tsquery(asked) == "(('che' | 'tre') & ('moc':*)) & !((':k=na'))"


def test_both_databases_shut_out_what_either_of_two_readings_finds() -> None:
    asked = Asked((Word(("tra",), open_end=True),)).but_not([Word(("tra",))], [Word(("=che1",))])
    assert as_fts5(asked) == '(("tra" *)) NOT ((("tra")) OR (("=che1")))'
    assert as_tsquery(asked) == "(('tra':*)) & !((('tra')) | (('=che1')))"


def test_one_of_several_readings_is_enough_for_both_databases() -> None:
    asked = Asked((Word(("tra",)),), ((Word(("x",)),),), ((Word(("=che1",)),),))
    assert as_fts5(asked) == '((("tra")) OR (("=che1"))) NOT (("x"))'
    assert as_tsquery(asked) == "((('tra')) | (('=che1'))) & !(('x'))"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("móc câu 200 g", "móc câu 200g"),
        ("chè 2 lạng", "chè 200g"),
        ("0,5kg", "500g"),
        ("1.500 gam", "1500g"),
        ("1,5 lít", "1500ml"),
        ("5 cân gạo", "5000g gạo"),
        ("số 3 tân cương", "số 3 tân cương"),
        ("0,0005 kg", "0,0005 kg"),
        ("200", "200"),
    ],
)
def test_an_amount_is_one_word_however_it_is_written(text: str, joined: str) -> None:
    assert amounts.joined(text) == joined


@pytest.mark.parametrize(
    ("query", "rest", "paper", "stars"),
    [
        ("ocop", "", "ocop", 0),
        ("Chè OCOP 4 sao", "Chè", "ocop", 4),
        ("VietGAP", "", "vietgap", 0),
        ("rau viet gap", "rau", "vietgap", 0),
        ("chỉ dẫn địa lý", "", "gi", 0),
        ("4 sao", "4 sao", "", 0),
        ("chè", "chè", "", 0),
    ],
)
def test_a_paper_named_is_asked_for(query: str, rest: str, paper: str, stars: int) -> None:
    wanted = papers.understood(Wanted(query))
    assert (wanted.query, wanted.paper, wanted.stars) == (rest, paper, stars)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("che dai tu", ["che :p=dai_tu"]),
        ("Bắc Cạn", [":p=bac_kan"]),
        ("lam vi", [":p=lam_vy"]),
        ("che", []),
    ],
)
def test_a_place_is_asked_for_by_any_of_its_names(asked: str, read: list[str]) -> None:
    found = places.readings(words.terms(asked))
    assert [" ".join(term.folded for term in one) for one in found] == read


def test_a_commune_answers_to_its_old_district_and_province() -> None:
    [la_bang] = places.named_in("Chè nõn La Bằng")
    assert {":p=la_bang", ":p=dai_tu", ":p=thai_nguyen"} <= places.tokens_of(la_bang)
    assert ":p=bac_kan" not in places.tokens_of(la_bang)
    [ba_be] = places.named_in("Bí xanh thơm Ba Bể")
    assert ":p=bac_kan" in places.tokens_of(ba_be)


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
