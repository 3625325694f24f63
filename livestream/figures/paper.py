"""The report as a PDF on A4: the figures with their meanings, the parts with their bars, the notes.

In the language of who asks for it, in the font our other papers have. Drawn beside the event loop.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    Spacer,
    Table,
)

from core import letters
from core.money import format_vnd
from core.off_loop import Lane
from core.paper import ROOM, RULED, built, words
from livestream.figures.charts import WIDTH
from livestream.figures.shown import ShownChapter, ShownPart, ShownReport

_LANE = Lane()
_GREEN = HexColor(0x1F7A4D)
_BAR_ROOM = 150
_BODY = ParagraphStyle("body", fontName=letters.REGULAR, fontSize=9, leading=12.5)
_SMALL = ParagraphStyle(
    "small", parent=_BODY, fontSize=7.5, leading=10, textColor=HexColor(0x5A665E)
)
_RIGHT = ParagraphStyle("right", parent=_BODY, fontName=letters.BOLD, alignment=2)
_HEAD = ParagraphStyle(
    "head", parent=_BODY, fontName=letters.BOLD, fontSize=12, leading=16, spaceBefore=10
)
_TITLE = ParagraphStyle("title", parent=_HEAD, fontSize=18, leading=23, spaceBefore=0)


@dataclass(frozen=True)
class Said:
    """A note as it is printed: when and by whom, and its words."""

    when: str
    text: str


def pdf(report: ShownReport, notes: Sequence[Said], digest: str) -> bytes:
    """The file; `digest` is the hash of a frozen report, "" for one that still moves."""
    letters.letters()
    story: list[Flowable] = [
        Paragraph(words(report.title), _TITLE),
        Paragraph(words(f"{_('Báo cáo ngày bán')} · {report.seller}"), _BODY),
        Paragraph(words(report.stands), _BODY),
    ]
    story += [_chapter(chapter) for chapter in report.chapters]
    story += [part for one in report.parts if one.rows for part in _part(one)]
    story += _declared(report)
    if notes:
        story.append(Paragraph(words(_("Ghi chú")), _HEAD))
        story += [Paragraph(words(f"{one.when}: {one.text}"), _BODY) for one in notes]
    if digest:
        story += [Spacer(0, 10), Paragraph(words(f"SHA-256 {digest}"), _SMALL)]
    return _LANE.run(built, story, report.title)


def _chapter(chapter: ShownChapter) -> Flowable:
    rows = [
        [
            [Paragraph(words(one.name), _BODY), Paragraph(words(one.meaning), _SMALL)],
            Paragraph(words(one.told), _RIGHT),
        ]
        for one in chapter.figures
    ]
    table = Table(rows, colWidths=[ROOM * 0.74, ROOM * 0.26], style=RULED)
    return KeepTogether([Paragraph(words(chapter.title), _HEAD), table])


def _part(part: ShownPart) -> list[Flowable]:
    head: list[Flowable] = [
        Paragraph(words(part.name), _HEAD),
        Paragraph(words(part.meaning), _SMALL),
    ]
    rows = [
        [
            Paragraph(words(row.label), _BODY),
            _bar(bar.width),
            Paragraph(words(row.weight), _RIGHT),
            Paragraph(words(row.told), _RIGHT),
        ]
        for row, bar in zip(part.rows, part.bars, strict=True)
    ]
    widths = [ROOM - _BAR_ROOM - 170, _BAR_ROOM, 70, 100]
    return [KeepTogether(head), Table(rows, colWidths=widths, style=RULED)]


def _bar(width: int) -> Drawing:
    room = _BAR_ROOM - 12
    picture = Drawing(room, 11)
    bar = Rect(0, 1, width * room / WIDTH, 8)
    bar.fillColor, bar.strokeColor = _GREEN, None
    picture.add(bar)
    return picture


def _declared(report: ShownReport) -> list[Flowable]:
    if not report.declared:
        return []
    total = report.declared_sum
    rows = [
        [Paragraph(words(one.what), _BODY), Paragraph(words(format_vnd(one.vnd)), _RIGHT)]
        for one in report.declared
    ]
    rows.append([Paragraph(words(total.meaning), _SMALL), Paragraph(words(total.told), _RIGHT)])
    table = Table(rows, colWidths=[ROOM * 0.74, ROOM * 0.26], style=RULED)
    return [KeepTogether([Paragraph(words(total.name), _HEAD), table])]
