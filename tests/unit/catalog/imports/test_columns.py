"""Columns are told by their headers, in any order, and nothing is guessed."""

import pytest

from catalog.imports import columns
from catalog.imports.columns import COLUMNS, Kind
from catalog.imports.errors import DoubledColumn, MissingColumns, NoHeader, NoRows
from catalog.imports.guide import HELPS
from core.tables import reading


def header(text: str, kind: Kind = Kind.LISTINGS) -> columns.Header:
    return columns.find_header(kind, reading.pasted(text))


@pytest.mark.parametrize(
    "text",
    [
        "Sản phẩm;Giá;Quy cách\nChè;65k;200 g",
        "Giá;Quy cách;Sản phẩm\n65k;200 g;Chè",
        "GIA BAN (*);DONG GOI;TEN HANG\n65k;200 g;Chè",
        "Pack size;Price;Product name\n200 g;65k;Chè",
        "Bảng giá tháng 11\n\nSản phẩm;Giá;Quy cách\nChè;65k;200 g",
    ],
)
def test_swapped_and_renamed_columns_are_recognised(text: str) -> None:
    _number, row = next(header(text).rows())
    assert (row["product"].text, row["price"].text, row["pack"].text) == ("Chè", "65k", "200 g")


def test_rows_keep_the_number_they_have_in_the_spreadsheet() -> None:
    found = header("Bảng giá\n\nSản phẩm;Giá\nChè;1\n\nNa;2")
    assert [number for number, _ in found.rows()] == [4, 6]


def test_a_unit_in_brackets_is_a_hint() -> None:
    assert header("Sản phẩm;Giá (nghìn đồng)\nChè;65").hints == {"price": "nghìn đồng"}


def test_unknown_columns_are_named() -> None:
    assert header("Sản phẩm;Giá;Ghi chú nội bộ\nChè;1;x").ignored == ("Ghi chú nội bộ",)


def test_missing_columns_are_named() -> None:
    with pytest.raises(MissingColumns) as refused:
        header("Sản phẩm;Quy cách\nChè;200 g")
    assert refused.value.data == {"missing": "Giá", "found": "Sản phẩm, Quy cách"}


def test_two_columns_that_mean_the_same_are_refused() -> None:
    with pytest.raises(DoubledColumn):
        header("Sản phẩm;Giá;Giá bán\nChè;1;2")


def test_a_table_without_a_header_is_refused() -> None:
    with pytest.raises(NoHeader):
        header("Chè;65k\nNa;50k")


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(NoRows):
        header("Sản phẩm;Giá\n;;\n")


@pytest.mark.parametrize("kind", Kind)
def test_no_word_means_two_columns_of_a_kind(kind: Kind) -> None:
    words = [word for column in COLUMNS[kind] for word in {column.name, *column.words}]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("kind", Kind)
def test_every_column_says_how_it_is_filled_in(kind: Kind) -> None:
    assert {column.name for column in COLUMNS[kind]} == set(HELPS[kind])
