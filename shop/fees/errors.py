"""Why something about platform fees is refused, one class each."""

from core.errors import N_, BadRequest, DomainError


class BadFeeRule(BadRequest):
    """A rule that makes no sense, or would change the past; `field` says where."""

    message = N_("Quy tắc phí này chưa đúng. Bạn xem lại phần bị báo nhé.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class MonthNotOver(DomainError):
    """An invoice is asked for a month that still runs."""

    code = "month_not_over"
    status = 409
    message = N_("Tháng này chưa hết, hóa đơn phí lập khi sang tháng mới.")


class InvoicePaid(DomainError):
    """The invoice was paid already."""

    code = "fee_invoice_paid"
    status = 409
    message = N_("Hóa đơn phí này đã trả rồi.")
