"""Reasons for which a buyer's wish about money on top is refused."""

from core.errors import N_, DomainError


class NothingOnTop(DomainError):
    """Less is free to be moved than was asked: `left_vnd` đồng."""

    code = "nothing_on_top"
    status = 409
    message = N_(
        "Khoản chuyển thừa này không còn như lúc bạn xem. Bạn tải lại trang rồi chọn lại nhé."
    )

    def __init__(self, left_vnd: int) -> None:
        super().__init__(left_vnd=left_vnd)


class AsksNothing(DomainError):
    """The payment asks for no money now: it is paid, or its time is over."""

    code = "asks_nothing"
    status = 409
    message = N_("Đơn kia không còn chờ tiền nữa. Bạn tải lại trang rồi chọn lại nhé.")


class NoCredit(DomainError):
    """Nothing is kept there for this person any more."""

    code = "no_credit"
    status = 409
    message = N_("Số tiền bạn để dành ở đây đã dùng hết rồi.")


class BuyerChose(DomainError):
    """A buyer said where this money goes; only they say otherwise."""

    code = "buyer_chose"
    status = 409
    message = N_(
        "Khách đã chọn tiền này đi đâu, nên bạn không lấy lại được nữa. Bạn gọi khách nhé."
    )
