"""Where a bank's table has what: its header found, its columns guessed, a person's correction kept.

Banks print their own lines above the table, name columns in two languages and change them without notice;
so a layout is guessed by words, shown beside the first rows, corrected by whoever looks, and remembered.
Refuses to guess what no header says. Sources: headers of exports found in public code, not the banks' own
files (docs/adr/0038-statements.md).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.tables.cells import EMPTY, Cell, Row, Table
from core.text import fold
from payments.statements.statement_errors import NoDayColumn, NoMoneyColumn, NoStatementTable

DAY, REFERENCE, TEXT, BALANCE = "day", "reference", "text", "balance"
MONEY_IN, MONEY_OUT, SUM, SIGN = "money_in", "money_out", "sum", "sign"
COLUMNS = (DAY, REFERENCE, TEXT, MONEY_IN, MONEY_OUT, SUM, SIGN, BALANCE)
"""What a statement's column may be; `sum` is one column for both ways, signed or told by `sign`."""
_MONEY = frozenset({MONEY_IN, MONEY_OUT, SUM})
_BALANCES = ("so du", "total", "opening", "closing", "so but toan", "doanh so")
FOOTERS = ("tong", "cong ", *_BALANCES)
"""How a row begins that is the bank's own total or balance."""
DATED_FOOTERS = ("tong cong", "tong so", "tong phat sinh", "cong phat sinh", *_BALANCES)
"""The same in a row with a day, where `CONG TY …` and `Tong tien …` are what a payer wrote."""
HEADER_WITHIN = 40
MOST_COLUMNS = 40
_LEAST_KNOWN = 3
_NO_LETTER = re.compile(r"[^a-z0-9+]+")

_WORDS: Mapping[str, tuple[str, ...]] = {
    DAY: (
        "ngay giao dich",
        "thoi gian giao dich",
        "ngay gio giao dich",
        "transaction date",
        "tnx date",
        "ngay gd",
        "ngay hach toan",
        "ngay hieu luc",
        "thoi gian",
        "date",
        "ngay",
    ),
    REFERENCE: (
        "so but toan",
        "so tham chieu",
        "ma giao dich",
        "ma tham chieu",
        "so giao dich",
        "transaction no",
        "reference",
        "so chung tu",
        "doc no",
        "so ct",
        "ma gd",
        "so gd",
        "ref",
    ),
    TEXT: (
        "noi dung chi tiet",
        "noi dung giao dich",
        "mo ta giao dich",
        "dien giai",
        "noi dung",
        "mo ta",
        "description",
        "details",
        "remark",
    ),
    MONEY_OUT: (
        "so tien ghi no",
        "phat sinh no",
        "so tien rut",
        "ghi no",
        "ps no",
        "tien ra",
        "debit",
        "withdrawal",
        "no",
    ),
    MONEY_IN: (
        "so tien ghi co",
        "phat sinh co",
        "so tien gui",
        "ghi co",
        "ps co",
        "tien vao",
        "credit",
        "deposit",
        "co",
    ),
    SUM: ("so tien giao dich", "so tien", "gia tri giao dich", "phat sinh", "amount"),
    SIGN: ("loai giao dich", "loai gd", "dau", "thu chi", "no co", "dr cr", "+"),
    BALANCE: ("so du sau giao dich", "so du cuoi", "so du", "running balance", "balance"),
}


@dataclass(frozen=True)
class Layout:
    """How a table is read: the row of its header (from 1), and the column (from 0) of what it has."""

    header: int
    places: Mapping[str, int] = field(default_factory=dict)

    def check(self) -> None:
        """Raise NoDayColumn or NoMoneyColumn if movements cannot be read with it."""
        if DAY not in self.places:
            raise NoDayColumn()
        if not _MONEY & set(self.places):
            raise NoMoneyColumn()

    def cell(self, row: Row, what: str) -> Cell:
        """What stands in a row's column; empty where there is none."""
        place = self.places.get(what)
        return row[place] if place is not None and place < len(row) else EMPTY


def guess(tables: Sequence[Table]) -> tuple[Table, Layout]:
    """The sheet and the row that name the most columns, and which those are.

    Raises:
        NoStatementTable: no row names a day and a sum, or three others.
    """
    found = [
        (len(places), -place, table, Layout(place + 1, places))
        for table in tables
        for place, row in enumerate(table.rows[:HEADER_WITHIN])
        if _is_header(places := _known(row))
    ]
    if not found:
        raise NoStatementTable()
    _known_columns, _place, table, layout = max(found, key=lambda one: one[:2])
    return table, layout


def titles(table: Table, layout: Layout) -> tuple[str, ...]:
    """The header's words, one for each column the table has."""
    rows = table.rows[layout.header - 1 :]
    width = max((len(row) for row in rows), default=0)
    header = table.rows[layout.header - 1]
    return tuple(header[place].text if place < len(header) else "" for place in range(width))


def fingerprint(table: Table, layout: Layout) -> str:
    """By what the same bank's next statement is known: its header's words."""
    words = "|".join(_plain(title) for title in titles(table, layout)).rstrip("|")
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def road_of(table: Table, layout: Layout) -> str:
    """The name of the road such statements are, if read so: another reading is another road."""
    read = json.dumps(sorted(layout.places.items()))
    return hashlib.sha256(f"{fingerprint(table, layout)}{read}".encode()).hexdigest()[:16]


def corrected(layout: Layout, chosen: Mapping[int, str]) -> Layout:
    """The layout with the columns a person chose (what each column is; columns left out mean nothing).

    Raises:
        NoDayColumn, NoMoneyColumn: movements cannot be read so.
    """
    places: dict[str, int] = {}
    for place, what in sorted(chosen.items()):
        places.setdefault(what, place)
    found = replace(layout, places=places)
    found.check()
    return found


def dumped(layout: Layout) -> str:
    """A layout as JSON, to be kept."""
    return json.dumps([layout.header, dict(layout.places)])


def loaded(text: str) -> Layout:
    """The layout of what `dumped` wrote."""
    header, places = json.loads(text)
    return Layout(header, places)


def _is_header(places: Mapping[str, int]) -> bool:
    has_money = bool(_MONEY & set(places))
    return len(places) >= _LEAST_KNOWN or (DAY in places and has_money)


def _known(row: Row) -> dict[str, int]:
    """Which cells of a row name a column: the longest word wins the cell, the earliest word the column."""
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(row[:MOST_COLUMNS]):
        what, rank = _meaning(_plain(cell.text))
        if what and (what not in best or rank < best[what][0]):
            best[what] = (rank, place)
    places = {what: place for what, (_, place) in best.items()}
    if {MONEY_IN, MONEY_OUT} <= set(places):
        places.pop(SUM, None)
        places.pop(SIGN, None)
    return places


def _meaning(title: str) -> tuple[str, int]:
    """What a header's words mean, and how early its word stands in our list; empty for nothing."""
    padded = f" {title} "
    hits = [
        (len(word), what, rank)
        for what, words in _WORDS.items()
        for rank, word in enumerate(words)
        if f" {word} " in padded
    ]
    _, what, rank = max(hits, default=(0, "", 0), key=lambda one: one[0])
    return what, rank


def _plain(text: str) -> str:
    return " ".join(_NO_LETTER.sub(" ", fold(text)).split())
