"""A member's statement as a PDF on A4, in plain words and with every letter of Vietnamese.

In the language of who asks for it, in the font our other papers have. Drawn beside the event loop.
"""

from flask_babel import gettext as _
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from core import clock, letters
from core.money import format_vnd, vnd_in_words
from core.off_loop import Lane
from core.paper import ROOM, RULED, built, words
from shop.members_book.reading import Statement
from shop.members_book.words import kind_words

_LANE = Lane()
_BODY = ParagraphStyle("body", fontName=letters.REGULAR, fontSize=10.5, leading=15)
_RIGHT = ParagraphStyle("right", parent=_BODY, fontName=letters.BOLD, alignment=2)
_BOLD = ParagraphStyle("bold", parent=_BODY, fontName=letters.BOLD)
_TITLE = ParagraphStyle("title", parent=_BOLD, fontSize=19, leading=25)
_MIDDLE = ParagraphStyle("middle", parent=_BODY, alignment=1)


def pdf(seller: str, month: str, told: Statement) -> bytes:
    """The file: what was owed before, each line, what is owed after in figures and words, two signatures."""
    letters.letters()
    story: list[Flowable] = [
        Paragraph(words(_("Bảng kê tiền hàng tháng %(month)s", month=month)), _TITLE),
        Paragraph(words(seller), _BODY),
        Paragraph(words(_("Xã viên: %(name)s", name=told.member.name)), _BOLD),
        Spacer(0, 10),
        _table(told),
        Spacer(0, 8),
        Paragraph(words(_("Bằng chữ: %(words)s", words=vnd_in_words(abs(told.after_vnd)))), _BODY),
        Spacer(0, 28),
        Table(
            [
                [
                    Paragraph(words(_("Xã viên")), _MIDDLE),
                    Paragraph(words(_("Hợp tác xã")), _MIDDLE),
                ]
            ]
        ),
    ]
    return _LANE.run(built, story, told.member.name)


def _table(told: Statement) -> Table:
    rows = [_row("", _("Còn nợ từ trước"), told.before_vnd)]
    for one in told.entries:
        kind = kind_words(one)
        what = f"{kind}: {one.what}" if one.what else kind
        rows.append(_row(f"{clock.in_vietnam(one.at_ms):%d/%m}", what, one.amount_vnd))
    after = _("Hợp tác xã còn nợ") if told.after_vnd >= 0 else _("Xã viên còn nợ")
    rows.append(_row("", after, abs(told.after_vnd)))
    return Table(rows, colWidths=[44, ROOM - 164, 120], style=RULED)


def _row(day: str, what: str, amount_vnd: int) -> list[Flowable]:
    told = format_vnd(amount_vnd)
    return [
        Paragraph(words(day), _BODY),
        Paragraph(words(what), _BODY),
        Paragraph(words(told), _RIGHT),
    ]
