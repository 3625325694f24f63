"""Why an officer's stop is refused."""

from core.errors import N_, BadRequest, DomainError


class AlreadyStopped(DomainError):
    """An officer has stopped this show."""

    code = "already_stopped"
    status = 409
    message = N_("Phiên này đã bị dừng rồi. Bạn tải lại trang để xem nhé.")


class NothingToStop(DomainError):
    """The show is a draft or was called off: nobody sees it."""

    code = "nothing_to_stop"
    status = 409
    message = N_("Phiên này chưa mở hoặc đã hủy, không có gì để dừng.")


class NotSure(BadRequest):
    """What cannot be undone is asked for twice, and the second yes is missing."""

    message = N_("Việc này không hoàn tác được. Bạn đánh dấu ô xác nhận rồi bấm lại nhé.")

    def __init__(self) -> None:
        super().__init__(field="sure", why="must be ticked")


class RepliesFull(DomainError):
    """A seller has answered as often as one may."""

    code = "replies_full"
    status = 409
    message = N_("Bạn đã gửi đủ số lần trả lời. Cán bộ sẽ đọc và liên hệ lại.")
