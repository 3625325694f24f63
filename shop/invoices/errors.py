"""Why something about an invoice is refused, one class each, in words for whoever asked."""

from core.errors import N_, BadRequest, DomainError


class BadTaxCode(BadRequest):
    """It is no tax code: another length, or its check digit does not fit."""

    message = N_(
        "Mã số thuế chưa đúng: 10 số, thêm -001 nếu là chi nhánh, hoặc 12 số căn cước. "
        "Bạn dò lại từng số nhé."
    )

    def __init__(self) -> None:
        super().__init__(field="tax_code")


class BadInvoiceLink(BadRequest):
    """The link is no https address."""

    message = N_("Đường dẫn hóa đơn phải bắt đầu bằng https://. Không có thì bạn để trống.")

    def __init__(self) -> None:
        super().__init__(field="url")


class NoInvoiceNow(DomainError):
    """The order is not sold, or its goods came more than thirty days ago."""

    code = "no_invoice_now"
    status = 409
    message = N_(
        "Hóa đơn xin được khi đơn đã được giữ hàng, tới 30 ngày sau khi nhận. "
        "Cần gì thêm, bạn gọi người bán nhé."
    )


class InvoiceChanged(DomainError):
    """The buyer corrected what the invoice has to say since the page was loaded."""

    code = "invoice_changed"
    status = 409
    message = N_("Khách vừa sửa thông tin hóa đơn. Bạn xem lại rồi trả lời nhé.")
