"""What a cell says: a day, a quantity, a price, a name.

Refuses formulas where a number is asked, and guesses.

Days are day/month/year, as everybody here writes them, or ISO; a bare number is Excel's count of days.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from catalog import units
from catalog.imports.cell_errors import BadCount, BadDay, Empty, IsFormula, NeedsUnit, TooLong
from core.money import MAX_VND, check_vnd, parse_vnd
from core.quantity import BaseUnit
from core.tables.cells import Cell, CellKind
from core.text import fold

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/\-. ]([0-9]{1,2})[/\-. ]([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/\-.]([0-9]{1,2})[/\-.]([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")
_SERIAL = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
_FIRST_DAY = date(1899, 12, 30)  # Excel's day 0; its 1900 has a 29 February (ECMA-376 18.17.4.1)
BARE = re.compile(r"[0-9][0-9.,]*")
_ZERO = re.compile(r"0+(?:[.,]0+)?")
_THOUSANDS = frozenset(
    {"k", "nghin", "ngan", "nghin dong", "ngan dong", "1000d", "1 000d", "1.000d"}
)


def text(cell: Cell, most: int, *, needed: bool = False) -> str:
    """The words of a cell, at most `most` letters.

    Raises:
        TooLong. Empty: nothing, where something is `needed`.
    """
    if needed and cell.empty:
        raise Empty()
    if len(cell.text) > most:
        raise TooLong(most=most)
    return cell.text


def day(cell: Cell) -> date | None:
    """The day of a cell, None if it is empty; of 2000 to 2099.

    Raises:
        BadDay: `30/02/2026`, `11/20/2026`, words. IsFormula.
    """
    if cell.empty:
        return None
    written = _plain(cell)
    found = _read_day(written)
    if found is None or not 2000 <= found.year < 2100:
        raise BadDay()
    return found


def price_vnd(cell: Cell, hint: str = "") -> int:
    """The đồng of a cell; `hint` is what the header says in brackets: `(nghìn đồng)` makes 65 into 65.000.

    Raises:
        BadAmount: nothing of the kind `65.000`, `65k`, `1tr2`, or not from 1 đ up. Empty, IsFormula.
    """
    written = _plain(cell)
    if not written:
        raise Empty()
    if fold(hint) in _THOUSANDS and BARE.fullmatch(written):
        written = f"{written}k"
    return check_vnd(parse_vnd(written), least=1, most=MAX_VND)


def quantity(
    cell: Cell, unit: BaseUnit | str, factors: Mapping[str, int], hint: str = ""
) -> int | None:
    """The base units of a cell, None if it is empty; `hint` is the unit the header says in brackets.

    Raises:
        NeedsUnit: a bare number of what is weighed. BadQuantity and its kinds: zero, a part, too much.
        IsFormula.
    """
    if cell.empty:
        return None
    written = _plain(cell)
    if cell.kind is CellKind.NUMBER:
        written = written.replace(".", ",")
    if BARE.fullmatch(written):
        if not hint and BaseUnit(unit) is not BaseUnit.PIECE:
            raise NeedsUnit()
        written = f"{written} {hint}"
    return units.parse_quantity(written.strip(), unit, factors)


def counted(
    cell: Cell, unit: BaseUnit | str, factors: Mapping[str, int], hint: str = ""
) -> int | None:
    """As `quantity`, and none at all may have been counted: `0`, `0 kg`.

    Raises: as `quantity`.
    """
    number = cell.text.split(" ")[0]
    if _ZERO.fullmatch(number) and len(cell.text) < len(number) + 12:
        return 0
    return quantity(cell, unit, factors, hint)


def whole(cell: Cell, low: int, high: int) -> int | None:
    """A whole number from `low` to `high`, None if the cell is empty; `14 ngày` is 14.

    Raises:
        BadCount: anything else. IsFormula.
    """
    if cell.empty:
        return None
    written = _plain(cell).split(" ")[0]
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise BadCount(low=low, high=high)
    if not low <= int(written) <= high:
        raise BadCount(low=low, high=high)
    return int(written)


def _plain(cell: Cell) -> str:
    if cell.kind is CellKind.FORMULA:
        raise IsFormula()
    return cell.text


def _read_day(written: str) -> date | None:
    try:
        if found := _DAY_FIRST.fullmatch(written):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return date(year, int(found[2]), int(found[1]))
        if found := _YEAR_FIRST.fullmatch(written):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _SERIAL.fullmatch(written):
            return _FIRST_DAY + timedelta(days=int(found[1]))
    except ValueError:
        return None
    return None
