"""Land as people here measure it: sào of the north, square metres, hectares.

Refuses floats: an area is a whole number of square metres.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from catalog.growers.errors import BadArea

SQUARE_METRES: Mapping[str, int] = MappingProxyType({"sao": 360, "m2": 1, "ha": 10_000})
"""Square metres in one of each: the sào of the north has 360."""
BELOW_M2 = 100_000_000
_WRITTEN = re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,(?P<part>[0-9]{1,4}))?")
_BARE_POINT = re.compile(r"[0-9]{1,9}\.[0-9]{1,2}")


def parse_area(text: str, unit: str) -> int:
    """Return the square metres of `text` in `unit` (`sao`, `m2`, `ha`): `2,5, sao` → 900.

    A comma is decimal, a point groups thousands unless fewer than three digits follow it; half a square
    metre counts as a whole one. Raises BadArea for nothing, less, too much (10,000 ha) or no number.
    """
    written = text.strip().replace(" ", "")
    if _BARE_POINT.fullmatch(written):
        written = written.replace(".", ",")
    found = _WRITTEN.fullmatch(written)
    if found is None or unit not in SQUARE_METRES:
        raise BadArea()
    part = found["part"] or ""
    scale: int = 10 ** len(part)
    scaled = (int(found["whole"].replace(".", "")) * scale + int(part or 0)) * SQUARE_METRES[unit]
    area_m2 = (2 * scaled + scale) // (2 * scale)
    if not 0 < area_m2 < BELOW_M2:
        raise BadArea()
    return area_m2


def format_area(area_m2: int) -> str:
    """Return an area as people read it: whole and half sào, else square metres: `900` → `2,5 sào`."""
    if area_m2 % 180 == 0:
        whole, half = divmod(area_m2 // 180, 2)
        return f"{_grouped(whole)}{',5' if half else ''} sào"
    return f"{_grouped(area_m2)} m²"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
