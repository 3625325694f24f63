"""A member's statement as a PDF on A4, in plain words and with every letter of Vietnamese.

In the language of who asks for it, in the font our other papers have. Drawn beside the event loop.
"""

import io
from xml.sax.saxutils import escape

from flask_babel import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from core import clock
from core.money import format_vnd, vnd_in_words
from core.off_loop import Lane
from shop.members_book.reading import Statement
from shop.members_book.words import kind_words
from shop.packing import drawing

_LANE = Lane()
_LINE = HexColor(0xD8D5C8)
_MARGIN = 42
_ROOM = A4[0] - 2 * _MARGIN
_BODY = ParagraphStyle("body", fontName=drawing.REGULAR, fontSize=10.5, leading=15)
_RIGHT = ParagraphStyle("right", parent=_BODY, fontName=drawing.BOLD, alignment=2)
_BOLD = ParagraphStyle("bold", parent=_BODY, fontName=drawing.BOLD)
_TITLE = ParagraphStyle("title", parent=_BOLD, fontSize=19, leading=25)
_MIDDLE = ParagraphStyle("middle", parent=_BODY, alignment=1)
_RULED = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
)


def pdf(seller: str, month: str, told: Statement) -> bytes:
    """The file: what was owed before, each line, what is owed after in figures and words, two signatures."""
    drawing.letters()
    story: list[Flowable] = [
        Paragraph(_words(_("Bảng kê tiền hàng tháng %(month)s", month=month)), _TITLE),
        Paragraph(_words(seller), _BODY),
        Paragraph(_words(_("Xã viên: %(name)s", name=told.member.name)), _BOLD),
        Spacer(0, 10),
        _table(told),
        Spacer(0, 8),
        Paragraph(_words(_("Bằng chữ: %(words)s", words=vnd_in_words(abs(told.after_vnd)))), _BODY),
        Spacer(0, 28),
        Table(
            [
                [
                    Paragraph(_words(_("Xã viên")), _MIDDLE),
                    Paragraph(_words(_("Hợp tác xã")), _MIDDLE),
                ]
            ]
        ),
    ]
    return _LANE.run(_built, story, told.member.name)


def _built(story: list[Flowable], title: str) -> bytes:
    file = io.BytesIO()
    paper = SimpleDocTemplate(
        file,
        pagesize=A4,
        title=title,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    )
    paper.build(story)
    return file.getvalue()


def _table(told: Statement) -> Table:
    rows = [_row("", _("Còn nợ từ trước"), told.before_vnd)]
    for one in told.entries:
        kind = kind_words(one)
        words = f"{kind}: {one.what}" if one.what else kind
        rows.append(_row(f"{clock.in_vietnam(one.at_ms):%d/%m}", words, one.amount_vnd))
    after = _("Hợp tác xã còn nợ") if told.after_vnd >= 0 else _("Xã viên còn nợ")
    rows.append(_row("", after, abs(told.after_vnd)))
    return Table(rows, colWidths=[44, _ROOM - 164, 120], style=_RULED)


def _row(day: str, words: str, amount_vnd: int) -> list[Flowable]:
    told = format_vnd(amount_vnd)
    return [
        Paragraph(_words(day), _BODY),
        Paragraph(_words(words), _BODY),
        Paragraph(_words(told), _RIGHT),
    ]


def _words(text: str) -> str:
    return escape(drawing.printable(text))
