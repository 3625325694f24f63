"""Statements of several banks are read for what they say, and odd rows are told."""

from datetime import date, datetime

import pytest

from core.tables import reading
from core.tables.cells import Cell, CellKind
from payments.statements import layout, rows
from payments.statements.layout import Layout
from payments.statements.rows import Statement
from payments.statements.statement_errors import NoMoneyColumn, NoStatementTable
from tests.unit.payments.statements import samples

LAST = date(2026, 11, 26)


def read(text: str) -> Statement:
    table, found = layout.guess(reading.read(text.encode()) if text.strip() else ())
    return rows.read(table, found, LAST)


@pytest.mark.parametrize("bank", samples.ALL)
def test_each_bank_tells_of_the_same_transfer(bank: str) -> None:
    found = next(one for one in read(samples.ALL[bank]).movements if "CPX7" in one.text)
    assert (found.at.date(), found.change_vnd) == (date(2026, 11, 24), 130_000)


def test_totals_and_balances_of_the_bank_are_no_movements() -> None:
    statement = read(samples.VIETCOMBANK)
    assert [one.change_vnd for one in statement.movements] == [130_000, -30_000, 50_000, 50_000]
    assert statement.odd == ()
    assert (statement.opening_vnd, statement.closing_vnd) == (1_000_000, 1_200_000)
    assert statement.broken_at is None


def test_a_file_that_begins_with_the_newest_is_turned() -> None:
    statement = read(samples.TECHCOMBANK)
    assert [one.at.day for one in statement.movements] == [24, 25]
    assert statement.opening_vnd == 1_000_000


def test_the_time_is_kept_where_the_bank_tells_it() -> None:
    found = read(samples.BIDV).movements[0]
    assert (found.at, found.has_time) == (
        datetime(2026, 11, 24, 9, 15, 20, tzinfo=rows.VIETNAM),
        True,
    )


def test_equal_rows_of_a_file_have_keys_of_their_own_and_keep_them() -> None:
    twice = [one.key for one in read(samples.WORDED + samples.WORDED.split("\n", 1)[1]).movements]
    assert len(set(twice)) == 4
    assert {one.key for one in read(samples.WORDED).movements} <= set(twice)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("24/11/2026,5,,12.5,,x", "row_bad_sum"),
        ("24/11/2026,5,,-20000,,x", "row_bad_sum"),
        ("24/11/2026,5,10000,20000,,x", "row_two_sums"),
        ("24/11/2026,5,,,,x", "row_no_sum"),
        ("31/02/2026,5,,20000,,x", "row_no_day"),
        ("11/24/2026,5,,20000,,x", "row_no_day"),
        ("24/11/2027,5,,20000,,x", "row_day_ahead"),
        ("24/11/2026,5,,=A1+A2,,x", "row_formula"),
        ("24/11/2026,5,,9999999999999,,x", "row_bad_sum"),
    ],
)
def test_an_odd_row_says_why(row: str, code: str) -> None:
    statement = read(f"Ngày giao dịch,Số bút toán,Ghi nợ,Ghi có,Số dư,Nội dung\n{row}\n")
    assert [one.why.code for one in statement.odd] == [code]
    assert statement.movements == ()


@pytest.mark.parametrize("note", ["CONG TY TNHH ABC tra tien", "Tong tien che", "Công nợ tháng 11"])
def test_a_payers_note_is_never_taken_for_the_banks_total(note: str) -> None:
    statement = read(f"Thời gian,Mô tả giao dịch,Số tiền\n24/11/2026 09:15,{note},130000\n")
    assert [(one.change_vnd, one.text) for one in statement.movements] == [(130_000, note)]


@pytest.mark.parametrize("words", ["Tổng cộng", "Số dư cuối kỳ", "Cộng phát sinh", "Total"])
def test_what_looks_like_a_total_on_a_day_is_shown_and_not_booked(words: str) -> None:
    statement = read(f"Thời gian,Mô tả,Số tiền\n24/11/2026,{words},130000\n,{words},130000\n")
    assert [one.why.code for one in statement.odd] == ["row_total"]
    assert statement.movements == ()


def test_an_opening_balance_on_a_day_is_passed_over() -> None:
    head = "Ngày giao dịch,Nội dung,Ghi nợ,Ghi có,Số dư"
    statement = read(f"{head}\n24/11/2026,Số dư đầu kỳ,,,1000000\n24/11/2026,che,,5000,1005000\n")
    assert ([one.change_vnd for one in statement.movements], statement.odd) == ([5_000], ())


def test_a_missing_row_shows_in_the_balances() -> None:
    lines = samples.VIETCOMBANK.splitlines(keepends=True)
    statement = read("".join(line for line in lines if "Phi chuyen" not in line))
    assert statement.broken_at is not None
    assert statement.broken_at.number == 7


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "Sản phẩm,Giá\nChè,50000\n"])
def test_what_is_no_statement_is_refused(text: str) -> None:
    with pytest.raises(NoStatementTable):
        read(text)


def test_a_person_says_what_the_columns_are() -> None:
    table, found = layout.guess(reading.read(samples.WORDED.encode()))
    changed = layout.corrected(found, {0: "day", 2: "money_in", 3: "reference"})
    assert [one.change_vnd for one in rows.read(table, changed, LAST).movements] == [
        130_000,
        30_000,
    ]
    assert layout.fingerprint(table, changed) == layout.fingerprint(table, found)
    assert layout.road_of(table, changed) != layout.road_of(table, found)
    with pytest.raises(NoMoneyColumn):
        layout.corrected(found, {0: "day"})


def test_a_layout_can_be_kept() -> None:
    kept = Layout(5, {"day": 1, "sum": 3})
    assert layout.loaded(layout.dumped(kept)) == kept


@pytest.mark.parametrize(
    ("text", "amount_vnd"),
    [
        ("1.000.000", 1_000_000),
        ("1,000,000", 1_000_000),
        ("1,000,000.00", 1_000_000),
        ("1.000.000,00", 1_000_000),
        ("1000000.00", 1_000_000),
        ("(150,000)", -150_000),
        ("- 500.000 đ", -500_000),
        ("+500000 VND", 500_000),
        ("130000 D", None),  # a debit in some files, and no đồng
        ("1.000.00", None),
        ("12,5", None),
        ("tien", None),
    ],
)
def test_sums_are_read_as_banks_print_them(text: str, amount_vnd: int | None) -> None:
    assert rows.amount(Cell(text)) == amount_vnd


def test_a_number_of_a_spreadsheet_may_be_a_day() -> None:
    table = reading.read(samples.SIGNED.encode())[0]
    serial = (Cell("46350.5", CellKind.NUMBER), Cell("x"), Cell("5000", CellKind.NUMBER))
    changed = type(table)("", (table.rows[0], serial))
    found = rows.read(changed, layout.guess([table])[1], LAST).movements
    assert found[0].at == datetime(2026, 11, 24, 12, tzinfo=rows.VIETNAM)
