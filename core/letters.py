"""The letters our papers are printed in: Be Vietnam Pro, which has every letter of Vietnamese.

The font comes with the packages, nothing is fetched. Refuses to know what is written.
"""

import unicodedata
from functools import cache

import fontpkg
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Words", "WordsBold"
"""What the two weights are called once `letters` has made them known to ReportLab."""
WEIGHTS = {400: REGULAR, 700: BOLD}
_FAMILY = "Be Vietnam Pro"


@cache
def letters() -> frozenset[int]:
    """Make both weights known to ReportLab; returns the letters (code points) they have."""
    fonts = [TTFont(name, str(fontpkg.path(_FAMILY, weight))) for weight, name in WEIGHTS.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))


def printable(words: str) -> str:
    """`words` composed (NFC), without what the font has no letter for (a heart in a name)."""
    known = letters()
    return "".join(letter for letter in unicodedata.normalize("NFC", words) if ord(letter) in known)
