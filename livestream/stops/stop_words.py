"""Why a show was stopped and how a frozen order stands, in the language of the request."""

from flask_babel import gettext as _

from shop.ordering.freezes import REFUND, RELEASE, FreezeFacts


def reasons() -> dict[str, str]:
    """By code (`stops.REASONS`), in the order of the list."""
    return {
        "forbidden": _("Hàng cấm hoặc không được phép bán"),
        "unsafe": _("Thực phẩm không an toàn, không rõ nguồn gốc"),
        "false_claim": _("Quảng cáo sai sự thật"),
        "fraud": _("Dấu hiệu lừa đảo"),
        "harm": _("Xúc phạm, gây hại cho người khác"),
        "other": _("Lý do khác"),
    }


def rulings() -> dict[str, str]:
    """By code (`freezes.RULINGS`)."""
    return {RELEASE: _("Cho giao tiếp"), REFUND: _("Hủy đơn, hoàn tiền khách")}


def standing(order: FreezeFacts) -> tuple[str, str]:
    """How a frozen order stands, and the kind of its tag."""
    if order.ruling == RELEASE:
        return _("Đã cho giao tiếp"), "ok"
    if order.ruling == REFUND:
        return _("Đã hủy, hoàn tiền"), "bad"
    return (_("Chờ quyết định"), "wait") if order.waits else (_("Đã hủy trước đó"), "")
