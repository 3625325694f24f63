"""What notices say when an officer stopped a show: to who held, who ordered, who sold, and to officers."""

from core.errors import N_
from shop.notices.kinds import ALL, LETTER, WITH_CALL, Kind

STOPS: dict[str, Kind] = {
    "show_stopped": Kind(
        ALL,
        N_("Phiên live đã bị dừng"),
        N_(
            "Phiên %(title)s bị dừng theo yêu cầu của cơ quan quản lý. Hàng bạn giữ không còn nữa, bạn"
            " không phải trả gì."
        ),
    ),
    "show_stopped_seller": Kind(
        ALL,
        N_("Phiên %(title)s bị dừng"),
        N_("%(office)s dừng phiên %(title)s. Lý do: %(why)s. Bạn mở ra đọc và trả lời nhé."),
        urgent=True,
    ),
    "stop_answered": Kind(
        LETTER,
        N_("Người bán trả lời: %(title)s"),
        N_("%(seller)s trả lời về việc dừng phiên %(title)s."),
    ),
    "order_stopped": Kind(
        WITH_CALL,
        N_("Đơn %(code)s đã hủy"),
        N_(
            "Phiên live của %(seller)s bị dừng nên đơn %(code)s đã hủy. Bạn đừng trả tiền nữa; đã trả"
            " thì được hoàn."
        ),
    ),
    "order_frozen": Kind(
        WITH_CALL,
        N_("Đơn %(code)s đang tạm giữ"),
        N_(
            "Phiên live của %(seller)s bị dừng. Đơn %(code)s chờ cán bộ quyết định: giao tiếp, hoặc"
            " hoàn tiền cho bạn."
        ),
    ),
    "order_goes_on": Kind(
        LETTER,
        N_("Đơn %(code)s được giao tiếp"),
        N_("Cán bộ đã xem đơn %(code)s: %(seller)s giao hàng tiếp cho bạn."),
    ),
}
