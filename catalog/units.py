"""The words in which farmers and buyers count, and what they mean in base units.

Why: a pack is sold as “gói 200 g”, asked for as “2 lạng”, and stocked in grams.
Refuses: to read sentences (the claim reader does) and to price anything (`catalog.pricing` does).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.errors import N_
from core.quantity import BadQuantity, BaseUnit, format_quantity
from core.text import fold

BELOW = 10**12
"""Quantities are below this many base units (a million tonnes): more is a slip of the thumb."""

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

_PIECE_WORDS = ("qua", "trai", "con", "cai", "chiec", "cu", "bong", "cay", "hat", "piece")
_STANDARD: Mapping[BaseUnit, Mapping[str, int]] = MappingProxyType(
    {
        BaseUnit.G: WEIGHT_WORDS,
        BaseUnit.ML: VOLUME_WORDS,
        BaseUnit.PIECE: {**_COUNTED_WORDS, **dict.fromkeys(_PIECE_WORDS, 1)},
    }
)


@dataclass(frozen=True)
class UnitWord:
    """A word to count in, as it is shown, and how many base units one is."""

    word: str
    base_units: int


_OFFERED: Mapping[BaseUnit, tuple[UnitWord, ...]] = MappingProxyType(
    {
        BaseUnit.G: (
            UnitWord("kg", 1000),
            UnitWord("g", 1),
            UnitWord(N_("lạng"), 100),
            UnitWord(N_("yến"), 10_000),
            UnitWord(N_("tạ"), 100_000),
        ),
        BaseUnit.ML: (UnitWord(N_("lít"), 1000), UnitWord("ml", 1)),
        BaseUnit.PIECE: (UnitWord(N_("cái"), 1), UnitWord(N_("chục"), 10)),
    }
)


class UnreadQuantity(BadQuantity):
    """The text is no quantity, or one word short of it."""

    code = "quantity_unread"
    message = N_("Chưa đọc được số lượng. Bạn viết kiểu 2,5 cân, 3 lạng hoặc 10 quả giúp nhé.")


class UnknownUnit(BadQuantity):
    """`word` is no unit of this product: nobody said how much one is."""

    code = "unknown_unit"
    message = N_(
        "Món này chưa có đơn vị “%(word)s”. Bạn viết theo cân, lạng… hoặc thêm đơn vị đó cho món."
    )

    def __init__(self, word: str) -> None:
        super().__init__(word=word[:40])


class NotWhole(BadQuantity):
    """A part of the smallest unit: half a piece, a third of a gram."""

    code = "not_whole"
    message = N_("Số lượng lẻ quá, món này không chia nhỏ được đến thế. Bạn nhập số chẵn hơn nhé.")


class TooMuch(BadQuantity):
    """10^12 base units or more."""

    code = "too_much"
    message = N_("Số lượng lớn quá, chắc có số gõ nhầm. Bạn xem lại giúp nhé.")


_WRITTEN = re.compile(
    r"(?P<sign>[-+]?)\s*(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,15})"
    r"(?:(?:,|\.(?![0-9]{3}(?![0-9])))(?P<part>[0-9]{1,6}))?"
    r"\s*(?P<word>[^\W\d_][\w ]{0,39})?"
)
_SCIENTIFIC = re.compile(r"[-+]?[0-9.,]+e[-+]?[0-9]")
"""`1e400`: a number for machines, not one with a unit called `e400`."""
_HALF_AFTER = re.compile(r"(?P<word>.*?)\s*ruoi")
_HALF_BEFORE = re.compile(r"nua\s+(?P<word>\S.*)")


def parse_quantity(text: str, unit: BaseUnit | str, factors: Mapping[str, int]) -> int:
    """Return the base units a person wrote: `2,5 cân` → 2500 (g), `1 thùng` → what a thùng has.

    `factors` are the product's own words and the base units in one; they win over the market's (lạng,
    cân, yến, tạ; lít; chục, cặp). A comma is decimal; a point is decimal too unless three digits follow
    (`1.250 kg` is a ton and a quarter). `nửa cân` and `2 yến rưỡi` are read. Marks do not matter. A bare
    number counts pieces; of what is weighed it says nothing. What `format_quantity` writes reads back.

    Raises:
        UnreadQuantity: no number, or no word where one is needed. UnknownUnit: `word` is not known.
        BadQuantity: zero or less. NotWhole: a part of a base unit. TooMuch: 10^12 and more.
    """
    base = BaseUnit(unit)
    known = {**_STANDARD[base], **{fold(word): size for word, size in factors.items()}}
    folded = " ".join(fold(text).split())
    if _SCIENTIFIC.match(folded):
        raise UnreadQuantity()
    if halved := _HALF_BEFORE.fullmatch(folded):
        return _base_units(0, 5, _size_of(halved["word"], base, known))
    found = _WRITTEN.fullmatch(folded)
    if found is None:
        raise UnreadQuantity()
    if found["sign"] == "-":
        raise BadQuantity()
    whole, part, word = int(found["whole"].replace(".", "")), found["part"] or "", found["word"]
    if word and (rest := _HALF_AFTER.fullmatch(word)):
        if part:
            raise UnreadQuantity()
        word, part = rest["word"], "5"
    return _base_units(whole, part, _size_of(word or "", base, known))


def _size_of(word: str, base: BaseUnit, known: Mapping[str, int]) -> int:
    word = word.strip()
    if not word:
        if base is BaseUnit.PIECE:
            return 1
        raise UnreadQuantity()
    if word not in known:
        raise UnknownUnit(word)
    return known[word]


def _base_units(whole: int, part: int | str, size: int) -> int:
    digits = str(part)
    scale: int = 10 ** len(digits)
    scaled = (whole * scale + int(digits or 0)) * size
    if scaled <= 0:
        raise BadQuantity()
    if scaled % scale:
        raise NotWhole()
    if scaled // scale >= BELOW:
        raise TooMuch()
    return scaled // scale


def choices(unit: BaseUnit | str, own: tuple[UnitWord, ...] = ()) -> tuple[UnitWord, ...]:
    """The words a form offers for counting a product: its own first, then the market's usual ones."""
    taken = {fold(each.word) for each in own}
    usual = _OFFERED[BaseUnit(unit)]
    return (*own, *(each for each in usual if fold(each.word) not in taken))


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


def packs_said(amount: int, unit_word: str, pack_base: int, unit: BaseUnit | str) -> str:
    """Return base units in the words a listing is sold by: `1200, gói, 100, g` → `12 gói (1,2 kg)`.

    Packs are rounded down, the amount beside them is exact. What is no whole pack, and what is sold by
    the kilo or by the piece, is the amount alone: `1,5 kg`, `7 quả`.
    Precondition: `pack_base > 0`, else BadQuantity.
    """
    counted = BaseUnit(unit) is BaseUnit.PIECE
    piece_word = unit_word if counted and pack_base == 1 else "cái"
    size = format_quantity(amount, unit, piece_word)
    by_amount = pack_label(unit_word, pack_base, unit) == unit_word and (
        pack_base == 1 or not counted
    )
    packs = amount // pack_base
    return size if by_amount or packs < 1 else f"{packs} {unit_word} ({size})"
