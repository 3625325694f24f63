"""Reasons for which steps of the payees' book and of pay runs are refused."""

from core.errors import N_, DomainError


class AlreadyReversed(DomainError):
    """The entry was taken back before."""

    code = "already_reversed"
    status = 409
    message = N_("Khoản này đã được hủy rồi.")


class BackTooMuch(DomainError):
    """A line that came brought back more than was paid, or is said to be of several payouts."""

    code = "back_too_much"
    status = 409
    message = N_("Tiền trả lại phải của đúng một người và không quá số đã trả. Bạn chọn lại nhé.")


class CashNeedsAnother(DomainError):
    """One person alone would have released too much: by lists and by hand, within 72 hours."""

    code = "cash_needs_another"
    status = 409
    message = N_(
        "Trong ba ngày, một người tự chi phải dưới %(limit)s. "
        "Bạn lập đợt trả để người khác duyệt, hoặc nhờ người khác trao tiền nhé."
    )

    def __init__(self, limit: str) -> None:
        super().__init__(limit=limit)


class EntryNotYours(DomainError):
    """The entry follows from sales or from the bank: no person may take it back."""

    code = "entry_not_by_hand"
    status = 409
    message = N_("Dòng này do sổ tự tính từ đơn hàng và ngân hàng, không hủy tay được.")


class LineTooSmall(DomainError):
    """Several payouts come to more than the line that is said to have paid them."""

    code = "line_too_small"
    status = 409
    message = N_(
        "Những người bạn chọn cộng lại nhiều hơn khoản tiền này. Bạn bỏ bớt, hoặc chọn từng người nhé."
    )


class MoreThanOwed(DomainError):
    """Less is owed to the payee than is to be paid, or some of it is on its way already."""

    code = "more_than_owed"
    status = 409
    message = N_("Chỉ còn nợ %(left)s chưa chi. Bạn trả không quá số này nhé.")

    def __init__(self, left: str) -> None:
        super().__init__(left=left)


class NoPayeeAccount(DomainError):
    """Somebody in the list has no account."""

    code = "no_payee_account"
    status = 409
    message = N_("%(name)s chưa có số tài khoản. Bạn ghi tài khoản hoặc trả tiền mặt nhé.")

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class PayoutMoved(DomainError):
    """What the line paid was sent back since: that is to be undone first."""

    code = "payout_moved"
    status = 409
    message = N_("Khoản này sau đó bị ngân hàng trả lại. Bạn lấy lại dòng tiền trả về trước nhé.")


class PayoutNotWaiting(DomainError):
    """The payout is paid or sent back already, or its list was never agreed."""

    code = "payout_not_waiting"
    status = 409
    message = N_("Có người trong danh sách không còn chờ khoản này. Bạn tải lại trang để xem nhé.")


class RunEmpty(DomainError):
    """Nobody was chosen for a pay run."""

    code = "run_empty"
    status = 400
    message = N_("Bạn chọn ít nhất một người để trả nhé.")


class RunNotOpen(DomainError):
    """The list was agreed or cancelled before."""

    code = "run_not_open"
    status = 409
    message = N_("Đợt trả này đã duyệt hoặc đã hủy rồi.")
