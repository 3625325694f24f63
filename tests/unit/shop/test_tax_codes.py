"""Tax codes: what is one, what a slip of the finger makes of it, and how people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.invoices.errors import BadInvoiceLink, BadTaxCode
from shop.invoices.invoice_rules import (
    DAY_MS,
    DECLINED,
    INVOICE,
    ISSUED,
    REQUESTED,
    checked_link,
    days_waited,
    may_be_asked,
)
from shop.invoices.tax_codes import check_digit, parse

NINE = st.text("0123456789", min_size=9, max_size=9)
CODES = (
    NINE.filter(lambda nine: nine.strip("0") != "" and check_digit(nine) < 10)
    .map(lambda nine: f"{nine}{check_digit(nine)}")
    .filter(lambda code: code.strip("0") != "")
)


@pytest.mark.parametrize("code", ["0100109106", "0100109106-001", "0101243150", "019088001234"])
def test_codes_of_companies_branches_and_people_are_taken(code: str) -> None:
    assert parse(code) == code


@given(CODES, st.integers(1, 999))
def test_blanks_dots_and_dashes_do_not_matter(code: str, branch: int) -> None:
    written = f"{code}-{branch:03}"
    assert parse(f" {code[:4]} {code[4:7]}.{code[7:]} ") == code
    assert (
        parse(written) == parse(f"{code}{branch:03}") == parse(f"{code} - {branch:03}") == written
    )


@given(CODES, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_found(code: str, place: int, more: int) -> None:
    wrong = str((int(code[place]) + more) % 10)
    with pytest.raises(BadTaxCode):
        parse(code[:place] + wrong + code[place + 1 :])


@given(NINE)
def test_each_nine_digits_have_at_most_one_tenth(nine: str) -> None:
    taken = [tenth for tenth in "0123456789" if _is_code(nine + tenth)]
    assert taken == ([str(check_digit(nine))] if _is_code(f"{nine}{check_digit(nine)}") else [])


@given(st.text(max_size=20))
def test_any_text_is_a_code_or_refused_in_words(typed: str) -> None:
    if _is_code(typed):
        assert parse(parse(typed)) == parse(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "0000000000", "000000000000", "0100109106-000", "01001091०6", "MST0100109106", "1" * 14],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(BadTaxCode):
        parse(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "http://a.vn/1",
        "javascript:alert(1)",
        "https://",
        "https://a",
        "https://u:p@a.vn",
        "https://a.vn:x/",
        "https://a.vn/ b",
        "https://[1",
        "hoadon.vn/1",
    ],
)
def test_a_link_is_an_https_address(typed: str) -> None:
    with pytest.raises(BadInvoiceLink):
        checked_link(typed)


def test_a_good_link_and_none_are_taken() -> None:
    assert checked_link("") == ""
    assert checked_link("https://hoadon.vn:8443/x?ma=1") == "https://hoadon.vn:8443/x?ma=1"


def test_an_invoice_is_asked_for_once_sold_and_for_thirty_days_after_delivery() -> None:
    assert may_be_asked("secured", None, 0)
    assert may_be_asked("closed", 0, 30 * DAY_MS)
    assert not may_be_asked("closed", 0, 30 * DAY_MS + 1)
    for state in ("placed", "expired", "cancelled", "refused", "returned"):
        assert not may_be_asked(state, None, 0)


def test_an_answer_is_the_end_of_a_request() -> None:
    assert INVOICE.reachable_from(REQUESTED) == {REQUESTED, ISSUED, DECLINED}
    assert INVOICE.reachable_from(ISSUED) == {ISSUED}
    assert INVOICE.reachable_from(DECLINED) == {DECLINED}


def test_waiting_is_counted_in_whole_days() -> None:
    assert (days_waited(0, DAY_MS - 1), days_waited(0, 3 * DAY_MS), days_waited(5, 0)) == (0, 3, 0)


def _is_code(typed: str) -> bool:
    try:
        return bool(parse(typed))
    except BadTaxCode:
        return False
