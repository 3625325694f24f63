"""Tables going out, as CSV or Excel, in a form that `core.tables.reading` reads back to the same.

CSV is UTF-8 with its mark, because Excel takes one without it for the machine's code page. No text can
start a formula in either (OWASP, CSV injection): it is guarded by a `'` that is taken off again when read.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from core.off_loop import Lane
from core.quantity import BaseUnit, format_quantity
from core.tables import cells

_LANE = Lane()
_BYTE_ORDER_MARK = "\ufeff"
_MINUS = "\u2212"  # a spreadsheet takes "-3 kg" for a formula
_INK = "FF1F7A4D"
_NARROWEST, _WIDEST, _ROOM = 8, 48, 3
_SAMPLE = 200
_LARGE = {BaseUnit.G: (1000, "kg"), BaseUnit.ML: (1000, "lít"), BaseUnit.PIECE: (1, "cái")}


@dataclass(frozen=True)
class Amount:
    """So many base units of something."""

    base: int
    unit: str


Value = str | int | date | Amount | None


@dataclass(frozen=True)
class Sheet:
    """A table to be written: its title, its header, its rows."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...] = ()


def as_csv(sheet: Sheet) -> bytes:
    """The sheet as a CSV; written beside the event loop."""
    return _LANE.run(_csv, sheet)


def as_xlsx(*sheets: Sheet) -> bytes:
    """The sheets as one Excel file; quantities and days are real ones there; written beside the loop."""
    return _LANE.run(_xlsx, sheets)


def _csv(sheet: Sheet) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in (sheet.header, *sheet.rows):
        writer.writerow([_text(value) for value in row])
    return (_BYTE_ORDER_MARK + file.getvalue()).encode()


def _text(value: Value) -> str:
    if isinstance(value, str):
        return cells.guarded(value)
    if isinstance(value, Amount):
        return format_quantity(value.base, value.unit).replace("-", _MINUS)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for place, title in enumerate(sheet.header):
        shown = [title, *(_text(row[place]) for row in sheet.rows[:_SAMPLE])]
        widest = max(len(text) for text in shown) + _ROOM
        column = page.column_dimensions[chr(ord("A") + place)]
        column.width = min(max(widest, _NARROWEST), _WIDEST)
    page.freeze_panes = "A2"
    page.append([_heading(page, title) for title in sheet.header])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _heading(page: Worksheet, title: str) -> SheetCell:
    cell = _cell(page, title)
    cell.font = Font(bold=True, color="FFFFFFFF")
    cell.fill = PatternFill("solid", fgColor=_INK)
    return cell


def _cell(page: Worksheet, value: Value) -> SheetCell:
    if isinstance(value, Amount):
        return _amount(page, value)
    shown = cells.guarded(value) if isinstance(value, str) else value
    cell: SheetCell = WriteOnlyCell(page, value=shown)  # type: ignore[arg-type]  # days too
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > _WIDEST)
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    return cell


def _amount(page: Worksheet, amount: Amount) -> SheetCell:
    """A number in kilos, litres or pieces that shows its unit and still can be summed."""
    per_large, word = _LARGE[BaseUnit(amount.unit)]
    number = Decimal(amount.base) / per_large
    cell: SheetCell = WriteOnlyCell(page, value=number)  # type: ignore[arg-type]  # Decimal too
    cell.number_format = f'General" {word}"'
    return cell
