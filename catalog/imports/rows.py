"""A row of a file before it is written down: what it would do, or what is wrong with it, cell by cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from catalog.imports.columns import Header, title_of
from catalog.lots.record import NewHarvest
from catalog.products import NewProduct
from core.errors import Datum, DomainError
from core.tables.cells import EMPTY, Cell

T = TypeVar("T")


class Does(StrEnum):
    """What applying a row does."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    BAD = "bad"


@dataclass(frozen=True)
class Said:
    """A sentence about a row (a gettext msgid) and what fills its places."""

    text: str
    places: Mapping[str, Datum] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: the column's title, what stands there, and what to write instead."""

    column: str
    shown: str
    why: Said


@dataclass(frozen=True)
class PackStep:
    """A pack of a product at a price, to be offered or to be priced anew.

    `product_id` is None for a product that is to be made (`new`; `key` is its folded name). `listing_id`
    is set where only the price changes; `kind` and `story` where the product is to be told of otherwise.
    `quantity` base units are laid in the store of a product that never had any.
    """

    key: str
    product_id: str | None
    new: NewProduct | None
    listing_id: str | None
    unit_word: str
    pack_size: int
    price_vnd: int
    kind: str | None = None
    story: str | None = None
    quantity: int | None = None


@dataclass(frozen=True)
class LotStep:
    """A harvest to be recorded, once for its `digest`."""

    new: NewHarvest
    digest: str


@dataclass(frozen=True)
class CountStep:
    """What was counted of a lot (of a product, if no lot is named) at a point, once for its `digest`."""

    product_id: str
    lot_id: str | None
    point_id: str
    counted: int
    reason: str
    digest: str


Step = PackStep | LotStep | CountStep


@dataclass(frozen=True)
class PlannedRow:
    """Row `number` of the file is `about` something and does something; `step` is how."""

    number: int
    about: str
    does: Does
    says: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()
    step: Step | None = None

    @property
    def does_something(self) -> bool:
        """Whether it can be chosen: it is right and changes something."""
        return self.step is not None


class RowReader:
    """One row being read: cells by column, and the problems found so far."""

    def __init__(self, header: Header, number: int, cells: Mapping[str, Cell]) -> None:
        self.header = header
        self.number = number
        self.problems: list[Problem] = []
        self._cells = cells

    def cell(self, column: str) -> Cell:
        """The cell of a column, empty if the file has no such column."""
        return self._cells.get(column, EMPTY)

    def hint(self, column: str) -> str:
        """The unit in the brackets of a column's header."""
        return self.header.hints.get(column, "")

    def read(self, column: str, how: Callable[[Cell], T]) -> T | None:
        """What `how` makes of a cell; None where it refuses, which is noted."""
        try:
            return how(self.cell(column))
        except DomainError as error:
            self.blame(column, error)
            return None

    def blame(self, column: str, error: DomainError) -> None:
        """Note that a cell is wrong; one problem a cell is enough."""
        title = title_of(self.header.kind, column)
        if title not in {problem.column for problem in self.problems}:
            why = Said(error.message, error.data)
            self.problems.append(Problem(title, self.cell(column).text, why))

    def bad(self, about: str) -> PlannedRow:
        """The row as one that cannot be written down."""
        return PlannedRow(self.number, about, Does.BAD, problems=tuple(self.problems))


def shown_day(day: date | None) -> str:
    """A day as people write it; "" for none."""
    return f"{day:%d/%m/%Y}" if day else ""
