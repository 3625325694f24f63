"""The reasons for which the product says no, one class each.

Why: a service raises, one edge turns it into a problem, an ack or a page. A reason is a class with
a stable `code`, an HTTP `status` and a Vietnamese sentence: what happened and what to do next.
Refuses: HTTP, translations and reasons that belong to one package (they live in that package).
"""

from typing import ClassVar

Datum = int | str


def N_(msgid: str) -> str:  # noqa: N802
    """Mark a sentence for translation: `N_` is a name gettext's extraction knows."""
    return msgid


class DomainError(Exception):
    """A refusal a person can be told about.

    Effect: carries `code` (stable, public), `status` (HTTP) and `data` (numbers and short texts,
    public) to the edge. `message` is a gettext msgid; its `%(name)s` places are filled from `data`.
    Precondition: every place named in `message` is given as a keyword.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    message: str = N_("Có lỗi xảy ra. Bạn thử lại giúp nhé.")

    def __init__(self, **data: Datum) -> None:
        super().__init__(self.code)
        self.data: dict[str, Datum] = data

    def text(self) -> str:
        """Return the Vietnamese sentence with its places filled."""
        return self.message % self.data

    def __str__(self) -> str:
        return f"{self.code} {self.data}" if self.data else self.code


class BadJson(DomainError):
    """The body is not the JSON we accept; `why` is a short English word for developers."""

    code = "bad_json"
    message = N_("Dữ liệu gửi lên không đọc được. Bạn tải lại trang rồi thử lại nhé.")

    def __init__(self, why: str = "syntax") -> None:
        super().__init__(why=why)


class BadRequest(DomainError):
    """One field is missing, unknown or out of range; `field` names it, `why` says how."""

    code = "bad_request"
    message = N_("Thông tin “%(field)s” chưa đúng. Bạn xem lại rồi gửi lại nhé.")

    def __init__(self, field: str, why: str = "", **more: Datum) -> None:
        super().__init__(field=field, **({"why": why} if why else {}), **more)


class NoSuchDay(BadRequest):
    """No calendar has the day that was typed, such as 30 February; `field` names where."""

    message = N_("Không có ngày này trong lịch (%(field)s). Bạn xem lại giúp nhé.")


class LoginRequired(DomainError):
    """Nobody is logged in, or the login was revoked."""

    code = "login_required"
    status = 401
    message = N_("Bạn cần đăng nhập để làm việc này. Hãy đăng nhập rồi thử lại nhé.")


class BadOrigin(DomainError):
    """A write came from a page that is not ours."""

    code = "bad_origin"
    status = 403
    message = N_(
        "Yêu cầu đến từ một trang lạ nên không được nhận. Bạn mở lại trang chợ rồi thử lại."
    )


class NotFound(DomainError):
    """Unknown, or not yours: both look alike (promise P11)."""

    code = "not_found"
    status = 404
    message = N_("Không tìm thấy nội dung này. Bạn kiểm tra lại đường dẫn giúp nhé.")


class ClientIdConflict(DomainError):
    """The same `client_id` was used before with another body."""

    code = "client_id_conflict"
    status = 409
    message = N_(
        "Yêu cầu này đã gửi trước đó với nội dung khác. Bạn tải lại trang rồi làm lại nhé."
    )


class OutOfStock(DomainError):
    """Less is left than was asked for; `left` is what can still be had (packs or base units)."""

    code = "out_of_stock"
    status = 409
    message = N_("Không đủ hàng, hiện chỉ còn %(left)s. Bạn giảm số lượng hoặc chọn món khác nhé.")

    def __init__(self, left: int, **more: Datum) -> None:
        super().__init__(left=left, **more)


class TooLarge(DomainError):
    """The body is bigger than the door takes."""

    code = "too_large"
    status = 413
    message = N_("Nội dung gửi lên quá lớn. Bạn rút gọn hoặc chọn ảnh nhỏ hơn rồi gửi lại nhé.")


class TooFast(DomainError):
    """One account asks too often; `retry_after_ms` says when to come back."""

    code = "too_fast"
    status = 429
    message = N_("Bạn thao tác hơi nhanh. Nghỉ tay vài giây rồi thử lại nhé.")

    def __init__(self, retry_after_ms: int, **more: Datum) -> None:
        super().__init__(retry_after_ms=retry_after_ms, **more)


class Busy(DomainError):
    """The queue is full; nothing was done; `retry_after_ms` says when to come back."""

    code = "busy"
    status = 503
    message = N_("Chợ đang rất đông, yêu cầu chưa được nhận. Bạn chờ vài giây rồi thử lại nhé.")

    def __init__(self, retry_after_ms: int, **more: Datum) -> None:
        super().__init__(retry_after_ms=retry_after_ms, **more)


class ReadOnly(DomainError):
    """The disk or the database takes no writes; reading goes on."""

    code = "read_only"
    status = 503
    message = N_("Hệ thống tạm thời chỉ xem được, chưa ghi được. Bạn thử lại sau ít phút nhé.")


class Fault(DomainError):
    """Something of ours broke; it is logged, and nothing of the request was kept."""

    code = "fault"
    status = 500
    message = N_("Có lỗi ở phía chợ, chúng tôi đã ghi lại. Bạn thử lại sau ít phút nhé.")
