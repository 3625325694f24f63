"""Cells of a table: what somebody typed, kept apart from what their spreadsheet made of it.

Formulas are text here and are never worked out. What goes out can be opened in any spreadsheet without
starting one: a text that begins like a formula gets a `'` before it, and loses it again on its way in.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.text import clean_line

LONGEST = 2000
"""Letters of a cell that are read; what is longer is cut and then refused where it matters."""
_STARTS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_SIGNED = re.compile(r"[-+][0-9][0-9.,]* ?[^\W\d_]{0,10}")  # -3 kg: wrong mostly, but no formula


class CellKind(StrEnum):
    """What a cell was in its file."""

    TEXT = "t"
    NUMBER = "n"
    DAY = "d"
    FORMULA = "f"


@dataclass(frozen=True)
class Cell:
    """One cell. `text` of a number is plain (`1250000`, `2.5`), of a day `2026-11-20`,
    with ` 14:03:22` behind it where the file says the time.
    """

    text: str = ""
    kind: CellKind = CellKind.TEXT

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text


EMPTY = Cell()
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A sheet: its name, and its rows as the spreadsheet numbers them (`rows[0]` is row 1)."""

    name: str
    rows: tuple[Row, ...]


def typed(text: str) -> Cell:
    """The cell of a text as it stood in a file: cleaned, a formula told apart, its guard `'` taken off."""
    cleaned = clean_line(text, LONGEST)
    if _ESCAPED.match(cleaned):
        return Cell(cleaned[1:])
    if _STARTS_FORMULA.match(cleaned) and not _SIGNED.fullmatch(cleaned):
        return Cell(cleaned, CellKind.FORMULA)
    return Cell(cleaned)


def number(value: Decimal) -> Cell:
    """A number a spreadsheet held; what floating point added behind the sixth place is dropped."""
    shown = f"{round(value, 6):f}"
    return Cell(shown.rstrip("0").rstrip(".") if "." in shown else shown, CellKind.NUMBER)


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula; `typed` reads the same text back."""
    starts = _STARTS_FORMULA.match(text)
    return f"'{text}" if starts and not _PLAIN_NUMBER.fullmatch(text) else text


def dumped(table: Table) -> str:
    """A table as JSON, to be kept."""
    rows = [[f"{cell.kind}{cell.text}" if cell.text else "" for cell in row] for row in table.rows]
    return json.dumps([table.name, rows], ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> Table:
    """The table of what `dumped` wrote."""
    name, rows = json.loads(text)
    return Table(name, tuple(tuple(_cell(kept) for kept in row) for row in rows))


def _cell(kept: str) -> Cell:
    return Cell(kept[1:], CellKind(kept[0])) if kept else EMPTY
