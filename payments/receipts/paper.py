"""A receipt as a PDF: a sheet of A5 to file, or a slip for an 80 mm roll as long as it needs to be.

It says what the page says, in the language of who asks, black on white. Drawn beside the event loop.
Refuses rows: everything it prints was frozen, or is handed over.
"""

import io
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from core import clock
from core.letters import BOLD, REGULAR, letters
from core.money import format_vnd
from core.off_loop import Lane
from core.paper import built, words
from core.qr_image import dark_runs
from payments.receipts.receipts import ReceiptFacts
from payments.receipts.words import method_words

_LANE = Lane()
_FRAME = 6.0  # what ReportLab keeps free inside a page's frame
_SHEET_MARGIN = 12 * mm - _FRAME
_ROLL_MM = 80
_NAMES_PART = 0.7
_BOUNDLESS = 100_000.0


@dataclass(frozen=True)
class Said:
    """What stands on the paper beside the facts: what became of it, the VAT invoice, where its QR leads."""

    standing: tuple[str, ...]
    invoice: str
    check_url: str
    phone: str


Side = Literal[0, 1, 2]
LEFT: Side = 0
MIDDLE: Side = 1
RIGHT: Side = 2


@dataclass(frozen=True)
class _Look:
    """How wide the paper's room is, and how large its words are (points)."""

    room: float
    size: float
    qr: float

    def style(self, *, bold: bool = False, larger: float = 0, at: Side = LEFT) -> ParagraphStyle:
        size, name = self.size + larger, BOLD if bold else REGULAR
        return ParagraphStyle(
            "words", fontName=name, fontSize=size, leading=size * 1.36, alignment=at
        )


_SHEET = _Look(room=A5[0] - 24 * mm, size=9.0, qr=42 * mm)
_SLIP = _Look(room=(_ROLL_MM - 8) * mm, size=9.0, qr=56 * mm)


def sheet(facts: ReceiptFacts, said: Said) -> bytes:
    """The receipt on A5; one with very many lines goes on over more pages."""
    return _LANE.run(built, _story(facts, said, _SHEET), _title(facts), A5, _SHEET_MARGIN)


def slip(facts: ReceiptFacts, said: Said) -> bytes:
    """The receipt as one slip, 80 mm wide."""
    return _LANE.run(_on_roll, _story(facts, said, _SLIP), _title(facts))


class _Code(Flowable):
    """A QR code in the middle of the room; its quiet margin is inside."""

    def __init__(self, payload: str, room: float, side: float) -> None:
        super().__init__()
        self.width, self.height = room, side
        self._payload = payload

    def draw(self) -> None:
        modules, runs = dark_runs(self._payload)
        unit, left = self.height / modules, (self.width - self.height) / 2
        path = self.canv.beginPath()
        for column, row, length in runs:
            path.rect(left + column * unit, (modules - 1 - row) * unit, length * unit, unit)
        self.canv.drawPath(path, stroke=0, fill=1)


def _title(facts: ReceiptFacts) -> str:
    return f"{_('Biên nhận')} {facts.number} · {facts.code}"


def _on_roll(story: list[Flowable], title: str) -> bytes:
    """Measured first: a roll has no end, the slip has."""
    margin, file = 4 * mm, io.BytesIO()
    heights = [part.wrap(_SLIP.room, _BOUNDLESS)[1] for part in story]
    length = sum(heights) + 2 * margin
    canvas = Canvas(file, pagesize=(_ROLL_MM * mm, length))
    canvas.setTitle(title)
    top = length - margin
    for part, height in zip(story, heights, strict=True):
        top -= height
        part.drawOn(canvas, margin, top)
    canvas.save()
    return file.getvalue()


def _story(facts: ReceiptFacts, said: Said, look: _Look) -> list[Flowable]:
    letters()
    return [
        *_head(facts, said, look),
        _rule(look),
        _rows(_who(facts), look),
        _rule(look),
        _rows(_sums(facts), look, _NAMES_PART),
        _total(facts, look),
        _rule(look),
        _rows(_money(facts), look),
        *_foot(said, look),
    ]


def _head(facts: ReceiptFacts, said: Said, look: _Look) -> list[Flowable]:
    middle = look.style(at=MIDDLE)
    seller = [facts.seller_name, facts.seller_address, said.phone]
    if facts.seller_tax_id:
        seller.append(_("Mã số thuế %(tax_id)s", tax_id=facts.seller_tax_id))
    head = f"{_('Số')} {facts.number} · {_when(facts.issued_ms)}{' · DEMO' if facts.demo else ''}"
    big = look.style(bold=True, larger=6, at=MIDDLE)
    bold = look.style(bold=True, at=MIDDLE)
    return [
        Paragraph(words(_("Biên nhận")), big),
        Paragraph(words(head), middle),
        Spacer(0, 4),
        Paragraph(words(seller[0]), bold),
        *(Paragraph(words(line), middle) for line in seller[1:] if line),
    ]


def _who(facts: ReceiptFacts) -> list[tuple[str, str]]:
    buyer = f"{facts.buyer_name}\n{facts.buyer_phone_masked}"
    return [(_("Người mua"), buyer), (_("Mã đơn"), facts.code)]


def _sums(facts: ReceiptFacts) -> list[tuple[str, str]]:
    rows = [
        (
            f"{line.name}\n{line.packs} × {format_vnd(line.unit_price_vnd)} /{line.unit_word}",
            format_vnd(line.amount_vnd),
        )
        for line in facts.lines
    ]
    if facts.fee_label:
        rows.append((facts.fee_label, format_vnd(facts.fee_vnd)))
    if facts.discount_vnd:
        rows.append((facts.discount_label, f"−{format_vnd(facts.discount_vnd)}"))
    return rows


def _total(facts: ReceiptFacts, look: _Look) -> Flowable:
    big = look.style(bold=True, larger=2)
    right = look.style(bold=True, larger=2, at=RIGHT)
    pair = [Paragraph(words(_("Tổng cộng")), big), Paragraph(_amount(facts.total_vnd), right)]
    spoken = Paragraph(words(f"{_('Bằng chữ')}: {facts.total_words}"), look.style())
    spans = TableStyle([*_TIGHT, ("SPAN", (0, 1), (1, 1))])
    return Table([pair, [spoken, ""]], colWidths=[look.room * 0.5] * 2, style=spans)


def _money(facts: ReceiptFacts) -> list[tuple[str, str]]:
    rows = [(_("Cách trả"), method_words(facts.method))]
    if facts.account_masked:
        rows.append((_("Vào tài khoản"), f"{facts.account_masked}\n{facts.bank_name}"))
    if facts.bank_references:
        rows.append((_("Mã giao dịch"), ", ".join(facts.bank_references)))
    if facts.card_references:
        rows.append((_("Mã giao dịch thẻ"), ", ".join(facts.card_references)))
    return [*rows, (_("Tiền về lúc"), _when(facts.paid_ms))]


def _foot(said: Said, look: _Look) -> list[Flowable]:
    middle, bold = look.style(at=MIDDLE), look.style(bold=True, at=MIDDLE)
    told = [Paragraph(words(line), bold) for line in said.standing]
    if said.invoice:
        told.append(Paragraph(words(said.invoice), middle))
    return [
        _Code(said.check_url, look.room, look.qr),
        Paragraph(words(_("Quét mã để kiểm tra chữ ký của biên nhận này.")), middle),
        Spacer(0, 4),
        *told,
        Paragraph(words(_("Không phải hóa đơn GTGT")), bold),
    ]


_TIGHT = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def _rows(rows: list[tuple[str, str]], look: _Look, left_part: float = 0.34) -> Flowable:
    left, right = look.style(), look.style(at=RIGHT)
    cells = [[Paragraph(words(a), left), Paragraph(words(b), right)] for a, b in rows]
    widths = [look.room * left_part, look.room * (1 - left_part)]
    return Table(cells, colWidths=widths, style=TableStyle(_TIGHT))


def _rule(look: _Look) -> Flowable:
    return HRFlowable(width=look.room, thickness=0.6, color="black", dash=(2, 2))


def _amount(amount_vnd: int) -> str:
    return words(format_vnd(amount_vnd))


def _when(at_ms: int) -> str:
    return f"{clock.in_vietnam(at_ms):%H:%M %d/%m/%Y}"
