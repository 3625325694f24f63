"""Why a carrier is not connected, a parcel not booked, or a table not taken, one class each."""

from core.errors import N_, DomainError, NotFound


class NoSuchCarrier(NotFound):
    """The market does not speak to that carrier."""

    message = N_("Chợ chưa nối được với bên giao hàng này.")


class NotConnected(DomainError):
    """The seller has no account at that carrier, as far as the market knows."""

    code = "carrier_not_connected"
    status = 409
    message = N_("Bạn chưa nối tài khoản ở bên giao hàng này. Bạn nối trước rồi báo lấy hàng nhé.")


class BadToken(DomainError):
    """What was pasted cannot be a token."""

    code = "bad_carrier_token"
    status = 400
    message = N_("Mã kết nối chưa đúng: chỉ gồm chữ, số, từ 8 đến 200 ký tự, không có dấu cách.")


class NothingToBook(DomainError):
    """No parcel was chosen, or none of them waits any more."""

    code = "nothing_to_book"
    status = 409
    message = N_("Không có kiện nào để báo. Bạn chọn kiện đã đóng xong rồi báo lại nhé.")


class NotToCallOff(DomainError):
    """The carrier has fetched the parcel, or the booking is still on its way to it."""

    code = "not_to_call_off"
    status = 409
    message = N_("Kiện này không hủy báo được nữa. Bạn gọi bên giao hàng giúp nhé.")


class NoStatusLines(DomainError):
    """No line of a carrier's table names a parcel and how far it came."""

    code = "no_status_lines"
    status = 400
    message = N_("Không dòng nào đọc được. Mỗi dòng cần mã kiện (KH…) và chữ báo tình trạng.")


class TooManyStatusLines(DomainError):
    """The table is longer than `most` lines."""

    code = "too_many_status_lines"
    status = 400
    message = N_("Bảng dài quá %(most)s dòng. Bạn chia làm nhiều lần nhé.")

    def __init__(self, most: int) -> None:
        super().__init__(most=most)
