"""How big a pack is, from the two cells people write it in: `gói` and `200 g`, `thùng 5 kg`, `kg`, `quả`.

Refuses to take a bare number for pieces where the kind of produce is weighed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.imports import values
from catalog.imports.cell_errors import NeedsSize, NeedsUnit, OtherUnit
from core.errors import DomainError
from core.quantity import BadQuantity, BaseUnit, format_quantity
from core.tables.cells import Cell
from core.text import fold

WORD_LENGTH = 40
_WORD_AND_SIZE = re.compile(r"(?P<word>[^\W\d_][^\d]*?)\s+(?P<size>[0-9].*)")
_NAMES = {BaseUnit.G: "kg", BaseUnit.ML: "lít", BaseUnit.PIECE: "quả, cái, con"}


@dataclass(frozen=True)
class PackSize:
    """A pack: what it is called, how many base units it has, and of which."""

    word: str
    size: int
    base: BaseUnit


def read(
    word: str, size: Cell, hint: str, bases: tuple[BaseUnit, ...], factors: Mapping[str, int]
) -> PackSize:
    """The pack that the cells of unit word and size say, counted in one of `bases`, the likeliest first.

    Raises:
        BadQuantity and its kinds, NeedsUnit, IsFormula: the size cannot be read.
        OtherUnit: it can, but the product is counted otherwise. NeedsSize: no size, and the word says none.
    """
    together = _WORD_AND_SIZE.fullmatch(word)
    if together and size.empty:
        word, size = together["word"], Cell(together["size"])
    said = Cell(f"1 {word}") if size.empty else size
    refusal: DomainError = NeedsSize(word=word)
    for base in bases:
        try:
            return _pack(word, said, hint, base, factors)
        except (BadQuantity, NeedsUnit) as error:
            if not size.empty and isinstance(refusal, NeedsSize):
                refusal = error
    if not size.empty:
        _refuse_other(size, hint, bases)
    raise refusal


def _pack(word: str, size: Cell, hint: str, base: BaseUnit, factors: Mapping[str, int]) -> PackSize:
    found = values.quantity(size, base, factors, hint)
    assert found is not None  # an empty cell was given the word itself
    return PackSize(word or _word_of(found, base), found, base)


def _word_of(size: int, base: BaseUnit) -> str:
    """What a pack without a word is called: `1 kg` → `kg`, else `gói`."""
    shown = format_quantity(size, base).split(" ")
    return shown[1] if shown[0] == "1" else "gói"


def _refuse_other(size: Cell, hint: str, bases: tuple[BaseUnit, ...]) -> None:
    """Say that the product is counted otherwise, if the size could be read as something else."""
    if len(bases) > 1:
        return
    for base in set(BaseUnit) - {*bases, BaseUnit.PIECE}:
        try:
            values.quantity(size, base, {}, hint)
        except DomainError:
            continue
        raise OtherUnit(unit=_NAMES[bases[0]])


def bases_for(size: Cell, kind_base: BaseUnit | None) -> tuple[BaseUnit, ...]:
    """What a new product may be counted in: as its kind is, else as its pack says.

    A bare number is pieces only where no kind says that it is weighed.
    """
    if kind_base is not None and values.BARE.fullmatch(fold(size.text)):
        return (kind_base,)
    first = (kind_base,) if kind_base is not None else ()
    return (*first, *(base for base in BaseUnit if base not in first))
