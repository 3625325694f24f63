"""Why cash is not taken, a purse not closed, a carrier's list not settled: one class each."""

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


class NothingListed(DomainError):
    """No line of what was pasted names an order with a sum."""

    code = "nothing_listed"
    status = 400
    message = N_("Không đọc được đơn nào. Mỗi dòng cần mã đơn (hoặc mã kiện) và số tiền thu hộ.")


class ListTooLong(DomainError):
    """More lines than one list may have; `most` is how many."""

    code = "list_too_long"
    status = 400
    message = N_("Bảng kê dài quá. Bạn chia nhỏ, mỗi lần nhiều nhất %(most)s dòng.")

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class ListDoesNotAddUp(DomainError):
    """The list less its fees is not what the bank brought: `listed` against `came`."""

    code = "list_does_not_add_up"
    status = 409
    message = N_("Bảng kê trừ phí còn %(listed)s, ngân hàng báo về %(came)s. Bạn kiểm tra lại nhé.")

    def __init__(self, listed: str, came: str) -> None:
        super().__init__(listed=listed, came=came)


class ListHasFaults(DomainError):
    """Lines of the list cannot be settled; `codes` names their orders."""

    code = "list_has_faults"
    status = 409
    message = N_("Có dòng chưa khớp: %(codes)s. Chưa ghi gì; bạn sửa bảng kê rồi làm lại nhé.")

    def __init__(self, codes: str) -> None:
        super().__init__(codes=codes)
