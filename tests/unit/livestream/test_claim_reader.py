"""The claim reader: what is an order, what is not, and that it never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.phone import HIDDEN_PHONE
from livestream.claim_reader import MOST_PACKS, Item, PinSize, Reading, read

PINS = {
    "A1": PinSize(200, "g", "gói"),
    "A2": PinSize(1000, "g", "kg"),
    "SP05": PinSize(1, "piece", "quả"),
    "B1": PinSize(10, "piece", "chục"),
}


def reading(text: str, main: str | None = "A1") -> Reading:
    return read(text, PINS, main)


def items(text: str, main: str | None = "A1") -> list[tuple[str, int]]:
    found = reading(text, main)
    assert found.kind == "claim", found
    return [(item.code, item.packs) for item in found.items]


@pytest.mark.parametrize(
    ("text", "packs"),
    [
        ("A1", 1),
        ("chốt A1", 1),
        ("chốt A1 2", 2),
        ("CHỐT A1 2 GÓI", 2),
        ("chot a1 2 goi", 2),
        ("a1 x2", 2),
        ("A1x2", 2),
        ("A1*2", 2),
        ("A1 +1", 1),
        ("x3 A1", 3),
        ("2 gói A1 ạ", 2),
        ("A1 2 túi", 2),
        ("A1 - 2", 2),
        ("A1: 2", 2),
        ("lấy A1 hai gói", 2),
        ("mua cho em A1 2 phần với shop ơi", 2),
        ("dạ chị đặt A1 2 cái nhé ❤️", 2),
        ("chốt A1 2kg", 10),
        ("A1 1 kí", 5),
        ("A1 2 lạng", 1),
        ("A1 0,4 kg", 2),
        ("chốt A1 2 gói, sđt 0912.345.678 ạ", 2),
        ("con chốt A1 2 gói ạ", 2),
    ],
)
def test_orders_of_one_code(text: str, packs: int) -> None:
    assert items(text) == [("A1", packs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1 A2", [("A1", 1), ("A2", 1)]),
        ("A1 2 A2 3", [("A1", 2), ("A2", 3)]),
        ("2 gói A1 và 3kg A2", [("A1", 2), ("A2", 3)]),
        ("A1 2, A2", [("A1", 2), ("A2", 1)]),
        ("A1+A2", [("A1", 1), ("A2", 1)]),
        ("A1\nSP05 10 quả", [("A1", 1), ("SP05", 10)]),
        ("đặt A1, A2; sp05 x4", [("A1", 1), ("A2", 1), ("SP05", 4)]),
    ],
)
def test_orders_of_several_codes(text: str, expected: list[tuple[str, int]]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize("text", ["chốt 2 gói ạ", "2 gói", "x2", "+2", "lấy 2", "2 gói 0912345678"])
def test_without_a_code_the_pin_on_show_is_meant(text: str) -> None:
    assert items(text) == [("A1", 2)]


@pytest.mark.parametrize("text", ["chốt 2 gói", "+1", "lấy"])
def test_without_a_pin_on_show_an_order_needs_a_code(text: str) -> None:
    assert reading(text, main=None).why == "no_code"


def test_a_code_nobody_pinned_is_answered_by_the_desk() -> None:
    assert items("chốt C7 2") == [("C7", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "A1 còn không",
        "A1 còn ko shop",
        "chốt A1 được không",
        "A1 giá bao nhiêu",
        "A1 bn 1kg",
        "A1 2 gói ship bao nhiêu",
        "ib em giá A1",
        "A1?",
        "A1 hết rồi à",
        "mã nào rẻ",
    ],
)
def test_a_question_is_never_an_order(text: str) -> None:
    found = reading(text)
    assert (found.kind, found.items) == ("question", ())


@pytest.mark.parametrize(
    "text", ["hủy A1", "huỷ A1 nhé", "huy a1", "bỏ A1 ạ", "không lấy A1 nữa", "thôi ko mua A1 nữa"]
)
def test_withdrawals_of_a_code(text: str) -> None:
    found = reading(text)
    assert (found.kind, found.items) == ("withdraw", (Item("A1", 0),))


@pytest.mark.parametrize("text", ["hủy", "thôi không lấy nữa", "em bỏ ạ"])
def test_withdrawals_without_a_code(text: str) -> None:
    found = reading(text)
    assert (found.kind, found.items) == ("withdraw", ())


@pytest.mark.parametrize(
    "text",
    ["hello", "nhà mình 5 người", "2 con gà", "A1 đẹp quá", "mùa A1", "0912345678", "", "❤️❤️"],
)
def test_chat(text: str) -> None:
    assert reading(text).kind == "chat"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A1 300g", "quantity"),
        ("A1 0", "quantity"),
        (f"A1 {MOST_PACKS + 1}", "quantity"),
        ("A2 1,5 kg", "quantity"),
        ("A2 1.500 g", "quantity"),
        ("A1 2 hộp", "unit"),
        ("SP05 2kg", "unit"),
        ("B1 2 cái", "unit"),
        ("2 bó A1", "unit"),
        ("2", "bare_number"),
        ("A1 2 A2", "which_quantity"),
        ("A1 2 3", "which_quantity"),
        ("A1 A1", "code_twice"),
        ("B9", "unknown_code"),
        ("A1-A2", "range"),
        ("A1 -1", "range"),
        ("bo A1", "two_meanings"),
        ("chốt A 1", "two_meanings"),
        ("A1 65k", "other_words"),
        ("A1 1/2 kg", "other_words"),
        ("A1 2 gói thôi", "other_words"),
        ("đừng chốt A1", "other_words"),
        ("chưa chốt A1 đâu nhé", ""),
        ("chị Lan chốt A1 rồi", "other_words"),
        ("hôm qua mua A1 ngon lắm", "other_words"),
        ("bỏ A1 lấy A2", "withdrawal_and_more"),
        ("hủy A1 1 gói", "withdrawal_and_more"),
    ],
)
def test_what_is_not_clear_is_never_an_order(text: str, why: str) -> None:
    found = reading(text)
    assert found.items == ()
    assert found.kind == ("ambiguous" if why else "question")
    assert found.why == why


def test_decomposed_writing_reads_alike() -> None:
    decomposed = "cho\u0302\u0301t A1 2 go\u0301i"
    assert items(decomposed) == [("A1", 2)]


@pytest.mark.parametrize(
    "number", ["0912345678", "0912.345.678", "0912 345 678", "+84912345678", "O912345678"]
)
def test_phone_numbers_are_masked_and_are_no_quantity(number: str) -> None:
    found = reading(f"chốt A1 2 {number} nhé")
    assert found.items == (Item("A1", 2),)
    assert HIDDEN_PHONE in found.masked
    assert "345" not in found.masked


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read(text, PINS, "A1")
    assert (found.kind == "claim") == bool(found.items) or found.kind == "withdraw"


PIECES = ["A1", "a2", "SP05", "x", "2", "+", "-", ",", "1,5", "kg", "gói", "bo", "bỏ", "bó", "chốt"]
PIECES += [
    "không",
    "lấy",
    "thôi",
    "?",
    "còn",
    "con",
    "ạ",
    "0912345678",
    "hai",
    "\n",
    "/",
    "65k",
    "B9",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["", " "]))
def test_what_is_read_as_an_order_is_one_that_can_be_kept(pieces: list[str], glue: str) -> None:
    found = read(glue.join(pieces), PINS, "A1")
    codes = [item.code for item in found.items]
    assert len(set(codes)) == len(codes)
    if found.kind == "claim":
        assert "?" not in pieces
        assert all(1 <= item.packs <= MOST_PACKS for item in found.items)
