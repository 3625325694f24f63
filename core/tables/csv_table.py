"""CSV as spreadsheets write it: with `,` `;` or tab, whichever each chose, and with or without quotes."""

import csv
import io

from core.tables import cells, letters
from core.tables.cells import Row, Table
from core.tables.errors import BrokenQuotes, IsTooPacked, TooManyColumns, TooManyRows

MOST_ROWS = 2_000
"""Rows of a file that say something."""
_ABOVE_ROWS = 12
"""Rows of title and header that may stand above them."""
MOST_COLUMNS = 40
MOST_LINES = 20_000
"""Rows of a file, empty ones too."""
_MOST_LETTERS = 1_500_000
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


class Taken:
    """The rows of a sheet as they are read; too many, too wide or too wordy ones are refused at once."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._letters = 0

    def add(self, row: Row) -> None:
        """Take the next row.

        Raises:
            TooManyRows, TooManyColumns. IsTooPacked: more letters than any table of ours has.
        """
        if any(not cell.empty for cell in row[MOST_COLUMNS:]):
            raise TooManyColumns(most=MOST_COLUMNS)
        self._letters += sum(len(cell.text) for cell in row)
        if self._letters > _MOST_LETTERS:
            raise IsTooPacked()
        self._rows.append(_trimmed(row))
        if len(self._rows) > MOST_LINES:
            raise TooManyRows(most=MOST_ROWS)

    def rows(self) -> tuple[Row, ...]:
        """The rows without the empty ones at the end and the empty cells at their ends.

        Raises:
            TooManyRows: more of them say something than one file may have.
        """
        while self._rows and not self._rows[-1]:
            self._rows.pop()
        if sum(1 for row in self._rows if row) > MOST_ROWS + _ABOVE_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        return tuple(self._rows)


def _rows(text: str, delimiter: str) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    taken, begins = Taken(), 1
    try:
        for fields in reader:
            taken.add(tuple(cells.typed(field) for field in fields))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BrokenQuotes(row=begins) from error
    return taken.rows()


def _trimmed(row: Row) -> Row:
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
