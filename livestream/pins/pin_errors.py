"""Why a pin says no: flash windows, codes, and packs that are claimed already. One class each."""

from core.errors import N_, DomainError, OutOfStock


class FlashShort(OutOfStock):
    """Fewer packs than asked can still be had at the flash price: `left`."""

    message = N_("Giá giờ vàng chỉ còn %(left)s suất. Bạn giảm số lượng rồi chốt lại nhé.")


class FlashSoldOut(FlashShort):
    """The flash price has found all its buyers; in a moment the ordinary price is asked again."""

    message = N_("Giá giờ vàng vừa hết suất. Vài giây nữa bạn chốt lại được với giá thường.")

    def __init__(self) -> None:
        super().__init__(left=0)


class FlashTooShort(DomainError):
    """A flash window is below thirty seconds."""

    code = "flash_too_short"
    status = 409
    message = N_("Giờ vàng phải dài ít nhất 30 giây.")


class FlashNotLower(DomainError):
    """A flash price is not below what the pin costs."""

    code = "flash_not_lower"
    status = 409
    message = N_("Giá giờ vàng phải thấp hơn giá đang bán.")


class PacksClaimed(OutOfStock):
    """So many packs are claimed that the pin cannot sell fewer than `least`; `claims` says by whom."""

    message = N_(
        "Đã có người chốt %(least)s, không bớt xuống dưới số đó được. Người chốt: %(claims)s."
    )

    def __init__(self, left: int, least: int, claims: str) -> None:
        super().__init__(left=left, least=least, claims=claims)


class CodeTaken(DomainError):
    """Another pin of the session has the code `taken` already."""

    code = "code_taken"
    status = 409
    message = N_("Mã “%(taken)s” đã dùng cho món khác trong phiên. Bạn chọn mã khác nhé.")

    def __init__(self, taken: str) -> None:
        super().__init__(taken=taken)


class NothingToCopy(DomainError):
    """Nothing of the former session can be sold again: it is sold out, hidden, or somebody else's."""

    code = "nothing_to_copy"
    status = 409
    message = N_("Các món của phiên cũ đều hết hoặc đang ẩn. Bạn mở phiên mới và chọn món nhé.")
