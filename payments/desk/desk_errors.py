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


class OwedWithOrder(DomainError):
    """The money is the payment `code`'s, so what goes back of it is begun there."""

    code = "owed_with_order"
    status = 409
    message = N_(
        "Tiền này là của đơn %(code)s. Bạn trả lại khách ở trang hoàn tiền của đơn đó nhé."
    )


class MoreThanSetAside(DomainError):
    """Only `left` is still to go back to people who belong to no payment."""

    code = "more_than_set_aside"
    status = 409
    message = N_("Chỉ còn %(left)s phải trả lại người chuyển nhầm. Bạn xem lại khoản này giúp nhé.")


class RestUnsaid(DomainError):
    """`left` đồng of a line that paid members are left, and nobody said for what."""

    code = "rest_unsaid"
    status = 422
    message = N_("Khoản này còn dư %(left)s đ. Bạn chọn phần dư đó là gì nhé.")


class OnTopOfPayment(DomainError):
    """Money on top of the payment `code` cannot become a person's own: its buyer may want it back."""

    code = "on_top_of_payment"
    status = 409
    message = N_("Tiền này khách trả dư cho đơn %(code)s nên chỉ ghi được là thu khác, tiền khác.")


class NoSuchDue(DomainError):
    """Nothing of that name is still to be paid."""

    code = "no_such_due"
    status = 422
    message = N_("Bạn chọn hóa đơn còn phải trả giúp nhé.")


class MoreThanDue(DomainError):
    """Only `left` is still to be paid."""

    code = "more_than_due"
    status = 409
    message = N_("Chỉ còn %(left)s phải trả mà khoản này nhiều hơn. Bạn xem lại giúp nhé.")


class WentBack(DomainError):
    """Money set aside for a stranger went back already, so it can be nobody else's."""

    code = "went_back"
    status = 409
    message = N_("Tiền này đã chuyển trả người gửi rồi nên không lấy lại được.")


class NoSuchPayment(DomainError):
    """The seller has no payment under `code`."""

    code = "no_such_payment"
    status = 422
    message = N_("Không có đơn nào mang mã “%(code)s”. Bạn xem lại mã giúp nhé.")
