"""Letters of Vietnam, folded, cleaned and masked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import ascii_only, clean_line, fold, mask_name, mask_phone


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_and_case_do_not_matter_to_a_search(form: str) -> None:
    written = unicodedata.normalize(form, "Chè ĐINH Tân Cương, Ưỡm Ệ")  # type: ignore[arg-type]
    assert fold(written) == "che dinh tan cuong, uom e"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_both_writings_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_ascii_keeps_case_and_drops_the_rest() -> None:
    assert ascii_only("Trà Đại Từ 🍵 №1") == "Tra Dai Tu  1"


@given(st.text())
def test_ascii_is_ascii(text: str) -> None:
    assert ascii_only(text).isascii()
    assert ascii_only(text).isprintable()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Thị Hoa", "N***"),
        ("  đào", "Đ***"),
        ("E\u0302\u0301t", "Ế***"),
        ("", "***"),
        ("🍵", "***"),
    ],
)
def test_a_name_is_its_first_letter(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("+84912345678", "09•• ••• 678"), ("+842083855123", "02•• •••• 123")],
)
def test_a_phone_shows_its_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Chè \n\t búp  ", "Chè búp"),
        ("An\u202egnort\u200b", "Angnort"),
        ("a\x00b\x07c", "abc"),
        ("a\u2028b\xa0c", "a b c"),
        ("Che\u0300", "Chè"),
        ("Hoa 🍵", "Hoa 🍵"),
        ("12345678901 3", "12345678901"),
    ],
)
def test_a_line_is_cleaned(text: str, line: str) -> None:
    assert clean_line(text, 12) == line


@given(st.text(), st.integers(0, 30))
def test_a_clean_line_fits_and_stays_clean(text: str, most: int) -> None:
    line = clean_line(text, most)
    assert len(line) <= most
    assert clean_line(line, most) == line
