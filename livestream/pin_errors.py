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
