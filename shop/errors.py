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


class ReasonNeeded(BadRequest):
    """What is done to a buyer's order against their wish is done for a reason, and none was given."""

    message = N_("Bạn ghi lý do giúp nhé: người mua sẽ đọc được lý do này.")

    def __init__(self) -> None:
        super().__init__(field="reason", why="needed")


class DepositMissing(DomainError):
    """The seller asks a part of the sum before it packs; `left_vnd` of it has not come."""

    code = "deposit_missing"
    status = 409
    message = N_("Đơn này cần chuyển tiền cọc trước. Cọc về là người bán giữ hàng và đóng cho bạn.")

    def __init__(self, left_vnd: int) -> None:
        super().__init__(left_vnd=max(0, left_vnd))


class ReplacementDearer(DomainError):
    """What is to stand in for missing goods costs more than they; `most_vnd` is what it may cost."""

    code = "replacement_dearer"
    status = 409
    message = N_("Món thay thế đắt hơn món thiếu. Bạn chọn ít gói hơn hoặc món rẻ hơn nhé.")

    def __init__(self, most_vnd: int) -> None:
        super().__init__(most_vnd=most_vnd)


class MoneyOwed(DomainError):
    """A sum on top of what was paid (a dearer way, say) has not come: `left_vnd`."""

    code = "money_owed"
    status = 409
    message = N_("Đơn còn thiếu tiền trả thêm. Bạn đợi tiền về, hoặc thu tiền mặt rồi giao nhé.")

    def __init__(self, left_vnd: int) -> None:
        super().__init__(left_vnd=left_vnd)


class NotWeighed(DomainError):
    """A line is priced by weight, and was on no scales: nobody knows its sum yet."""

    code = "not_weighed"
    status = 409
    message = N_(
        "%(name)s tính tiền theo cân thực tế. Bạn đặt lên cân và gõ số cân được ở bàn đóng hàng nhé."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class NotWeighedYet(DomainError):
    """It is weighed before any money is asked, and was not yet: no cash, no promise to pay at the door."""

    code = "not_weighed_yet"
    status = 409
    message = N_(
        "Đơn này cân xong mới tính tiền. Bạn cân hàng trước, rồi mới thu tiền hay hẹn trả khi nhận nhé."
    )


class NotToWeigh(DomainError):
    """The order does not wait for the scales: it was weighed, paid, or has ended; `order` is its code."""

    code = "not_to_weigh"
    status = 409
    message = N_(
        "Đơn %(order)s không còn chờ cân: đã có người cân, hoặc đơn đã hết hạn. Bạn xem lại đơn nhé."
    )

    def __init__(self, order: str) -> None:
        super().__init__(order=order)


class WeighedApart(DomainError):
    """What is weighed before it is paid is ordered by itself, not added to an order; `name` says what."""

    code = "weighed_apart"
    status = 409
    message = N_("%(name)s cân xong mới tính tiền nên phải đặt riêng. Bạn đặt một đơn mới nhé.")

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class WeighsTooLittle(DomainError):
    """The scales say so much less than was `ordered` that it is short; `least` may be packed as it is."""

    code = "weighs_too_little"
    status = 409
    message = N_(
        "%(name)s: khách đặt %(ordered)s, nhẹ nhất được %(least)s. Nhẹ hơn nữa thì bạn bấm "
        "“Thiếu hàng?” và ghi số có được, hoặc xem lại số vừa gõ."
    )

    def __init__(self, name: str, ordered: str, least: str) -> None:
        super().__init__(name=name, ordered=ordered, least=least)


class WeighsTooMuch(DomainError):
    """The scales say more than a tenth over what was `ordered`, which its buyer never asked for."""

    code = "weighs_too_much"
    status = 409
    message = N_(
        "%(name)s: khách đặt %(ordered)s, nặng nhất được %(most)s. Bạn bớt ra, hoặc xem lại số vừa gõ nhé."
    )

    def __init__(self, name: str, ordered: str, most: str) -> None:
        super().__init__(name=name, ordered=ordered, most=most)


class OrderFrozen(DomainError):
    """An officer stopped the show it was ordered in: its goods stay where they are until they ruled."""

    code = "order_frozen"
    status = 409
    message = N_(
        "Đơn này đang tạm giữ vì phiên live bị dừng. Bạn chờ cán bộ quyết định rồi làm tiếp nhé."
    )


class AlreadyRuled(DomainError):
    """An officer has ruled on this order, or it needs no ruling any more."""

    code = "already_ruled"
    status = 409
    message = N_("Đơn này đã có quyết định rồi. Bạn tải lại trang để xem nhé.")
