"""Why a step of a case is refused, one class each."""

from core.errors import N_, BadRequest, DomainError


class CaseOver(DomainError):
    """The case has its outcome, or was taken back."""

    code = "case_over"
    status = 409
    message = N_("Việc này đã xong rồi. Bạn tải lại trang để xem kết quả nhé.")


class NotYoursToReject(DomainError):
    """An officer looks at it, so the seller cannot end it with a refusal any more."""

    code = "case_with_officer"
    status = 409
    message = N_(
        "Cán bộ đang xem việc này nên người bán không từ chối được nữa. "
        "Bạn vẫn có thể hoàn tiền, đổi hàng hoặc ghi nợ cho khách."
    )


class SellerHasTime(DomainError):
    """An officer decides only when the seller's time is over."""

    code = "case_with_seller"
    status = 409
    message = N_("Người bán còn thời gian trả lời. Khi quá hạn, chợ chuyển việc này cho cán bộ.")


class NothingToRefund(DomainError):
    """No bank money of this thing is here that could go back; `most` đồng are left of what was paid."""

    code = "case_refund_too_much"
    status = 409
    message = N_("Chỉ hoàn được số khách đã trả cho đơn này, còn lại %(most)s đồng.")

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class TooLateToDispute(DomainError):
    """The outcome is an officer's, older than a week, or was taken to an officer before."""

    code = "case_final"
    status = 409
    message = N_("Kết quả này không nhờ cán bộ xem lại được nữa. Bạn gọi người bán nhé.")


class SumNeeded(BadRequest):
    """A refund or a credit without its sum."""

    message = N_("Bạn ghi số tiền nhé, kiểu 65.000 hoặc 65k.")

    def __init__(self) -> None:
        super().__init__(field="amount", why="needed for this outcome")


class WhoNeeded(BadRequest):
    """The device has given no number, and the form has none: nobody could be answered."""

    message = N_("Bạn để lại số điện thoại để người bán trả lời nhé.")

    def __init__(self) -> None:
        super().__init__(field="phone", why="needed on a new device")
