"""Why the packing desk says no, one class each; all are said to somebody with a box in their hands."""

from core.errors import N_, BadRequest, DomainError


class AlreadyPacked(DomainError):
    """Somebody else was quicker: `by` finished the order at `at` (Vietnam's clock)."""

    code = "already_packed"
    status = 409
    message = N_(
        "Đơn %(order)s đã được %(by)s đóng xong lúc %(at)s. Bạn mở thùng vừa đóng ra, kẻo giao hai lần."
    )

    def __init__(self, order: str, by: str, at: str) -> None:
        super().__init__(order=order, by=by, at=at)


class NotToPack(DomainError):
    """The order is not paid (yet), was cancelled, or has left the house."""

    code = "not_to_pack"
    status = 409
    message = N_(
        "Đơn %(order)s không phải đóng nữa: đã hủy, chưa trả tiền hoặc đã giao. "
        "Bạn cất hàng lại lên kệ nhé."
    )

    def __init__(self, order: str) -> None:
        super().__init__(order=order)


class OrderChanged(DomainError):
    """What was packed is not what the order asks for any more."""

    code = "order_changed"
    status = 409
    message = N_("Đơn %(order)s vừa đổi. Bạn tải lại trang, xem lại từng món rồi đóng nhé.")

    def __init__(self, order: str) -> None:
        super().__init__(order=order)


class NothingInside(DomainError):
    """Every line is short: there is no box to close."""

    code = "nothing_inside"
    status = 409
    message = N_(
        "Không còn món nào trong thùng. Hết cả đơn thì bạn hủy đơn với lý do hết hàng nhé."
    )


class TooLight(DomainError):
    """The scales say less than what was ordered; `least` is that in words."""

    code = "too_light"
    status = 409
    message = N_(
        "%(name)s chưa đủ cân: cần ít nhất %(least)s. Bạn thêm cho đủ, hoặc báo thiếu món này."
    )

    def __init__(self, name: str, least: str) -> None:
        super().__init__(name=name, least=least)


class TooHeavy(DomainError):
    """The scales say more than twice what was ordered: most likely a slip of the thumb."""

    code = "too_heavy"
    status = 409
    message = N_("%(name)s nặng hơn gấp đôi số đặt (%(least)s). Bạn xem lại số cân vừa gõ nhé.")

    def __init__(self, name: str, least: str) -> None:
        super().__init__(name=name, least=least)


class LotNotServing(DomainError):
    """The lot in the packer's hand may not be sold, or nothing of it is free; `lot` is its code."""

    code = "lot_not_serving"
    status = 409
    message = N_("Lô %(lot)s không còn bán được hoặc đã hết. Bạn lấy lô khác giúp nhé.")

    def __init__(self, lot: str) -> None:
        super().__init__(lot=lot)


class NoPapersAsked(BadRequest):
    """Labels or slips are wanted, and no order was chosen."""

    message = N_("Bạn chọn ít nhất một đơn để in nhé.")

    def __init__(self) -> None:
        super().__init__(field="order", why="none chosen")


class TooManyPapers(BadRequest):
    """More orders than one file of labels holds; `most` is how many it does."""

    message = N_("Một lần in nhiều nhất %(most)s đơn. Bạn in làm mấy lần nhé.")

    def __init__(self, most: int) -> None:
        super().__init__(field="order", why="too many")
        self.data["most"] = most
