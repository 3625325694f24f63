"""A whole file as what its rows would do, from the books as they are in this transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog.imports import columns, count_rows, lot_rows
from catalog.imports.book import Book
from catalog.imports.columns import Header, Kind
from catalog.imports.count_rows import CountRows
from catalog.imports.lot_rows import LotRows
from catalog.imports.pack_rows import PackRows
from catalog.imports.rows import CountStep, Does, LotStep, PlannedRow, RowReader
from core import clock
from core.tables.cells import Table

_Planner = Callable[[RowReader], PlannedRow]


@dataclass(frozen=True)
class Plan:
    """What the rows of a file would do, in their order; `ignored` are headers that mean nothing here."""

    kind: Kind
    rows: tuple[PlannedRow, ...]
    ignored: tuple[str, ...]

    def of(self, *does: Does) -> tuple[PlannedRow, ...]:
        """The rows that do one of these."""
        return tuple(row for row in self.rows if row.does in does)

    @property
    def ready(self) -> tuple[PlannedRow, ...]:
        """The rows that can be chosen."""
        return tuple(row for row in self.rows if row.does_something)


def make(session: Session, seller_id: str, kind: Kind, table: Table, digest: str) -> Plan:
    """Plan a file whose `digest` is known; reads a few queries, writes nothing.

    Raises:
        FileRefused: its columns cannot be told.
    """
    header = columns.find_header(kind, [table])
    book = Book(session, seller_id)
    readers = [RowReader(header, number, cells) for number, cells in header.rows()]
    book.learn_lots({one.cell("code").text for one in readers} - {""})
    planner = _planner(book, header, digest)
    planned = [planner(reader) for reader in readers]
    return Plan(kind, _without_written(book, planned), header.ignored)


def _planner(book: Book, header: Header, digest: str) -> _Planner:
    if header.kind is Kind.LISTINGS:
        return PackRows(book).plan
    if header.kind is Kind.LOTS:
        return LotRows(book, clock.today()).plan
    return CountRows(book, clock.today(), digest).plan


def _without_written(book: Book, planned: list[PlannedRow]) -> tuple[PlannedRow, ...]:
    """The rows, those that were written down before with nothing left to do."""
    steps = [row.step for row in planned if isinstance(row.step, LotStep | CountStep)]
    known = book.written({step.digest for step in steps})
    return tuple(_unless_written(row, known) for row in planned)


def _unless_written(row: PlannedRow, known: dict[str, str]) -> PlannedRow:
    if isinstance(row.step, LotStep) and row.step.digest in known:
        return lot_rows.written(row, known[row.step.digest])
    if isinstance(row.step, CountStep) and row.step.digest in known:
        return count_rows.written(row)
    return row
