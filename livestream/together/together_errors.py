"""Why selling together says no, beside what the live room and the market say already."""

from core.errors import N_, DomainError


class ElsewhereUnknown(DomainError):
    """The address is not of a place we know to show live sales."""

    code = "elsewhere_unknown"
    status = 422
    message = N_(
        "Chợ chỉ nhận đường dẫn của Facebook, TikTok, YouTube hoặc Zalo. Bạn chép lại cả đường dẫn nhé."
    )


class DaysTurned(DomainError):
    """A campaign would end before it begins."""

    code = "days_turned"
    status = 422
    message = N_("Ngày kết thúc đang trước ngày bắt đầu. Bạn xem lại giúp nhé.")
