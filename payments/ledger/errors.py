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
