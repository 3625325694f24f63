"""Why a place cannot be shown at. What was typed is never repeated: there may be a key in it."""

from core.errors import N_, DomainError


class BadTargetAddress(DomainError):
    """It is no address of RTMP."""

    code = "bad_target_address"
    status = 422
    message = N_(
        "Địa chỉ máy chủ phải bắt đầu bằng rtmps:// hoặc rtmp://."
        " Bạn chép lại cả dòng ở trang phát trực tiếp nhé."
    )


class BadTargetKey(DomainError):
    """It is no stream key: too short, too long, or with spaces in it."""

    code = "bad_target_key"
    status = 422
    message = N_(
        "Khóa luồng chưa đúng: một dòng chữ và số, không có dấu cách."
        " Bạn bấm nút chép bên cạnh khóa rồi dán lại nhé."
    )


class TooManyTargets(DomainError):
    """The seller has as many places as the engine takes."""

    code = "too_many_targets"
    status = 409
    message = N_("Đã có 5 nơi phát. Bạn xóa bớt một nơi rồi thêm nhé.")
