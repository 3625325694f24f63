"""Reasons for which a decision at the desk is refused."""

from core.errors import N_, DomainError


class LineDecided(DomainError):
    """Somebody decided about the line since it was looked at."""

    code = "line_decided"
    status = 409
    message = N_("Có người vừa xử lý khoản này rồi. Bạn xem lại bên dưới rồi hãy quyết nhé.")


class LineNotWaiting(DomainError):
    """Nothing of the line waits for a person: it has its place, or nothing was decided to take back."""

    code = "line_not_waiting"
    status = 409
    message = N_("Khoản này không còn chờ ai xử lý. Bạn tải lại trang để xem nó đang ở đâu nhé.")


class SharesOff(DomainError):
    """The shares of a split do not sum to the line; `left` đồng are missing, or too many where negative."""

    code = "shares_off"
    status = 422
    message = N_(
        "Các phần chia chưa bằng số tiền đã nhận: còn lệch %(left)s đ. Bạn sửa lại cho khớp nhé."
    )


class NothingOwed(DomainError):
    """The payment `code` is filled already: more for it would only have to go back."""

    code = "nothing_owed"
    status = 409
    message = N_("Đơn %(code)s đã đủ tiền rồi. Bạn chọn đơn khác, hoặc ghi là phải trả lại khách.")


class NoSuchPayment(DomainError):
    """The seller has no payment under `code`."""

    code = "no_such_payment"
    status = 422
    message = N_("Không có đơn nào mang mã “%(code)s”. Bạn xem lại mã giúp nhé.")
