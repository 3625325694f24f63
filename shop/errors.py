"""Why the shop says no, one class each; what a rule refuses stands beside the rule (`quote`, `totals`)."""

from core.errors import N_, BadRequest, DomainError


class EmptyOrder(DomainError):
    """There is nothing to order from this seller."""

    code = "empty_order"
    status = 409
    message = N_("Giỏ hàng của người bán này đang trống. Bạn chọn món rồi đặt lại nhé.")


class NotOnSale(DomainError):
    """The listing is not sold any more; `listing` is its id."""

    code = "not_on_sale"
    status = 409
    message = N_("Có món hiện không bán nữa. Bạn bỏ món đó khỏi giỏ rồi đặt lại nhé.")

    def __init__(self, listing: str) -> None:
        super().__init__(listing=listing)


class CartFull(DomainError):
    """The cart holds as many different listings as it may."""

    code = "cart_full"
    status = 409
    message = N_("Giỏ hàng đã đầy. Bạn đặt bớt rồi chọn thêm nhé.")


class AddressNeeded(BadRequest):
    """This way of delivery goes to the buyer's door, and no address was given."""

    message = N_("Cách nhận này cần địa chỉ. Bạn ghi số nhà, thôn xóm, xã giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="delivery.address", why="needed for this way")


class GiftNeedsDoor(BadRequest):
    """A gift is taken to its recipient; this way is for picking up."""

    message = N_(
        "Quà tặng cần cách giao tận nơi. Bạn chọn cách giao khác, hoặc bỏ chọn quà tặng nhé."
    )

    def __init__(self) -> None:
        super().__init__(field="delivery.way", why="a gift goes to a door")


class PhoneNeeded(BadRequest):
    """The device has given no phone number yet, and the order has none either."""

    message = N_("Người bán cần số điện thoại để giao hàng. Bạn nhập số của mình giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="phone", why="needed on a new device")


class OrderingDeviceNeeded(DomainError):
    """A paid order is cancelled by its buyer, not by whoever holds the link."""

    code = "ordering_device_needed"
    status = 403
    message = N_(
        "Đơn đã trả tiền chỉ hủy được trên máy đã đặt, hoặc sau khi đăng nhập. "
        "Bạn mở lại trên máy đó, hoặc gọi người bán nhé."
    )
