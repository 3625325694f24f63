"""Labels and slips as one PDF of A6 pages, for a label printer or four to a sheet.

Black on white only, with big words: it is read in a shed at five in the morning. The font is Be Vietnam
Pro, which has every letter of Vietnamese; it comes with the packages, nothing is fetched. Papers are the
market's Vietnamese whoever prints them: they are for the driver and the buyer.
Source: docs/adr/0023-packing-desk.md.
"""

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from core import clock
from core.money import format_vnd
from shop.packing.drawing import A6, MARGIN, ROOM, Ink, Pen, Spot
from shop.packing.papers import LabelFacts, Parcel, SlipFacts, SlipLine

_LEFT, _TOP = MARGIN, A6[1] - MARGIN
_QR = 102.0
_SMALL_QR = 62.0
_FOOT = MARGIN + _SMALL_QR + 8
_INSIDE = 14.0
_HANGS = 30.0
_WHAT = Ink(10)
_LOT = Ink(7.5)
_NOTE = Ink(9)
_NOTE_LINES = 3
_NO_BREAK = "\u00a0"
_NOTE_HEIGHT = 44.0


def pdf(parcels: Sequence[Parcel], *, labels: bool = True, slips: bool = True) -> bytes:
    """The file: each parcel's label, then its slips; a slip that is long goes on over more pages."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A6, pageCompression=1)
    canvas.setTitle("Nhãn và phiếu đóng hàng")
    pen = Pen(canvas)
    for parcel in parcels:
        if labels:
            _label(pen, parcel.label)
        for slip in parcel.slips if slips else ():
            _slip(pen, slip)
    canvas.save()
    return file.getvalue()


def _label(pen: Pen, label: LabelFacts) -> None:
    y = _head(pen, label.seller_name, label.seller_phone)
    y = pen.text("NGƯỜI NHẬN", Spot(_LEFT, y - 14), Ink(7.5))
    y = pen.fitted(label.name, Spot(_LEFT, y - 19))
    y = pen.text(label.phone, Spot(_LEFT, y - 21), Ink(17, bold=True))
    y = pen.block(label.address or label.way, Spot(_LEFT, y - 17), Ink(11.5), 4)
    if label.address:
        y = pen.block(label.way, Spot(_LEFT, y - 13), Ink(8.5), 2)
    _money(pen, label, y - 12)
    _label_foot(pen, label)
    pen.page()


def _head(pen: Pen, seller: str, right: str) -> float:
    """From whom, over a woven band; returns where to go on."""
    pen.right(right, _TOP - 9, Ink(8.5))
    pen.block(seller, Spot(_LEFT, _TOP - 9, ROOM - 78), Ink(10, bold=True), 1)
    return pen.band(_TOP - 22)


def _money(pen: Pen, label: LabelFacts, y: float) -> None:
    """What the driver collects, in a black box nobody overlooks; or that nothing is to be paid."""
    if label.cash_vnd:
        pen.box(f"THU KHI GIAO  {format_vnd(label.cash_vnd)}", y, 14)
    else:
        pen.frame("ĐÃ TRẢ TIỀN · KHÔNG THU THÊM", y, 10)


def _label_foot(pen: Pen, label: LabelFacts) -> None:
    """The code to scan, and to type where no camera will."""
    pen.qr(label.label_code, _LEFT - 8, MARGIN - 8, _QR)
    x = _LEFT + _QR - 4
    gift = " · quà tặng" if label.is_gift else ""
    y = pen.text("MÃ KIỆN", Spot(x, MARGIN + 74), Ink(7.5))
    y = pen.fitted(label.spoken, Spot(x, y - 19))
    y = pen.block(f"{label.count} gói{gift}", Spot(x, y - 16), Ink(10), 1)
    pen.block("Đơn " + ", ".join(label.codes), Spot(x, y - 13), Ink(8), 3)


def _slip(pen: Pen, slip: SlipFacts) -> None:
    y = _slip_head(pen, slip)
    for line in slip.lines:
        if y - _height(pen, line) < _FOOT:
            y = _next_page(pen, slip)
        y = _line(pen, line, y)
    if slip.gift_note:
        if y - _NOTE_HEIGHT < _FOOT:
            y = _next_page(pen, slip)
        pen.block(f"“{slip.gift_note}”", Spot(_LEFT, y - 14), _NOTE, _NOTE_LINES)
    _slip_foot(pen, slip)
    pen.page()


def _next_page(pen: Pen, slip: SlipFacts) -> float:
    _slip_foot(pen, slip)
    pen.page()
    return _slip_head(pen, slip)


def _slip_head(pen: Pen, slip: SlipFacts) -> float:
    y = _head(pen, slip.seller_name, slip.code)
    y = pen.text("PHIẾU ĐÓNG HÀNG", Spot(_LEFT, y - 15), Ink(12, bold=True))
    y = pen.block(f"Cho {slip.name}", Spot(_LEFT, y - 14), Ink(10), 1)
    return pen.rule(y - 6)


def _line(pen: Pen, line: SlipLine, y: float) -> float:
    """One thing: how many in the margin, what beside it, the lots under it."""
    x = _LEFT + (_INSIDE if line.inside else 0)
    pen.text(f"{line.count} ×", Spot(x, y - 13), Ink(11, bold=True))
    y = pen.block(_what(line), Spot(x + _HANGS, y - 13), _WHAT, 3)
    for lot in line.lots:
        y = pen.block(lot, Spot(x + _HANGS, y - 10.5), _LOT, 2)
    return y - 5


def _what(line: SlipLine) -> str:
    unit = line.unit.replace(" ", _NO_BREAK)
    weighed = f" · cân {line.weighed.replace(' ', _NO_BREAK)}" if line.weighed else ""
    return f"{line.name} ({unit}){weighed}"


def _height(pen: Pen, line: SlipLine) -> float:
    room = ROOM - _HANGS - (_INSIDE if line.inside else 0)
    lots = sum(len(pen.broken(lot, room, _LOT, 2)) for lot in line.lots)
    return 13 * len(pen.broken(_what(line), room, _WHAT, 3)) + 10.5 * lots + 5


def _slip_foot(pen: Pen, slip: SlipFacts) -> None:
    """Who packed it and when, and the way to where the goods come from."""
    x, y = _LEFT + (_SMALL_QR + 10 if slip.trace_url else 0), MARGIN + 42
    if slip.trace_url:
        pen.qr(slip.trace_url, _LEFT - 5, MARGIN - 5, _SMALL_QR + 10)
        y = pen.block("Quét để xem hàng từ đâu tới.", Spot(x, y), Ink(8.5), 2)
    y = pen.block(_said_of_packing(slip), Spot(x, y - 13), Ink(8.5), 2)
    pen.block("Phiếu này không phải hóa đơn.", Spot(x, y - 12), Ink(7.5), 1)


def _said_of_packing(slip: SlipFacts) -> str:
    if not slip.packed_ms:
        return "Lô gợi ý; đóng xong in lại để có lô thật."
    at = clock.in_vietnam(slip.packed_ms)
    return f"Đóng lúc {at:%H:%M %d/%m/%Y}" + (f", {slip.packer}" if slip.packer else "")
