"""Why something about deposits is refused, one class each, in words for whoever asked."""

from core.errors import N_, DomainError


class NothingToAppeal(DomainError):
    """Nothing that counts was noted of this buyer on this device."""

    code = "nothing_to_appeal"
    status = 409
    message = N_("Người bán này không ghi gì về bạn trên máy này, nên không có gì phải giải thích.")


class NobodyAsks(DomainError):
    """The buyer has said nothing that waits for an answer, or nothing counts against them any more."""

    code = "nobody_asks"
    status = 409
    message = N_("Không còn gì phải trả lời: có thể người khác đã trả lời, hoặc đã quá 180 ngày.")


class DoorRefusedBefore(DomainError):
    """The buyer left a parcel at the door that was to be paid there: this one is paid before it leaves."""

    code = "door_refused_before"
    status = 409
    message = N_(
        "Khách này từng không nhận kiện thu tiền khi giao. Bạn chờ khách chuyển cọc, "
        "hoặc xem lý do và bỏ qua ở mục Khách cần cọc."
    )
