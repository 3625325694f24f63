"""Why a voucher is not taken, one class each, in words for the buyer; and what makes no voucher."""

from core.errors import N_, BadRequest, DomainError
from core.money import format_vnd


class VoucherRefused(DomainError):
    """The order cannot have this voucher; the subclasses say why. Nothing was ordered."""

    status = 409


class VoucherUnknown(VoucherRefused):
    """No voucher of that code counts with this seller now."""

    code = "voucher_unknown"
    message = N_(
        "Người bán này không có mã giảm giá “%(voucher)s”. Bạn xem lại mã, hoặc bỏ trống ô này."
    )

    def __init__(self, voucher: str) -> None:
        super().__init__(voucher=voucher)


class VoucherNotNow(VoucherRefused):
    """It counts from another day on, or no longer."""

    code = "voucher_not_now"
    message = N_(
        "Mã giảm giá này chưa tới ngày hoặc đã hết hạn. Bạn bỏ trống ô mã để đặt như thường nhé."
    )


class VoucherUsedUp(VoucherRefused):
    """All its uses, or all its money, are taken."""

    code = "voucher_used_up"
    message = N_("Mã giảm giá này đã có người dùng hết. Bạn bỏ trống ô mã để đặt như thường nhé.")


class VoucherUsedByYou(VoucherRefused):
    """This buyer has used it as often as one may."""

    code = "voucher_used_by_you"
    message = N_("Bạn đã dùng mã giảm giá này rồi. Bạn bỏ trống ô mã để đặt như thường nhé.")


class VoucherFromMore(VoucherRefused):
    """The goods come to too little; `from_vnd` is what they must come to."""

    code = "voucher_from_more"
    message = N_(
        "Mã này dùng cho đơn từ %(from_words)s tiền hàng. Bạn chọn thêm, hoặc bỏ trống ô mã."
    )

    def __init__(self, from_vnd: int) -> None:
        super().__init__(from_vnd=from_vnd, from_words=format_vnd(from_vnd))


class VoucherCodeTaken(DomainError):
    """The same owner has a voucher of that code already."""

    code = "voucher_code_taken"
    status = 409
    message = N_("Mã này đã có rồi. Bạn đặt mã khác nhé.")


class BadVoucher(BadRequest):
    """Its code, worth or days make no voucher; `field` says which."""

    message = N_("Mã giảm giá chưa đúng ở ô “%(field)s”. Bạn xem lại giúp nhé.")
