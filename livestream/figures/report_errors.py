"""Why a report refuses."""

from core.errors import N_, DomainError


class ReportClosed(DomainError):
    """The seven days are over: the figures stand."""

    code = "report_closed"
    status = 409
    message = N_(
        "Báo cáo đã chốt sau 7 ngày, số không đổi nữa. Có gì cần sửa, bạn ghi vào phần ghi chú."
    )


class BadDeclaredSum(DomainError):
    """What was typed is no sum of money."""

    code = "bad_declared_sum"
    status = 422
    message = N_("Chưa đọc được số tiền. Bạn ghi như 150.000 hoặc 150k.")
