"""Amounts in words to look for: `200 g`, `2 lạng` and `0,2kg` are one word, `200g`.

Pure. Refuses to know packs by number alone: `200` is only the beginning of `200g`.
"""

import re
from decimal import Decimal

from catalog.units import VOLUME_WORDS, WEIGHT_WORDS
from core.text import fold

_TOO_HEAVY = ("ta", "tan", "yen")
"""Words of weight that are not read here: nobody looks for such a pack, and `tạ`, `tân` begin names."""

_UNITS = {
    **{word: (each, "g") for word, each in WEIGHT_WORDS.items() if word not in _TOO_HEAVY},
    **{word: (each, "ml") for word, each in VOLUME_WORDS.items()},
}
_AMOUNT = re.compile(r"(?<![\w.,])(\d{1,6})(?:[.,](\d{1,3}))? ?([^\W\d_]{1,5})(?!\w)")


def joined(text: str) -> str:
    """The same text, in small letters before, with each weight or volume as one word in base units."""
    return _AMOUNT.sub(_as_one_word, text)


def _as_one_word(found: re.Match[str]) -> str:
    whole, part, word = found.group(1), found.group(2) or "", fold(found.group(3))
    if word not in _UNITS:
        return found.group()
    each, base = _UNITS[word]
    grouped = len(part) == len("000") and whole != "0"  # 1.500 g is a thousand and a half
    amount = Decimal(whole + part if grouped else f"{whole}.{part or 0}") * each
    return f"{int(amount)}{base}" if amount == int(amount) else found.group()
