"""Reasons for which the ledger refuses an entry."""

from core.errors import N_, DomainError


class EntryConflict(DomainError):
    """The fact was booked already, with other sums: one of the two is wrong."""

    code = "ledger_conflict"
    status = 409
    message = N_("Khoản này đã ghi sổ với số tiền khác. Bạn tải lại trang và xem lại giúp nhé.")

    def __init__(self, key: str) -> None:
        super().__init__(key=key)


class NotReversible(DomainError):
    """The entry follows from other rows (a bank line, a placed part): change those, not the entry."""

    code = "ledger_not_reversible"
    status = 409
    message = N_("Bút toán này do hệ thống tự ghi theo ngân hàng nên không đảo tay được.")


class MonthNotOver(DomainError):
    """A month that still lasts cannot be closed: money of it is still to come."""

    code = "month_not_over"
    status = 409
    message = N_("Tháng này chưa hết nên chưa khóa sổ được. Bạn quay lại sau ngày cuối tháng nhé.")


class MonthClosed(DomainError):
    """The month was closed, by this person or another."""

    code = "month_closed"
    status = 409
    message = N_("Tháng này đã khóa sổ rồi.")


class OpeningKnown(DomainError):
    """A beginning was said for the account, or taken back, since the page was looked at."""

    code = "opening_known"
    status = 409
    message = N_("Số dư ban đầu của chỗ này vừa có người ghi. Bạn tải lại trang để xem nhé.")


class OpeningTooLate(DomainError):
    """Money moved on the account before that day (`day` is when): it would count twice."""

    code = "opening_too_late"
    status = 409
    message = N_("Sổ đã có tiền ra vào từ %(day)s. Bạn ghi số dư của đầu ngày ấy hoặc sớm hơn nhé.")
