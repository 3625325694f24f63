"""Cells as people fill them in: days, quantities, prices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.imports import values
from catalog.imports.cell_errors import BadCount, BadDay, Empty, IsFormula, NeedsUnit, TooLong
from catalog.units import NotWhole, TooMuch
from core.errors import DomainError
from core.money import BadAmount
from core.quantity import BadQuantity
from core.tables.cells import Cell, CellKind

DAY = date(2026, 11, 20)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "20/11/2026",
        "20-11-2026",
        "20.11.2026",
        "20/11/26",
        "2026-11-20",
        "2026/11/20",
        "2026-11-20T00:00:00",
        "46346",
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(text: str) -> None:
    assert values.day(Cell(text)) == DAY


@given(day=DAYS)
def test_every_day_is_read_back_from_each_writing(day: date) -> None:
    assert values.day(Cell(f"{day.isoformat()}T00:00:00")) == day
    serial = (day - date(1899, 12, 30)).days
    for text in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day}-{day.month}-{day.year}"):
        assert values.day(Cell(text)) == day
    assert values.day(Cell(str(serial), CellKind.NUMBER)) == day


@pytest.mark.parametrize(
    "text", ["30/02/2026", "11/20/2026", "2026-02-30", "hôm qua", "1/1/1899", "0"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadDay):
        values.day(Cell(text))


@pytest.mark.parametrize(
    ("text", "vnd"),
    [
        ("65.000", 65_000),
        ("50k", 50_000),
        ("1tr2", 1_200_000),
        ("1.250.000", 1_250_000),
        ("65000 đ", 65_000),
    ],
)
def test_prices_are_read_as_people_write_them(text: str, vnd: int) -> None:
    assert values.price_vnd(Cell(text)) == vnd


def test_a_header_can_say_that_prices_are_in_thousands() -> None:
    assert values.price_vnd(Cell("65"), "nghìn đồng") == 65_000
    assert values.price_vnd(Cell("65k"), "nghìn đồng") == 65_000


@pytest.mark.parametrize("text", ["0", "-5", "1e12", "65000.5", "abc", "1.250k", "499.999.999.999"])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(BadAmount):
        values.price_vnd(Cell(text))


@pytest.mark.parametrize(
    ("cell", "hint", "grams"),
    [
        (Cell("2,5 kg"), "", 2500),
        (Cell("2.5", CellKind.NUMBER), "kg", 2500),
        (Cell("3", CellKind.NUMBER), "yến", 30_000),
        (Cell("500g"), "kg", 500),
        (Cell("2 lạng"), "", 200),
        (Cell(""), "", None),
    ],
)
def test_quantities_take_their_unit_from_the_cell_or_its_header(
    cell: Cell, hint: str, grams: int | None
) -> None:
    assert values.quantity(cell, "g", {}, hint) == grams


@pytest.mark.parametrize(
    ("text", "unit", "refusal"),
    [
        ("5", "g", NeedsUnit),
        ("0 kg", "g", BadQuantity),
        ("-5 kg", "g", BadQuantity),
        ("0,5 quả", "piece", NotWhole),
        ("1000000000000", "piece", TooMuch),
        ("1e12", "piece", DomainError),
        ("=1+1", "piece", DomainError),
    ],
)
def test_what_is_no_quantity_is_refused(text: str, unit: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        values.quantity(Cell(text), unit, {})


@pytest.mark.parametrize("text", ["0", "0 kg", "0,0", "0 quả"])
def test_nothing_may_have_been_counted(text: str) -> None:
    assert values.counted(Cell(text), "g", {}) == 0


def test_a_formula_is_no_number_and_no_day() -> None:
    formula = Cell("=A1*2", CellKind.FORMULA)
    for read in (values.day, values.price_vnd, lambda cell: values.whole(cell, 0, 9)):
        with pytest.raises(IsFormula):
            read(formula)
    assert values.text(formula, 20) == "=A1*2"


def test_whole_numbers_stay_in_their_range() -> None:
    assert values.whole(Cell("14 ngày"), 0, 365) == 14
    for text in ("366", "-1", "1,5", "१"):
        with pytest.raises(BadCount):
            values.whole(Cell(text), 0, 365)


def test_text_is_needed_where_it_is_needed_and_not_too_long() -> None:
    with pytest.raises(Empty):
        values.text(Cell(), 5, needed=True)
    with pytest.raises(TooLong):
        values.text(Cell("quá dài"), 5)
