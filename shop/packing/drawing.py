"""A pen for A6 paper: words that fit, boxes, bands, QR codes. Points, from the lower left corner.

Refuses to know what is written.
"""

from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from core.letters import BOLD as BOLD
from core.letters import REGULAR as REGULAR
from core.letters import letters as letters
from core.letters import printable as printable
from core.qr_image import dark_runs
from shop.packing.fitting import Width, lines_of, size_for

A6 = (297.64, 419.53)
MARGIN = 17.0
ROOM = A6[0] - 2 * MARGIN
_LEADING = 1.28
_BIG = [19.0, 17.0, 15.0, 13.5, 12.0]


@dataclass(frozen=True)
class Spot:
    """Where words begin (their base line), and how much room they have to the right; 0: to the margin."""

    x: float
    y: float
    room: float = 0.0


@dataclass(frozen=True)
class Ink:
    """How large words are, in points, and whether they are bold."""

    size: float
    bold: bool = False


class Pen:
    """Draws on the current page of a canvas; every step returns the height it ended at."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._qrs: dict[str, tuple[int, tuple[tuple[int, int, int], ...]]] = {}
        letters()

    def page(self) -> None:
        """Go on on a fresh page."""
        self._canvas.showPage()

    def text(self, words: str, spot: Spot, ink: Ink) -> float:
        """Words on one line, as wide as they are."""
        self._canvas.setFont(_name(ink.bold), ink.size)
        self._canvas.drawString(spot.x, spot.y, printable(words))
        return spot.y

    def right(self, words: str, y: float, ink: Ink) -> float:
        """Words that end at the right margin."""
        self._canvas.setFont(_name(ink.bold), ink.size)
        self._canvas.drawRightString(MARGIN + ROOM, y, printable(words))
        return y

    def fitted(self, words: str, spot: Spot) -> float:
        """Bold words as large as they may be on one line; on two where even the smallest is too wide."""
        size = size_for(printable(words), _room(spot), lambda at: _width(Ink(at, bold=True)), _BIG)
        return self.block(words, spot, Ink(size, bold=True), 2)

    def block(self, words: str, spot: Spot, ink: Ink, most: int) -> float:
        """Words over at most `most` lines; the first stands at the spot."""
        y = spot.y
        for number, line in enumerate(self.broken(words, _room(spot), ink, most)):
            y -= _LEADING * ink.size if number else 0
            self.text(line, Spot(spot.x, y), ink)
        return y

    def broken(self, words: str, room: float, ink: Ink, most: int) -> list[str]:
        """The lines `block` would draw."""
        return lines_of(printable(words), room, _width(ink), most)

    def box(self, words: str, y: float, size: float) -> float:
        """White words in a black bar across the page; `y` is its upper edge."""
        return self._bar(words, y, size, filled=True)

    def frame(self, words: str, y: float, size: float) -> float:
        """Words in a frame across the page; `y` is its upper edge."""
        return self._bar(words, y, size, filled=False)

    def rule(self, y: float) -> float:
        """A thin line across the page."""
        self._canvas.setLineWidth(0.6)
        self._canvas.line(MARGIN, y, MARGIN + ROOM, y)
        return y

    def band(self, y: float) -> float:
        """A thin woven band across the page, as on our receipts."""
        step, half = 8.0, 3.2
        path = self._canvas.beginPath()
        for place in range(int(ROOM // step)):
            x = MARGIN + place * step + step / 2
            path.moveTo(x - half, y)
            for dx, dy in ((0, half), (half, 0), (0, -half)):
                path.lineTo(x + dx, y + dy)
            path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)
        return y - half

    def qr(self, payload: str, x: float, y: float, side: float) -> None:
        """A QR code in a square whose lower left corner is (x, y); its quiet margin is inside."""
        if payload not in self._qrs:
            self._qrs[payload] = dark_runs(payload)
        modules, runs = self._qrs[payload]
        unit = side / modules
        path = self._canvas.beginPath()
        for column, row, length in runs:
            path.rect(x + column * unit, y + (modules - 1 - row) * unit, length * unit, unit)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _bar(self, words: str, y: float, size: float, *, filled: bool) -> float:
        height = 1.9 * size
        self._canvas.setLineWidth(1)
        self._canvas.roundRect(MARGIN, y - height, ROOM, height, 4, stroke=1, fill=int(filled))
        self._canvas.setFillGray(1 if filled else 0)
        self._canvas.setFont(_name(True), size)
        middle = y - height / 2 - 0.36 * size
        self._canvas.drawCentredString(MARGIN + ROOM / 2, middle, printable(words))
        self._canvas.setFillGray(0)
        return y - height


def _name(bold: bool) -> str:
    return BOLD if bold else REGULAR


def _room(spot: Spot) -> float:
    return spot.room or MARGIN + ROOM - spot.x


def _width(ink: Ink) -> Width:
    return lambda words: pdfmetrics.stringWidth(words, _name(ink.bold), ink.size)
