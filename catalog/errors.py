"""The catalogue's own reasons to say no (running short is `core.errors.OutOfStock`)."""

from core.errors import N_, DomainError
from core.quantity import BadQuantity


class HoldGone(DomainError):
    """What was kept for this holder is no longer kept: it ran out, was let go, or never was."""

    code = "hold_gone"
    status = 409
    message = N_("Đã hết giờ giữ hàng cho bạn, hàng được trả về quầy. Bạn đặt lại giúp nhé.")


class AllotmentClosed(DomainError):
    """The part set aside for a live sale was given back; nothing more can be sold from it."""

    code = "allotment_closed"
    status = 409
    message = N_("Phần hàng dành cho phiên live này đã đóng. Bạn mua ở cửa hàng giúp nhé.")


class MoreThanTaken(DomainError):
    """More was to be given back or kept than had been taken; `taken` is what there was (base units)."""

    code = "more_than_taken"
    status = 409
    message = N_("Số lượng trả lại nhiều hơn số đã giữ. Bạn tải lại trang rồi làm lại nhé.")

    def __init__(self, taken: int) -> None:
        super().__init__(taken=taken)


class LotTooSmall(DomainError):
    """A lot has less at that point than was to be taken; `left` base units of it are nobody's."""

    code = "lot_too_small"
    status = 409
    message = N_("Lô này không còn đủ số lượng đó. Bạn xem lại số còn trong lô nhé.")

    def __init__(self, left: int) -> None:
        super().__init__(left=left)


class BelowNothing(BadQuantity):
    """Less than nothing was counted, or is said to have come: nothing at all would be an answer."""

    code = "below_nothing"
    message = N_("Số đếm được không thể dưới 0. Hết sạch thì ghi 0, còn bao nhiêu ghi bấy nhiêu.")


class TooLargeQuantity(DomainError):
    """More was written down than any barn holds: a slip of the finger."""

    code = "too_large_quantity"
    message = N_("Số lượng lớn quá mức có thể có. Bạn xem lại đơn vị và số không giúp nhé.")


class LotClosed(DomainError):
    """Goods were to be laid to a lot that was closed because nothing of it was left."""

    code = "lot_closed"
    status = 409
    message = N_("Lô này đã khép vì hết hàng. Bạn mở bán lại lô rồi ghi tiếp nhé.")


class LotsMissing(DomainError):
    """No lot can serve all of an order that is to be handed over; `missing` base units."""

    code = "lots_missing"
    status = 409
    message = N_("Chưa đủ lô hàng cho đơn này. Bạn nhập thêm hàng hoặc giao thiếu cho khách nhé.")

    def __init__(self, missing: int) -> None:
        super().__init__(missing=missing)
