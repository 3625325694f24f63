"""The month's journal as tables: every line of it as it stands, and as accounting programs take it in.

The second has the columns of MISA's sheet of general entries (chứng từ nghiệp vụ khác); Fast and others
map theirs by the headers: one row for each pair of debit and credit. In Vietnamese: these are papers.
"""

from collections.abc import Iterable

from core import clock
from core.tables.sheets import Sheet, Value
from payments.ledger.entries import in_pairs
from payments.ledger.journal import Shown, as_lines
from payments.ledger.months import Month

_LINES = (
    "Số bút toán",
    "Ngày ghi sổ",
    "Ngày phát sinh",
    "Diễn giải",
    "Tài khoản",
    "Tên tài khoản",
    "Đối tượng",
    "Nợ",
    "Có",
    "Khóa",
    "Dấu niêm phong",
)
_IMPORT = (
    "Ngày hạch toán (*)",
    "Ngày chứng từ (*)",
    "Số chứng từ (*)",
    "Diễn giải",
    "Diễn giải (hạch toán)",
    "TK Nợ (*)",
    "TK Có (*)",
    "Số tiền",
    "Đối tượng Nợ",
    "Đối tượng Có",
)


def document_number(number: int) -> str:
    """An entry's number as papers show it: `BT000012`."""
    return f"BT{number:06d}"


def every_line(month: Month, entries: Iterable[Shown]) -> Sheet:
    """Each line of each entry, with the entry's hash: enough to check the chain elsewhere."""
    return Sheet(f"So cai {month}", _LINES, tuple(row for one in entries for row in _lines(one)))


def for_import(month: Month, entries: Iterable[Shown]) -> Sheet:
    """Each pair of debit and credit, as accounting programs import general entries."""
    rows = tuple(row for one in entries for row in _pairs(one))
    return Sheet(f"Chung tu {month}", _IMPORT, rows)


def _lines(entry: Shown) -> Iterable[tuple[Value, ...]]:
    for line in entry.lines:
        yield (
            document_number(entry.number),
            clock.day_of(entry.at_ms),
            clock.day_of(entry.happened_ms),
            entry.what,
            line.named.number,
            " · ".join(filter(None, (line.named.words, line.named.more))),
            line.about,
            max(line.amount_vnd, 0),
            max(-line.amount_vnd, 0),
            entry.key,
            entry.hash.hex(),
        )


def _pairs(entry: Shown) -> Iterable[tuple[Value, ...]]:
    for pair in in_pairs(as_lines(entry)):
        yield (
            clock.day_of(entry.at_ms),
            clock.day_of(entry.happened_ms),
            document_number(entry.number),
            entry.what,
            entry.what,
            pair.debit.account,
            pair.credit.account,
            pair.amount_vnd,
            pair.debit.subject,
            pair.credit.subject,
        )
