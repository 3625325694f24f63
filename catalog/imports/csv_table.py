"""CSV as spreadsheets write it: with `,` `;` or tab, whichever each chose, and with or without quotes."""

import csv
import io
from collections.abc import Sequence

from catalog.imports import cells, letters
from catalog.imports.cells import Row, Table
from catalog.imports.errors import BrokenQuotes, TooManyColumns, TooManyRows

MOST_ROWS = 2_000
"""Rows of goods in a file."""
_ABOVE_GOODS = 12
"""Rows of title and header that may stand above them."""
MOST_COLUMNS = 40
MOST_LINES = 20_000
"""Rows of a file, empty ones too."""
_DELIMITERS = ",;\t"
_SAMPLE = 20
_BYTE_ORDER_MARK = "\ufeff"


def read(raw: bytes) -> Table:
    """The table of a CSV file.

    Raises:
        UnknownLetters, BrokenQuotes, TooManyRows, TooManyColumns.
    """
    return read_text(letters.decoded(raw))


def read_text(text: str) -> Table:
    """The table of a CSV's text, or of cells pasted from a spreadsheet (those have tabs).

    Raises:
        BrokenQuotes, TooManyRows, TooManyColumns.
    """
    text = text.removeprefix(_BYTE_ORDER_MARK)
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip().strip('"')) <= 5:
        body, delimiter = rest, (first.strip().strip('"')[4:] or "\t")
        return Table("", ((), *_rows(body, delimiter)))
    return Table("", _rows(text, _delimiter(text)))


def _rows(text: str, delimiter: str) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for fields in reader:
            rows.append(tuple(cells.typed(field) for field in fields))
            begins = reader.line_num + 1
            check_size(rows)
    except csv.Error as error:
        raise BrokenQuotes(row=begins) from error
    return trimmed(rows)


def check_size(rows: Sequence[Row]) -> None:
    """Refuse a table as soon as it is too long or its last row too wide.

    Raises:
        TooManyRows, TooManyColumns.
    """
    if len(rows) > MOST_LINES:
        raise TooManyRows(most=MOST_ROWS)
    if len(rows[-1]) > MOST_COLUMNS and any(not cell.empty for cell in rows[-1][MOST_COLUMNS:]):
        raise TooManyColumns(most=MOST_COLUMNS)


def trimmed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows without the empty ones at the end and the empty cells at their ends.

    Raises:
        TooManyRows: more of them say something than there may be goods.
    """
    kept = [_trimmed_row(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    if sum(1 for row in kept if row) > MOST_ROWS + _ABOVE_GOODS:
        raise TooManyRows(most=MOST_ROWS)
    return tuple(kept)


def _trimmed_row(row: Row) -> Row:
    used = [place for place, cell in enumerate(row) if not cell.empty]
    return row[: used[-1] + 1] if used else ()


def _delimiter(text: str) -> str:
    """The one that splits the first lines into the most cells, and into equally many."""
    lines = text.splitlines()[:_SAMPLE]

    def even(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines if line.strip()]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=lambda delimiter: (even(delimiter)[1] > 0, even(delimiter)))
