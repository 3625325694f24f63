"""What the rows of a statement say: movements, the bank's totals around them, and rows nobody can read.

Days are day/month/year or ISO; sums are whole đồng, `1.000.000` as well as `1,000,000`, in two columns,
one signed column, or one with a word beside it. Refuses formulas, parts of a đồng and guesses: such a row
is odd and told with its number.
"""

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from core.errors import DomainError
from core.tables.cells import Cell, CellKind, Row, Table
from core.text import fold
from payments.statements.layout import (
    BALANCE,
    DATED_FOOTERS,
    DAY,
    FOOTERS,
    MONEY_IN,
    MONEY_OUT,
    REFERENCE,
    SIGN,
    SUM,
    TEXT,
    Layout,
)
from payments.statements.statement_errors import (
    BadSum,
    DayAhead,
    LooksLikeTotal,
    NoDay,
    NoSum,
    SumIsFormula,
    TwoSums,
)

MOST_VND = 10**12 - 1
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/\-.]([0-9]{1,2})[/\-.]([0-9]{4}|[0-9]{2})(?![0-9])")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/\-.]([0-9]{1,2})[/\-.]([0-9]{1,2})(?![0-9])")
_TIME = re.compile(r"[T ,-]*([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9]))?(?:[.,][0-9]+)?Z?\s*")
_SERIAL = re.compile(r"([0-9]{5})(?:\.([0-9]+))?")
VIETNAM = timezone(timedelta(hours=7))
"""Banks print the time of Vietnam, and never say so."""
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=VIETNAM)  # Excel's day 0 (ECMA-376 18.17.4.1)
_DAY_SECONDS = 86_400
_CURRENCY = re.compile(r"\s*(?:vnd|vnđ|đồng|đ)\s*$", re.IGNORECASE)
_SUM = re.compile(
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,0{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.0{1,2})?"
    r"|[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,13}(?:[.,]0{1,2})?)"
)
_OUT_WORDS = ("-", "no", "ra", "chi", "debit", "dr", "d", "tien ra", "ghi no")
_IN_WORDS = ("+", "co", "vao", "thu", "credit", "cr", "c", "tien vao", "ghi co")


@dataclass(frozen=True)
class Movement:
    """A row that moved money: its number in the file, when by the bank's clock (Vietnam), đồng."""

    number: int
    at: datetime
    has_time: bool
    incoming: bool
    amount_vnd: int
    reference: str = ""
    text: str = ""
    balance_vnd: int | None = None
    key: str = ""

    @property
    def change_vnd(self) -> int:
        """What the movement adds to the balance."""
        return self.amount_vnd if self.incoming else -self.amount_vnd


@dataclass(frozen=True)
class Odd:
    """A row that is no movement though it looks like one: what stands there, and why it is not taken."""

    number: int
    shown: str
    why: DomainError


@dataclass(frozen=True)
class Statement:
    """What a file says: its movements in the order of time, its odd rows."""

    movements: tuple[Movement, ...]
    odd: tuple[Odd, ...]

    @property
    def broken_at(self) -> Movement | None:
        """The first movement whose balance does not follow from the one before, if the file tells any."""
        pairs = zip(self.movements, self.movements[1:], strict=False)
        return next((after for before, after in pairs if not _follows(before, after)), None)

    @property
    def opening_vnd(self) -> int | None:
        """The balance before the first movement, if the file tells it."""
        first = self.movements[0] if self.movements else None
        if first is None or first.balance_vnd is None:
            return None
        return first.balance_vnd - first.change_vnd

    @property
    def closing_vnd(self) -> int | None:
        """The balance after the last movement, if the file tells it."""
        return self.movements[-1].balance_vnd if self.movements else None


def read(table: Table, layout: Layout, last_day: date) -> Statement:
    """The statement that `table` is, read by `layout`; rows after `last_day` are odd."""
    movements: list[Movement] = []
    odd: list[Odd] = []
    for number, row in enumerate(table.rows[layout.header :], start=layout.header + 1):
        try:
            found = _movement(number, row, layout, last_day)
        except DomainError as error:
            odd.append(Odd(number, " · ".join(cell.text for cell in row if cell.text)[:120], error))
        else:
            movements += [found] if found else []
    return Statement(tuple(_keyed(_in_time(movements))), tuple(odd))


def _movement(number: int, row: Row, layout: Layout, last_day: date) -> Movement | None:
    """The movement of a row; None if the row is none and looks like none."""
    found = _moment(day_cell := layout.cell(row, DAY))
    if _first_words(row).startswith(DATED_FOOTERS if found else FOOTERS):
        _pass_over(row, layout, is_dated=found is not None)
        return None
    signed_vnd = _signed(row, layout, is_dated=found is not None)
    if signed_vnd is None:
        return None
    if found is None:
        raise NoDay(shown=day_cell.text[:40])
    at, has_time, rest = found
    if at.date() > last_day:
        raise DayAhead(shown=f"{at:%d/%m/%Y}")
    return Movement(
        number,
        at,
        has_time,
        incoming=signed_vnd > 0,
        amount_vnd=abs(signed_vnd),
        reference=layout.cell(row, REFERENCE).text[:80] or rest[:80],
        text=layout.cell(row, TEXT).text[:500],
        balance_vnd=_balance(layout.cell(row, BALANCE)),
    )


def _first_words(row: Row) -> str:
    """Where a bank says that a row is its own total or balance; a payer's note may stand there too."""
    return next((fold(cell.text) for cell in row if cell.text and not _is_number(cell)), "")


def _pass_over(row: Row, layout: Layout, *, is_dated: bool) -> None:
    """Do nothing for a total; one with a day and money may be a transfer and is shown to a person."""
    if is_dated and any(amount(layout.cell(row, sum_)) for sum_ in (SUM, MONEY_IN, MONEY_OUT)):
        raise LooksLikeTotal()


def _is_number(cell: Cell) -> bool:
    return bool(_SUM.fullmatch(cell.text)) or _moment(cell) is not None


def _signed(row: Row, layout: Layout, *, is_dated: bool) -> int | None:
    """Đồng in (above zero) or out; None for a row without money and without a day."""
    if SUM in layout.places:
        total = _read_sum(layout.cell(row, SUM), is_dated)
        signed = _by_sign(total, fold(layout.cell(row, SIGN).text)) if total else total
    else:
        came = _read_sum(layout.cell(row, MONEY_IN), is_dated)
        went = _read_sum(layout.cell(row, MONEY_OUT), is_dated)
        if came and went:
            raise TwoSums()
        if came and came < 0:  # money that came cannot be less than nothing: a person looks
            raise BadSum(shown=layout.cell(row, MONEY_IN).text[:40])
        signed = came or (-abs(went) if went else None)
    if not signed and is_dated:
        raise NoSum()
    return signed or None


def _by_sign(total: int, word: str) -> int:
    if word.startswith(_OUT_WORDS):
        return -abs(total)
    return abs(total) if word.startswith(_IN_WORDS) else total


def _read_sum(cell: Cell, is_dated: bool) -> int | None:
    """The đồng of a cell; None if it is empty, or no number in a row that has no day either."""
    if cell.empty or cell.text in ("-", "–"):
        return None
    found = amount(cell)
    if found is None and is_dated:
        raise SumIsFormula() if _is_formula(cell) else BadSum(shown=cell.text[:40])
    return found


def amount(cell: Cell) -> int | None:
    """Whole đồng as banks print them, below zero with a minus or in brackets; None if it is none."""
    text = _CURRENCY.sub("", cell.text.replace("\u00a0", " ").strip())
    minus = text.startswith(("-", "–", "(")) or text.endswith("-")
    plain = text.strip("+-–() ")
    if not _SUM.fullmatch(plain):
        return None
    grouped = re.sub(r"[.,]0{1,2}$", "", plain)
    number = int(re.sub(r"[., ]", "", grouped))
    if number > MOST_VND:
        return None
    return -number if minus else number


def _is_formula(cell: Cell) -> bool:
    return cell.kind is CellKind.FORMULA


def _balance(cell: Cell) -> int | None:
    return None if cell.empty else amount(cell)


def _moment(cell: Cell) -> tuple[datetime, bool, str] | None:
    """When a cell says, whether it says the time, and what stands behind; None if it says no day."""
    try:
        if found := _DAY_FIRST.match(cell.text):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return _with_time(
                datetime(year, int(found[2]), int(found[1]), tzinfo=VIETNAM),
                cell.text[found.end() :],
            )
        if found := _YEAR_FIRST.match(cell.text):
            day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=VIETNAM)
            return _with_time(day, cell.text[found.end() :])
        if cell.kind is CellKind.NUMBER and (found := _SERIAL.fullmatch(cell.text)):
            return _serial(int(found[1]), found[2] or "")
    except ValueError:
        return None
    return None


def _with_time(day: datetime, behind: str) -> tuple[datetime, bool, str] | None:
    if not 2000 <= day.year < 2100:
        return None
    found = _TIME.match(behind)
    if found is None:
        return day, False, behind.strip()
    at = day.replace(hour=int(found[1]), minute=int(found[2]), second=int(found[3] or 0))
    return at, True, behind[found.end() :].strip()


def _serial(days: int, part: str) -> tuple[datetime, bool, str]:
    """Excel's count of days, with the part of a day as a fraction."""
    seconds = int(part or 0) * _DAY_SECONDS // 10 ** len(part)
    return _FIRST_DAY + timedelta(days=days, seconds=seconds), bool(part), ""


def _in_time(movements: list[Movement]) -> list[Movement]:
    """The movements oldest first, as the file's own order and its balances have them."""
    backwards = movements[::-1]
    if not movements or _breaks(movements) == _breaks(backwards):
        is_down = bool(movements) and movements[0].at > movements[-1].at
        chosen = backwards if is_down else movements
    else:
        chosen = min((movements, backwards), key=_breaks)
    return sorted(chosen, key=lambda one: one.at.date())


def _breaks(movements: list[Movement]) -> int:
    pairs = itertools.pairwise(movements)
    return sum(not _follows(before, after) for before, after in pairs)


def _follows(before: Movement, after: Movement) -> bool:
    if before.balance_vnd is None or after.balance_vnd is None:
        return True
    return before.balance_vnd + after.change_vnd == after.balance_vnd


def _keyed(movements: list[Movement]) -> Iterator[Movement]:
    """Each with the key by which the same row of another file is known; equal rows are counted."""
    seen: Counter[str] = Counter()
    for one in movements:
        says = (
            one.at,
            one.incoming,
            one.amount_vnd,
            one.reference,
            fold(one.text),
            one.balance_vnd,
        )
        digest = hashlib.sha256(repr(says).encode()).hexdigest()[:14].upper()
        seen[digest] += 1
        again = f".{seen[digest]}" if seen[digest] > 1 else ""
        yield replace(one, key=f"SK{digest}{again}")
