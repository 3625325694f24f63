"""Why video says no, one class each."""

from core.errors import N_, DomainError


class StreamTaken(DomainError):
    """Another device sends already; its host may take over."""

    code = "stream_taken"
    status = 409
    message = N_("Máy khác đang phát hình của phiên này. Bạn có muốn phát bằng máy này không?")


class StreamClosed(DomainError):
    """The stream was ended for good: the session is over, or was stopped."""

    code = "stream_closed"
    status = 409
    message = N_("Phiên đã kết thúc nên không phát hình được nữa.")


class NotFromEngine(DomainError):
    """News that no engine of ours has signed."""

    code = "bad_signature"
    status = 401
    message = N_("Thông báo này không có chữ ký đúng.")
