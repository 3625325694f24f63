"""Why cash is not taken, or a purse not closed: one class each."""

from core.errors import N_, DomainError


class CashDiffers(DomainError):
    """Another sum was taken than is owed; `due` says what is owed, `took` what was taken."""

    code = "cash_differs"
    status = 409
    message = N_("Kiện này phải thu %(due)s, bạn ghi đã thu %(took)s. Bạn xem lại số tiền nhé.")

    def __init__(self, due: str, took: str) -> None:
        super().__init__(due=due, took=took)


class PurseOpen(DomainError):
    """This person has an open purse at this seller already."""

    code = "purse_open"
    status = 409
    message = N_("Bạn đang có một túi tiền chưa đếm. Bạn đếm và đóng túi đó trước nhé.")


class PurseClosed(DomainError):
    """The purse was counted and closed; nothing goes in or out any more."""

    code = "purse_closed"
    status = 409
    message = N_("Túi tiền này đã đếm và đóng rồi. Bạn mở túi mới nhé.")


class PurseTooSmall(DomainError):
    """More is taken out than the purse holds; `left` says how much that is."""

    code = "purse_too_small"
    status = 409
    message = N_("Trong túi theo sổ chỉ có %(left)s. Bạn xem lại số tiền nhé.")

    def __init__(self, left: str) -> None:
        super().__init__(left=left)
