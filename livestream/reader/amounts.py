"""Quantities of a comment: puts numbers and units together and says how many packs of a pin they are.

Why apart: `2 cân rưỡi` is arithmetic and nobody's intention. Refuses to round: a quantity that is not so
many whole packs is unclear.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from livestream.reader.units import UNITS, Unit
from livestream.reader.words import Token

MOST_PACKS = 999
"""A larger number in a comment is a mistake or a joke."""

_LONGEST = 6

_MOST_LOOSE = 99
"""A bare number above this is more likely grams or đồng."""


@dataclass(frozen=True)
class PinSize:
    """What a code stands for: base units in a pack, their unit, and the pack's words (`gói 200 g`)."""

    pack_size: int
    base_unit: str
    unit_word: str = ""


class Unclear(Exception):
    """Near an order, but not a clear one."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Amount(NamedTuple):
    """A quantity as written. `units` are the words behind the number: none, `gói`, or `chục` and `quả`."""

    number: int | Fraction
    units: tuple[Unit, ...]
    loose: bool

    @property
    def is_measure(self) -> bool:
        """Whether it weighs or measures instead of counting packs."""
        return bool(self.units) and self.units[0].kind == "measure"


def amount_at(tokens: list[Token], place: int) -> tuple[Amount, int]:
    """The amount that begins with the number at `place`, and the place behind it.

    Raises Unclear for a number nobody can read (`1.500`, `2 rưỡi`).
    """
    text = tokens[place].text
    times = place > 0 and tokens[place - 1].kind == "times"
    place += 1
    number = _number(text)
    if _kind(tokens, place) == "number" and "/" in tokens[place].text and "/" not in text:
        number, place = number + _number(tokens[place].text), place + 1  # 1 1/2 kg
    units: tuple[Unit, ...] = ()
    while _kind(tokens, place) == "unit":
        units = (*units, UNITS[tokens[place].text])
        place += 1
    if _kind(tokens, place) == "half":
        number, place = number + Fraction(1, 2), place + 1
    amount = Amount(number, units, not units and not times)
    return _with_smaller(tokens, amount, place)


def _with_smaller(tokens: list[Token], amount: Amount, place: int) -> tuple[Amount, int]:
    """`1 cân 2 lạng` is one quantity."""
    if not amount.is_measure or _kind(tokens, place) != "number":
        return amount, place
    if _kind(tokens, place + 1) != "unit":
        return amount, place
    unit, smaller = amount.units[0], UNITS[tokens[place + 1].text]
    if smaller.kind != "measure" or smaller.name != unit.name or smaller.size >= unit.size:
        return amount, place
    number = amount.number + _number(tokens[place].text) * Fraction(smaller.size, unit.size)
    return Amount(number, amount.units, loose=False), place + 2


def _kind(tokens: list[Token], place: int) -> str:
    return tokens[place].kind if place < len(tokens) else "end"


def _number(text: str) -> int | Fraction:
    if text.isdecimal() and len(text) <= _LONGEST:
        return int(text)
    whole, _, part = text.replace(",", ".").partition(".")
    if len(part) > 2 or (part and len(whole) > 1 and whole[0] == "0") or len(whole) > _LONGEST:
        raise Unclear("quantity")  # 1.500 may be one and a half, or fifteen hundred
    try:
        return Fraction(f"{whole}.{part}" if part else whole)
    except ZeroDivisionError:
        raise Unclear("quantity") from None


def packs_of(amounts: list[Amount], size: PinSize) -> int:
    """How many packs the amounts said of one code are: none is 1, two must agree (`2 gói 500g`).

    Raises Unclear with `unit` when they are of another kind than the pin, with `quantity` when they are
    not so many whole packs of it, with `which_quantity` when they contradict each other.
    """
    if not amounts:
        return 1
    if len(amounts) == 1:
        return _packs(amounts[0], size)
    counts = [amount for amount in amounts if not amount.is_measure]
    measures = [amount for amount in amounts if amount.is_measure]
    if len(counts) != 1 or len(measures) != 1:
        raise Unclear("which_quantity")
    packs, measured = _packs(counts[0], size), _packs(measures[0], size)
    if measured not in {1, packs}:
        raise Unclear("which_quantity")
    return packs


def _packs(amount: Amount, size: PinSize) -> int:
    packs = amount.number
    for unit in amount.units:
        packs *= unit.size
    if amount.units and not _counts_packs(amount.units[-1], size):
        packs = Fraction(packs, size.pack_size)
    if packs.denominator != 1 or not 1 <= packs <= MOST_PACKS:
        raise Unclear("quantity")
    if amount.loose and _may_be_base_units(int(packs), size):
        raise Unclear("quantity")
    return int(packs)


def _may_be_base_units(number: int, size: PinSize) -> bool:
    """A bare 200 may be grams, a bare 10 of a tray of ten may be eggs."""
    pieces = size.base_unit == "piece" and 1 < size.pack_size <= number
    return number > _MOST_LOOSE or pieces


def _counts_packs(unit: Unit, size: PinSize) -> bool:
    """Whether a unit counts packs of the pin, rather than what is in them; Unclear if it is neither."""
    own = UNITS.get(size.unit_word.casefold().split(" ")[0])
    if unit.kind == "measure":
        if unit.name != size.base_unit:
            raise Unclear("unit")
        return False
    if unit.kind == "any":
        return size.base_unit != "piece" or size.pack_size == 1
    if unit.kind == "count":
        if size.base_unit != "piece" and unit.name != "chục":
            raise Unclear("unit")
        return size.base_unit != "piece"
    return _is_of(unit, own, size)


def _is_of(unit: Unit, own: Unit | None, size: PinSize) -> bool:
    """Packs and pieces: `túi` of a `gói`, `quả` of a tray of ten."""
    if own is not None and own.kind in {"pack", "piece"}:
        if own.name == unit.name:
            return True
        if unit.kind == "piece" and own.kind == "pack" and size.base_unit == "piece":
            return False
        raise Unclear("unit")
    if unit.kind == "piece":
        if size.base_unit != "piece":
            raise Unclear("unit")
        return size.pack_size == 1
    if own is not None:
        raise Unclear("unit")  # `2 gói` of what is sold by the kilo
    return True
