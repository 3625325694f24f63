"""What holds for every comment, whatever people type."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.phone import find_phones
from core.text import fold
from livestream.reader.claim_reader import MOST_PACKS, PinSize, Reading, read
from tests.support.phrases import PINS, Phrase, phrases, told

ROWS = phrases()
PIECES = [
    *(
        "A1",
        "a2",
        "SP05",
        "B3",
        "Z9",
        "x",
        "2",
        "+",
        "-",
        ",",
        "1,5",
        "kg",
        "gói",
        "quả",
        "bo",
        "bỏ",
    ),
    *(
        "bó",
        "chốt",
        "không",
        "lấy",
        "thôi",
        "?",
        "còn",
        "con",
        "ạ",
        "0912345678",
        "hai",
        "chục",
        "nửa",
    ),
    *(
        "\n",
        "/",
        "65k",
        "hủy",
        "cho em",
        "nếu",
        "mỗi loại",
        "rưỡi",
        "lạng",
        "đổi",
        "bn",
        "x2",
        "e",
        ".",
    ),
]
ORDERS = st.builds(
    lambda code, amount, first: f"{amount} {code}" if first else f"{code} {amount}",
    st.sampled_from(["A1", "a2", "C1"]),
    st.sampled_from(["2 gói", "x2", "1 kg", "hai cân", "3", "1 yến", "2 kí"]),
    st.booleans(),
)
NUMBER_LIKE = re.compile(r"(?:\+?84|0)[ .-]?[35789](?:[ .-]?[0-9]){8}(?![0-9])")


def reading(text: str) -> Reading:
    return read(text, PINS, "A1")


def require_sound(found: Reading) -> None:
    codes = [item.code for item in found.items]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= PINS.keys()
    assert (found.kind == "ambiguous") <= (found.why != "")
    if found.kind == "claim":
        assert codes
        assert all(1 <= item.packs <= MOST_PACKS for item in found.items)
    elif found.kind != "withdraw":
        assert not codes


@given(st.text(max_size=600), st.booleans())
@example("\ue000 \ue001 A1", False)
@example("A1 ⅓ ② ¾kg 1⁄2", True)
def test_no_text_breaks_the_reader(text: str, bare: bool) -> None:
    require_sound(reading(text))
    read(text, {"1": PinSize(1, "g"), "22": PinSize(2, "ml")}, None, bare_numbers=bare)


@given(st.lists(st.sampled_from(PIECES), max_size=10), st.sampled_from(["", " "]))
def test_what_is_read_as_an_order_is_one_that_can_be_kept(pieces: list[str], glue: str) -> None:
    found = reading(glue.join(pieces))
    require_sound(found)
    if found.kind == "claim":
        assert not {"?", "bn", "nếu", "65k", "đổi", "hủy"} & set(pieces)


@given(st.text("0Oo9123+84 .-()aA1lI,", max_size=80))
def test_no_phone_number_is_ever_shown(text: str) -> None:
    masked = reading(text).masked
    assert find_phones(masked) == []


@given(
    st.sampled_from(["0", "+84", "84 ", "(+84)", "+84 "]),
    st.from_regex(r"9[0-8][0-9]{7}", fullmatch=True),
    st.sampled_from(["", " ", ".", "-"]),
    st.sampled_from(["chốt A1 2 ", "A1 x3 ", "sđt ", "2 gói, "]),
)
def test_a_phone_number_between_words_is_masked_and_told(
    prefix: str, rest: str, gap: str, before: str
) -> None:
    written = prefix + gap.join((rest[:3], rest[3:6], rest[6:]))
    found = reading(f"{before}{written} nhé")
    assert found.phone == f"+84{rest}"
    assert not NUMBER_LIKE.search(found.masked)
    assert found.items == reading(f"{before} nhé").items


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.integers(0, 8))
def test_a_question_never_claims(pieces: list[str], place: int) -> None:
    asked = " ".join([*pieces[:place], "?", *pieces[place:]])
    assert reading(asked).kind == "question"


@given(st.text(max_size=200))
def test_composed_and_decomposed_letters_read_alike(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert told(reading(unicodedata.normalize("NFD", text))) == told(reading(composed))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.comment)
def test_without_marks_a_comment_is_the_same_or_unclear(row: Phrase) -> None:
    marked, bare = row.read(), row.read(fold(row.comment))
    if bare.kind in {"claim", "withdraw"}:
        assert told(bare) == told(marked)
    else:
        assert bare.kind in {marked.kind, "ambiguous"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.comment)
def test_case_changes_nothing(row: Phrase) -> None:
    for other in (row.comment.upper(), row.comment.lower(), row.comment.title()):
        assert told(row.read(other)) == told(row.read())


@given(
    ORDERS,
    st.sampled_from(["shop ơi", "dạ", "em ơi", "chào shop", ""]),
    st.sampled_from(["ạ", "nhé shop", "nha", "với ạ", "cảm ơn shop", "❤️", "!!", "..."]),
)
def test_courtesy_changes_nothing(order: str, before: str, after: str) -> None:
    assert told(reading(f"{before} {order} {after}")) == told(reading(order))


@given(
    st.lists(st.sampled_from(["A1 2 gói", "3 quả B3", "C1 x2", "1kg A2"]), unique=True), st.data()
)
def test_the_order_of_the_items_does_not_matter(items: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(items))
    assert set(reading(", ".join(shuffled)).items) == set(reading("\n".join(items)).items)
    assert len(reading(", ".join(items)).items) == len(items)


@given(
    st.integers(1, 10**6), st.sampled_from(["g", "gam", "lạng", "kg", "yến"]), st.integers(1, 2000)
)
def test_a_weight_is_so_many_whole_packs_or_unclear(number: int, unit: str, pack: int) -> None:
    grams = number * {"g": 1, "gam": 1, "lạng": 100, "kg": 1000, "yến": 10_000}[unit]
    found = read(f"A1 {number} {unit}", {"A1": PinSize(pack, "g")}, None)
    fits = grams % pack == 0 and 1 <= grams // pack <= MOST_PACKS and number < 10**6
    assert [item.packs for item in found.items] == ([grams // pack] if fits else [])


@given(st.text(max_size=200), st.text(max_size=30))
def test_no_stranger_makes_an_order_out_of_words_nobody_knows(before: str, after: str) -> None:
    assert reading(f"{before} zyxw {after}").kind != "claim"
