"""Why a recording says no, one class each."""

from core.errors import N_, DomainError


class RecordingGone(DomainError):
    """Its time is over: nothing can be done with it any more."""

    code = "recording_gone"
    status = 409
    message = N_("Bản ghi này đã hết hạn lưu và đã xóa.")


class HiddenByOrder(DomainError):
    """An officer stopped the show: what was recorded of it is shown to nobody again."""

    code = "hidden_by_order"
    status = 409
    message = N_(
        "Phiên này bị dừng theo yêu cầu của cơ quan quản lý nên bản xem lại không mở được."
    )


class BadTerm(DomainError):
    """`field` of a term of keeping is not right."""

    code = "bad_term"
    status = 422
    message = N_("Thời hạn lưu chưa đúng ở phần “%(field)s”.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
