"""The claim reader: every phrase of its page, and the cases a table cannot show."""

import pytest

from core.phone import HIDDEN_PHONE
from livestream.reader.claim_reader import MOST_LETTERS, Item, PinSize, Reading, read
from tests.support.phrases import PINS, Phrase, phrases, told

PACKED = {
    "A1": PinSize(200, "g", "gói"),
    "A2": PinSize(1000, "g", "kg"),
    "B1": PinSize(10, "piece", "chục"),
    "T1": PinSize(6, "piece", "hộp"),
}


def reading(text: str) -> Reading:
    return read(text, PINS, "A1")


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.comment)
def test_the_page_tells_how_each_phrase_is_read(phrase: Phrase) -> None:
    assert told(phrase.read()) == phrase.reading


def test_the_page_has_every_kind_and_enough_phrases() -> None:
    rows = phrases()
    assert len({row.comment for row in rows if row.heading != "Without a pin on show"}) >= 300
    assert {row.reading.split(" ")[0] for row in rows} == {
        *("claim", "withdraw", "question", "chat", "ambiguous"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1 2 túi", "claim A1 2"),
        ("A1 2 hộp", "ambiguous unit"),
        ("2 bó A1", "ambiguous unit"),
        ("A2 2 gói", "ambiguous unit"),
        ("A2 2 ký", "claim A2 2"),
        ("A2 2 cái", "claim A2 2"),
        ("B1 2 chục", "claim B1 2"),
        ("B1 2 quả", "ambiguous quantity"),
        ("T1 2 hộp", "claim T1 2"),
        ("T1 12 quả", "claim T1 2"),
        ("T1 1 tá", "claim T1 2"),
        ("T1 2 gói", "ambiguous unit"),
    ],
)
def test_the_words_of_the_pack_are_known(text: str, expected: str) -> None:
    assert told(read(text, PACKED, "A1")) == expected


def test_decomposed_writing_reads_alike() -> None:
    assert told(reading("cho\u0302\u0301t A1 2 go\u0301i")) == "claim A1 2"


def test_a_season_is_no_order_though_without_marks_it_is_one() -> None:
    assert [told(reading(text)) for text in ("mùa A1", "mua A1")] == ["chat", "claim A1 1"]


def test_a_code_on_a_line_of_its_own_is_an_item() -> None:
    assert told(reading("A1\nB3 10 quả\r\nA2")) == "claim A1 1, B3 10, A2 1"


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912.345.678",
        "0912 345 678",
        "+84912345678",
        "O912345678",
        "09l2345678",
        "(+84) 912-345-678",
        "84 912 345 678",
        "0912/345/678",
        "0\u200b912345678",
        "０９１２３４５６７８",
    ],
)
def test_a_phone_number_is_told_and_masked_and_is_no_quantity(number: str) -> None:
    found = reading(f"chốt A1 2 gói {number} nhé")
    assert (found.items, found.phone) == ((Item("A1", 2),), "+84912345678")
    assert found.masked == f"chốt A1 2 gói {HIDDEN_PHONE} nhé"


def test_of_two_phone_numbers_the_first_is_told_and_both_are_masked() -> None:
    found = reading("A1 0912345678 hoặc 0987654321")
    assert (found.phone, found.masked) == ("+84912345678", f"A1 {HIDDEN_PHONE} hoặc {HIDDEN_PHONE}")


@pytest.mark.parametrize(
    "text",
    ["912345678", "A10912345678", "không chín một hai ba bốn năm sáu bảy tám", "0123 456 789"],
)
def test_what_may_be_a_phone_number_is_masked_and_not_told(text: str) -> None:
    found = reading(f"A1 {text}")
    assert HIDDEN_PHONE in found.masked
    assert found.phone in {None, "+84912345678"}
    assert "345" not in found.masked
    assert "ba bốn" not in found.masked


def test_an_unclear_item_is_named_and_calls_for_a_person() -> None:
    found = reading("A1 2 gói, A2 300g, Z9")
    assert [(item.code, item.why) for item in found.unclear] == [
        ("A2", "quantity"),
        ("Z9", "unknown_code"),
    ]
    assert found.needs_a_person
    assert found.why == "quantity"


def test_a_code_called_x2_is_no_times_two() -> None:
    pins = {"A1": PinSize(200, "g"), "X2": PinSize(200, "g")}
    assert told(read("chốt x2", pins, "A1")) == "claim X2 1"
    assert read("A1 x2", pins, "A1").kind == "ambiguous"


def test_what_is_too_long_is_cut_and_masked_and_left_to_a_person() -> None:
    found = reading("A1 2 gói " + "a" * (MOST_LETTERS - 20) + " 0912345678 nhé")
    assert (found.kind, found.why) == ("ambiguous", "too_long")
    assert len(found.masked) == MOST_LETTERS
    assert "0912" not in found.masked
