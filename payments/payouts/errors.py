"""Reasons for which steps of the payees' book and of pay runs are refused."""

from core.errors import N_, DomainError


class AlreadyReversed(DomainError):
    """The entry was taken back before."""

    code = "already_reversed"
    status = 409
    message = N_("Khoản này đã được hủy rồi.")


class EntryNotYours(DomainError):
    """The entry follows from sales or from the bank: no person may take it back."""

    code = "entry_not_by_hand"
    status = 409
    message = N_("Dòng này do sổ tự tính từ đơn hàng và ngân hàng, không hủy tay được.")
