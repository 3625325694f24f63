"""The words in which farmers and buyers count, and what they mean in base units.

Why: a pack is sold as “gói 200 g”, asked for as “2 lạng”, and stocked in grams.
Refuses: to read sentences (the claim reader does) and to price anything (`catalog.pricing` does).
"""

from collections.abc import Mapping
from types import MappingProxyType

from core.quantity import BadQuantity, BaseUnit, format_quantity
from core.text import fold

WEIGHT_WORDS: Mapping[str, int] = MappingProxyType(
    {
        "g": 1,
        "gr": 1,
        "gam": 1,
        "gram": 1,
        "lang": 100,
        "kg": 1000,
        "ky": 1000,
        "ki": 1000,
        "kilo": 1000,
        "can": 1000,
        "yen": 10_000,
        "ta": 100_000,
        "tan": 1_000_000,
    }
)
"""Grams in one of each word, the words folded (`core.text.fold`): lạng, cân, yến, tạ, tấn."""

VOLUME_WORDS: Mapping[str, int] = MappingProxyType({"ml": 1, "l": 1000, "lit": 1000})
"""Millilitres in one of each word, the words folded."""

_COUNTED_WORDS: Mapping[str, int] = MappingProxyType({"cap": 2, "doi": 2, "chuc": 10, "ta": 12})
"""Pieces in one of each word that counts by itself, the words folded: cặp, đôi, chục, tá."""


def pack_label(unit_word: str, pack_base: int, unit: BaseUnit | str) -> str:
    """Return what one pack is called: `gói, 200, g` → `gói 200 g`; `kg, 1000, g` → `kg`.

    The size is left out where the word already says it (`cặp`, `chục`), and for one piece (`quả`).
    Precondition: `pack_base > 0`, else BadQuantity.
    """
    if pack_base <= 0:
        raise BadQuantity()
    size = format_quantity(pack_base, unit)
    if pack_base == 1 or size == f"1 {unit_word}":
        return unit_word
    if BaseUnit(unit) is BaseUnit.PIECE:
        counted = _COUNTED_WORDS.get(fold(unit_word)) == pack_base
        return unit_word if counted else f"{unit_word} {pack_base}"
    return f"{unit_word} {size}"
