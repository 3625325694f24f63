"""Which column is which, told by its header: in any order, with or without marks, Vietnamese or English.

Refuses to guess by what stands below: a column without a header of ours is named and left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from catalog.imports.errors import DoubledColumn, MissingColumns, NoHeader, NoRows
from core.errors import N_
from core.tables.cells import EMPTY, Cell, Row, Table
from core.text import fold

_HEADER_WITHIN = 12
_LEAST_KNOWN = 2
_HINT = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_NO_LETTER = re.compile(r"[\W_]+")


class Kind(StrEnum):
    """What a file is about."""

    LISTINGS = "listings"
    LOTS = "lots"
    STOCK = "stock"


@dataclass(frozen=True)
class Column:
    """A column of ours: its name, its title on screen and in files, the folded words others use for it.

    `needed` must be there; a `shown` one is written by exports for people to read, and never read.
    """

    name: str
    title: str
    words: tuple[str, ...] = ()
    needed: bool = False
    shown: bool = False


_PRODUCT_WORDS = (
    "ten san pham",
    "ten hang",
    "ten mon",
    "mat hang",
    "mon ban",
    "mon",
    "hang hoa",
    "ten",
    "product",
    "product name",
    "item",
    "name",
)
_PRODUCT = Column("product", N_("Sản phẩm"), _PRODUCT_WORDS, needed=True)
_PACK_WORDS = ("khoi luong", "trong luong", "dung tich", "dong goi", "co goi")
_GROWER_WORDS = ("ten xa vien", "ho", "ho trong", "nguoi trong", "nguoi ban", "nong dan")
_HARVEST_WORDS = ("thu hoach", "ngay thu", "ngay hai", "ngay thu hai", "ngay")
_COUNT_WORDS = ("so dem", "kiem dem", "thuc te", "ton thuc te", "so luong dem", "so luong")
_CODE_WORDS = ("lo", "lo hang", "so lo", "lot", "lot code", "lot no", "batch")
_CODE = Column("code", N_("Mã lô"), _CODE_WORDS)
_POINT = Column(
    "point", N_("Điểm kho"), ("kho", "diem", "vi tri", "point", "stock point", "location")
)

COLUMNS: Mapping[Kind, tuple[Column, ...]] = MappingProxyType(
    {
        Kind.LISTINGS: (
            _PRODUCT,
            Column(
                "kind", N_("Loại"), ("loai hang", "nhom", "nhom hang", "kind", "category", "type")
            ),
            Column(
                "unit_word",
                N_("Đơn vị"),
                ("don vi ban", "don vi tinh", "dvt", "dv", "unit", "unit word"),
            ),
            Column(
                "pack",
                N_("Quy cách"),
                (*_PACK_WORDS, "pack", "pack size", "size", "weight"),
            ),
            Column(
                "price",
                N_("Giá"),
                ("gia ban", "don gia", "gia tien", "gia moi", "price", "price vnd", "unit price"),
                needed=True,
            ),
            Column(
                "quantity",
                N_("Tồn kho"),
                (
                    "so luong",
                    "sl",
                    "ton",
                    "ton dau",
                    "so luong ban dau",
                    "quantity",
                    "qty",
                    "stock",
                ),
            ),
            Column("story", N_("Giới thiệu"), ("mo ta", "cau chuyen", "story", "description")),
            Column("state", N_("Trạng thái"), ("state", "status"), shown=True),
        ),
        Kind.LOTS: (
            _CODE,
            _PRODUCT,
            Column(
                "member",
                N_("Xã viên"),
                (*_GROWER_WORDS, "member", "grower", "farmer"),
            ),
            Column("plot", N_("Thửa"), ("thua dat", "ten thua", "nuong", "vuon", "plot", "field")),
            Column(
                "harvested_on",
                N_("Ngày thu hoạch"),
                (*_HARVEST_WORDS, "harvest date", "harvested on", "harvested", "date"),
                needed=True,
            ),
            Column(
                "quantity",
                N_("Số lượng"),
                ("sl", "khoi luong", "so can", "can nang", "quantity", "qty", "weight"),
                needed=True,
            ),
            Column("grade", N_("Hạng"), ("pham cap", "loai", "phan loai", "grade", "quality")),
            Column(
                "best_before",
                N_("Hạn dùng"),
                ("han su dung", "hsd", "han", "best before", "expiry", "use by"),
            ),
            Column(
                "sprayed_on",
                N_("Ngày phun thuốc"),
                ("ngay phun", "phun thuoc", "phun", "spray date", "sprayed on", "sprayed"),
            ),
            Column(
                "interval_days",
                N_("Số ngày cách ly"),
                (
                    "cach ly",
                    "ngay cach ly",
                    "thoi gian cach ly",
                    "phi",
                    "interval",
                    "interval days",
                ),
            ),
            _POINT,
            Column("notes", N_("Ghi chú"), ("ghi chu", "notes", "note")),
            Column("state", N_("Trạng thái"), ("state", "status"), shown=True),
        ),
        Kind.STOCK: (
            _PRODUCT,
            _CODE,
            _POINT,
            Column(
                "book", N_("Sổ sách"), ("so", "ton so sach", "ton kho", "book", "book quantity")
            ),
            Column(
                "counted",
                N_("Đếm được"),
                (*_COUNT_WORDS, "counted", "count", "quantity"),
                needed=True,
            ),
            Column("counted_on", N_("Ngày đếm"), ("ngay kiem ke", "ngay", "counted on", "date")),
            Column("reason", N_("Lý do"), ("ghi chu", "reason", "note")),
        ),
    }
)
"""The columns of each kind of file, in the order they are written."""


@dataclass(frozen=True)
class Header:
    """Where a table's columns are: `places` by name, `hints` of units in brackets, what was left out."""

    kind: Kind
    table: Table
    row: int
    places: Mapping[str, int]
    hints: Mapping[str, str]
    ignored: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, Mapping[str, Cell]]]:
        """Each row below the header that says something: its number in the file, its cells by column."""
        for number, row in enumerate(self.table.rows[self.row :], start=self.row + 1):
            found = {
                name: row[place] if place < len(row) else EMPTY
                for name, place in self.places.items()
            }
            if any(not cell.empty for cell in found.values()):
                yield number, found


def title_of(kind: Kind, name: str) -> str:
    """The title of a column of ours (a gettext msgid)."""
    return next(column.title for column in COLUMNS[kind] if column.name == name)


def find_header(kind: Kind, tables: Sequence[Table]) -> Header:
    """The sheet and the row that name the columns of `kind`, among the first dozen rows of each sheet.

    Raises:
        NoHeader: no row does. MissingColumns: a needed one is not named. DoubledColumn: one is twice.
        NoRows: nothing stands below.
    """
    candidates = [
        (len(_known(kind, row)), table, place)
        for table in tables
        for place, row in enumerate(table.rows[:_HEADER_WITHIN])
    ]
    known, table, place = max(candidates, key=lambda one: one[0], default=(0, Table("", ()), 0))
    if known < _LEAST_KNOWN:
        raise NoHeader(needed=_titles(column for column in COLUMNS[kind] if column.needed))
    header = _header(kind, table, place)
    if next(header.rows(), None) is None:
        raise NoRows()
    return header


def _header(kind: Kind, table: Table, place: int) -> Header:
    row = table.rows[place]
    found = _known(kind, row)
    _refuse_doubled(kind, row, found)
    missing = [one for one in COLUMNS[kind] if one.needed and one.name not in found.values()]
    if missing:
        there = [one for one in COLUMNS[kind] if one.name in found.values()]
        raise MissingColumns(missing=_titles(missing), found=_titles(there))
    shown = {column.name for column in COLUMNS[kind] if column.shown}
    return Header(
        kind=kind,
        table=table,
        row=place + 1,
        places={name: at for at, name in found.items() if name not in shown},
        hints={name: _hint(row[at].text) for at, name in found.items() if _hint(row[at].text)},
        ignored=tuple(
            cell.text for at, cell in enumerate(row) if at not in found and not cell.empty
        ),
    )


def _known(kind: Kind, row: Row) -> dict[int, str]:
    """Which cells of a row are headers of ours: the column's name by place."""
    words = {word: column.name for column in COLUMNS[kind] for word in _words(column)}
    plain = {place: _plain(cell.text) for place, cell in enumerate(row)}
    return {place: words[text] for place, text in plain.items() if text in words}


def _words(column: Column) -> tuple[str, ...]:
    return (_plain(column.title), column.name.replace("_", " "), *column.words)


def _plain(text: str) -> str:
    """A header without its brackets, marks, stars and signs."""
    return " ".join(_NO_LETTER.sub(" ", fold(_HINT.sub(" ", text))).split())


def _hint(text: str) -> str:
    """What stands in the brackets of a header: `Số lượng (kg)` → `kg`."""
    found = _HINT.search(text)
    return (found[1] or found[2] or "").strip() if found else ""


def _refuse_doubled(kind: Kind, row: Row, found: Mapping[int, str]) -> None:
    seen: dict[str, int] = {}
    for place, name in found.items():
        if name in seen:
            raise DoubledColumn(one=row[seen[name]].text, other=row[place].text)
        seen[name] = place


def _titles(columns: Sequence[Column] | Iterator[Column]) -> str:
    return ", ".join(column.title for column in columns)
