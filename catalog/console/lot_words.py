"""What lots are said to be on the desk's pages: states, origins, what happened to them."""

from flask_babel import gettext as _

from catalog.lots.facts import LotFacts
from catalog.lots.rules import said
from catalog.lots.run_trouble import PAST, PROMISED, TOO_SMALL, Trouble
from core.quantity import format_quantity

States = dict[str, tuple[str, str]]


def states() -> States:
    """The word for each state and the tint of its tag."""
    return {
        "quarantine": (_("Cách ly"), "wait"),
        "available": (_("Bán được"), "ok"),
        "blocked": (_("Đang chặn"), "bad"),
        "recalled": (_("Thu hồi"), "bad"),
        "spent": (_("Đã khép"), ""),
    }


def tag(lot: LotFacts) -> tuple[str, str]:
    """The word a lot goes by, the same wherever it stands, and the tint of its tag."""
    if not lot.quantity and lot.state in {"available", "quarantine"}:
        return _("Đã hết"), ""
    if lot.origin == "return" and lot.state == "quarantine":
        return _("Chờ xem"), "wait"
    return states()[lot.state]


def origins() -> dict[str, str]:
    """Where a lot comes from."""
    return {
        "harvest": _("Thu hoạch"),
        "run": _("Mẻ chế biến"),
        "merge": _("Gộp lô"),
        "split": _("Tách lô"),
        "regrade": _("Phân loại lại"),
        "return": _("Khách trả"),
        "opening": _("Tồn đầu"),
    }


def happened() -> dict[str, str]:
    """What happened to a lot: movements of goods, and changes of its state."""
    return {
        "receive": _("Nhập"),
        "recount": _("Kiểm kê"),
        "spoil": _("Hao hụt"),
        "transfer": _("Chuyển"),
        "consume": _("Đưa vào mẻ"),
        "produce": _("Ra mẻ"),
        "returned": _("Khách trả"),
        "sell": _("Bán tại chỗ"),
        "ship": _("Giao khách"),
        "recorded": _("Ghi sổ"),
        "produced": _("Ghi sổ"),
        "released": _("Mở bán"),
        "cleared": _("Hết cách ly, mở bán"),
        "blocked": _("Chặn bán"),
        "expired": _("Quá ngày bán, tự chặn"),
        "recalled": _("Thu hồi"),
        "spent": _("Khép lô"),
        "undone": _("Bỏ phiếu trả ghi nhầm"),
    }


def trouble(lot: LotFacts, found: Trouble) -> str:
    """Why a lot cannot go into a run as it was weighed in, and what to do."""
    much = format_quantity(found.left, lot.base_unit)
    said_of = {
        "blocked": _("Lô đang bị chặn, không dùng được."),
        "recalled": _("Lô đã thu hồi, không dùng được."),
        "spent": _("Lô đã khép, không còn gì."),
        PAST: _("Lô đã quá ngày bán, không dùng được."),
        TOO_SMALL: _("Lô chỉ còn %(much)s dùng được.", much=much),
        PROMISED: _("Món này chỉ còn %(much)s chưa hứa cho khách. Bạn bớt lại nhé.", much=much),
    }
    return said_of[found.why]


def standing(lot: LotFacts) -> str:
    """One sentence on what may be done with a lot now and why."""
    if not lot.quantity and lot.state in {"available", "quarantine"}:
        return _("Đã hết: không còn gì của lô này trong kho.")
    if lot.state == "quarantine" and lot.waits_for == "interval" and lot.clear_on:
        return _("Đang cách ly thuốc: bán được từ %(day)s.", day=said(lot.clear_on))
    if lot.state == "quarantine" and lot.origin == "return":
        return _("Hàng khách trả, chưa bán được: chờ người xem còn tốt hay hỏng.")
    if lot.state == "quarantine":
        return _("Chờ người xem hàng rồi mới mở bán.")
    if lot.state == "blocked":
        return _("Đang chặn bán: %(why)s.", why=_(lot.why) if lot.why else _("không ghi lý do"))
    if lot.state == "recalled":
        return _("Đã thu hồi: không bán nữa, gọi cho người đã nhận.")
    if lot.state == "spent":
        return _("Lô đã khép.")
    if lot.removes_on:
        return _("Bán được tới hết %(day)s.", day=said(lot.removes_on))
    return _("Bán được.")
