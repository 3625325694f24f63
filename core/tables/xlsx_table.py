"""Excel files read row by row, with nothing in them ever worked out.

A zip says in its directory what it unpacks to, and Python reads no more than that: a bomb is refused
before a byte of it is unpacked. XML entities are refused by defusedxml, which openpyxl takes where it is
installed. Sources: ECMA-376 part 1 (cells), APPNOTE 6.3 (zip directory).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Protocol, cast

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import DomainError
from core.tables import cells
from core.tables.cells import EMPTY, Cell, CellKind, Table
from core.tables.csv_table import MOST_COLUMNS, MOST_LINES, Taken
from core.tables.errors import FileRefused, IsNoTable, IsTooPacked

_MOST_UNPACKED = 8 * 1024 * 1024
_MOST_PARTS = 200
_MIDNIGHT = time()
_MOST_SHEETS = 10
_UNIT_IN_FORMAT = re.compile(r'"\s*([^\W\d_]+)\s*"')


class _Found(Protocol):
    """A cell as openpyxl reads it; formulas have the data type `f`."""

    value: object
    data_type: str
    number_format: str


def read(raw: bytes) -> tuple[Table, ...]:
    """The visible sheets of an Excel file, at most ten.

    Raises:
        IsTooPacked: it would unpack to more than 8 MB. IsNoTable: a zip of something else.
        TooManyRows, TooManyColumns: a sheet is too large. FileRefused: it is broken.
    """
    try:
        _check_directory(raw)
        return _sheets(raw)
    except DomainError:
        raise
    except Exception as error:  # whatever a broken file makes the library stumble over
        raise FileRefused() from error


def _check_directory(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise IsTooPacked()
    if not any(part.filename.startswith("xl/") for part in parts):
        raise IsNoTable()


def _sheets(raw: bytes) -> tuple[Table, ...]:
    book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return tuple(_sheet(sheet) for sheet in shown[:_MOST_SHEETS])
    finally:
        book.close()


def _sheet(sheet: Worksheet) -> Table:
    taken = Taken()
    read = sheet.iter_rows(min_row=1, max_row=MOST_LINES + 1, min_col=1, max_col=MOST_COLUMNS + 1)
    for found in cast(Iterator[tuple[_Found, ...]], read):
        taken.add(tuple(_cell(cell) for cell in found))
    return Table(sheet.title, taken.rows())


def _cell(cell: _Found) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    if cell.data_type == "f":
        shown = value if isinstance(value, str) else str(getattr(value, "text", "="))
        return Cell(cells.typed(shown).text or "=", CellKind.FORMULA)
    if isinstance(value, datetime) and value.time() != _MIDNIGHT:
        return Cell(f"{value:%Y-%m-%d %H:%M:%S}", CellKind.DAY)
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}", CellKind.DAY)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(cell, Decimal(repr(value)))
    text = cells.typed(str(value))
    return Cell(text.text)  # a text that looks like a formula is a text here


def _number(cell: _Found, value: Decimal) -> Cell:
    """A number, with the unit that its format writes behind it (`0.0" kg"`)."""
    try:
        found = cells.number(value)
    except InvalidOperation:  # infinite, or of more digits than anything has
        return Cell(str(value))
    unit = _UNIT_IN_FORMAT.search(cell.number_format)
    return Cell(f"{found.text.replace('.', ',')} {unit[1]}") if unit else found
