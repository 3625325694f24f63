"""Numbers as people write them."""

from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.phone import (
    BadPhone,
    find_phones,
    format_phone,
    hide_phones,
    mask_phones_in,
    parse_phone,
)

WAYS = [
    "0912345678",
    "0912.345.678",
    "0912 345 678",
    "0912-345-678",
    "+84912345678",
    "+84 912 345 678",
    "84912345678",
    "(+84) 912 345 678",
    "O912345678",
    "o912 34 56 78",
    " 0912345678 ",
    "0912 - 345 - 678",
    "+84 0912345678",
]


@pytest.mark.parametrize("text", WAYS)
def test_every_way_of_writing_is_one_number(text: str) -> None:
    assert parse_phone(text) == "+84912345678"


@pytest.mark.parametrize(
    ("text", "number"),
    [("0208 3855 123", "+842083855123"), ("(024) 3825 3536", "+842438253536")],
)
def test_landlines_are_numbers_too(text: str, number: str) -> None:
    assert parse_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "912345678", "091234567", "09123456789", "0123456789", "19001234", "113", "hoa"),
        *("+1 202 555 0123", "+8612345678901", "0912345678x", "0912345678 2", "٠٩١٢٣٤٥٦٧٨"),
        "0" * 500,
    ],
)
def test_what_is_no_number_of_vietnam_is_refused(text: str) -> None:
    with pytest.raises(BadPhone) as raised:
        parse_phone(text)
    assert (raised.value.code, raised.value.status) == ("bad_phone", 400)


@pytest.mark.parametrize("way", WAYS)
def test_a_number_is_found_in_a_comment(way: str) -> None:
    assert find_phones(f"chốt A1 2 gói {way} 3 nhé") == ["+84912345678"]


def test_several_numbers_come_once_each_in_order() -> None:
    text = "0987654321 hoặc 0912345678, sdt:0987.654.321"
    assert find_phones(text) == ["+84987654321", "+84912345678"]


@pytest.mark.parametrize("text", ["", "1.250.000", "A1 x2", "84.000.000 đ", "stk 0123456789012"])
def test_prices_and_accounts_are_not_numbers(text: str) -> None:
    assert find_phones(text) == []
    assert mask_phones_in(text) == text


@pytest.mark.parametrize("way", [*WAYS, "0168 923 4567", "0 0912345678"])
def test_a_number_is_hidden_whole_and_the_rest_stays(way: str) -> None:
    assert mask_phones_in(f"chốt A1 2 {way.strip()}, ship") == "chốt A1 2 •••• ••• •••, ship"


@pytest.mark.parametrize(
    "way",
    [
        "0912–345–678",
        "0912 — 345 — 678",
        "0912‑345‑678",
        "0912_345_678",
        "0912•345•678",
        "０９１２３４５６７８",
    ],
)
def test_a_number_that_a_keyboard_made_pretty_is_hidden_too(way: str) -> None:
    assert mask_phones_in(f"gọi {way} nhé") == "gọi •••• ••• ••• nhé"


@given(st.text("0Oo9123+84 .-()a", max_size=60))
def test_no_valid_number_survives_the_mask(text: str) -> None:
    assert find_phones(mask_phones_in(text)) == []


@given(st.text())
def test_any_text_is_a_number_or_bad_phone(text: str) -> None:
    with suppress(BadPhone):
        assert parse_phone(text).startswith("+84")


@pytest.mark.parametrize(
    ("number", "shown"), [("+84912345678", "0912 345 678"), ("+842083855123", "0208 3855 123")]
)
def test_a_number_is_shown_as_people_read_it(number: str, shown: str) -> None:
    assert format_phone(number) == shown
    assert parse_phone(shown) == number


@given(st.from_regex(r"0[1-9][0-9]{7,9}", fullmatch=True))
def test_what_is_valid_is_what_libphonenumber_says(text: str) -> None:
    number = phonenumbers.parse(text, "VN")
    wanted = {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
    assert bool(find_phones(text)) == (phonenumbers.number_type(number) in wanted)


@pytest.mark.parametrize("way", [*WAYS, "09l2345678", "0912/345/678", "0912,345,678"])
def test_a_comment_is_told_apart_from_its_numbers(way: str) -> None:
    hidden = hide_phones(f"A1 {way.strip()} 3", "P", "M")
    assert (hidden.marked, hidden.phones) == ("A1 P 3", ("+84912345678",))
    assert hidden.masked == "A1 •••• ••• ••• 3"


@pytest.mark.parametrize(
    "written",
    ["912345678", "912 345 678", "20912345678", "không chín một hai ba bốn năm sáu bảy tám"],
)
def test_what_may_be_a_number_is_hidden_and_marked_as_that(written: str) -> None:
    hidden = hide_phones(f"A1 {written} nhé", "P", "M")
    assert (hidden.marked, hidden.phones) == ("A1 M nhé", ())
    assert hidden.masked == "A1 •••• ••• ••• nhé"


@pytest.mark.parametrize(
    "text", ["350 000 000", "1.250.000", "stk 0123456789012", "hai ba bốn năm"]
)
def test_prices_and_counting_stay_in_a_comment(text: str) -> None:
    assert hide_phones(text, "P", "M").masked == text


def test_a_number_glued_to_a_code_is_hidden() -> None:
    assert hide_phones("A10912345678", "P", "M").marked == "A1P"
