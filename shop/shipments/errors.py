"""Why a parcel is not made, joined or handed over, one class each."""

from core.errors import N_, BadRequest, DomainError, NotFound


class BadLabel(DomainError):
    """What was scanned or typed is no label of ours, or a letter of it is wrong."""

    code = "bad_label"
    status = 400
    message = N_("Mã kiện chưa đúng: thiếu hoặc sai một chữ. Bạn quét lại hoặc gõ lại giúp nhé.")


class NoSuchLabel(NotFound):
    """No parcel of this seller has that label: another seller's is as unknown as any (promise P11)."""

    message = N_("Không có kiện nào của bạn mang mã này. Bạn xem lại nhãn giúp nhé.")


class CoachNeeded(BadRequest):
    """The coach has no number plate, or its driver no phone; `field` names what is missing."""

    message = N_("Gửi xe khách thì cần biển số xe và số điện thoại tài xế để còn hỏi hàng.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field, why="needed for a coach")


class AlreadyHandedOver(DomainError):
    """The parcel left before: `label` at `at` (Vietnam's clock)."""

    code = "already_handed_over"
    status = 409
    message = N_("Kiện %(label)s đã giao rồi, lúc %(at)s. Không ghi thêm lần nữa.")

    def __init__(self, label: str, at: str) -> None:
        super().__init__(label=label, at=at)


class NotHandedOver(DomainError):
    """The parcel has not left the house yet, so it can be neither there nor back."""

    code = "not_handed_over"
    status = 409
    message = N_("Kiện này chưa ghi là đã rời kho. Bạn ghi giao kiện trước nhé.")


class NotPackedYet(DomainError):
    """Orders that belong into the parcel are still to be packed; `orders` names them."""

    code = "not_packed_yet"
    status = 409
    message = N_("Kiện này còn đơn chưa đóng xong: %(orders)s. Bạn đóng nốt rồi giao cả kiện nhé.")

    def __init__(self, orders: str) -> None:
        super().__init__(orders=orders)


class NothingInside(DomainError):
    """Every order of the parcel was cancelled or came back: it must not leave."""

    code = "nothing_inside"
    status = 409
    message = N_("Đơn trong kiện này đã hủy. Bạn giữ kiện lại, mang về bàn đóng gói giúp nhé.")


class JoinedElsewhere(DomainError):
    """This label was given up when its orders joined the parcel `label`."""

    code = "joined_elsewhere"
    status = 409
    message = N_("Kiện này đã gộp vào kiện %(label)s. Bạn quét nhãn của kiện đó nhé.")

    def __init__(self, label: str) -> None:
        super().__init__(label=label)


class NotOneParcel(DomainError):
    """The orders are not of one buyer, one seller and one way to one address."""

    code = "not_one_parcel"
    status = 409
    message = N_("Chỉ gộp được các đơn của cùng một khách, cùng người bán, giao cùng một nơi.")


class TooLateToJoin(DomainError):
    """An order is not paid yet, or is packed already; `order` is its code."""

    code = "too_late_to_join"
    status = 409
    message = N_("Đơn %(order)s chưa trả tiền hoặc đã đóng gói xong nên không gộp được nữa.")

    def __init__(self, order: str) -> None:
        super().__init__(order=order)


class JoinCostsMore(DomainError):
    """One parcel would cost `more_vnd` more than the fees paid: they travel apart as paid."""

    code = "join_costs_more"
    status = 409
    message = N_(
        "Gộp lại thì nặng hơn, phí giao cao hơn số khách đã trả. Bạn để hai kiện như cũ nhé."
    )

    def __init__(self, more_vnd: int) -> None:
        super().__init__(more_vnd=more_vnd)
