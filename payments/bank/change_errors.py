"""Reasons for which a receiving account, or a payout to one, is refused."""

from core.errors import N_, DomainError


class HolderDiffers(DomainError):
    """The holder's name was not written the same way twice."""

    code = "holder_differs"
    status = 422
    message = N_(
        "Tên chủ tài khoản hai lần gõ chưa giống nhau. Bạn chép đúng như trên app ngân hàng."
    )


class NumberDiffers(DomainError):
    """The number typed again, or the account's own QR, is not the number that was given."""

    code = "number_differs"
    status = 422
    message = N_(
        "Số tài khoản hai lần chưa giống nhau, hoặc mã QR là của tài khoản khác. Bạn xem lại nhé."
    )


class NoSuchBank(DomainError):
    """No bank we know has this number (BIN), or it takes no transfers by QR."""

    code = "no_such_bank"
    status = 422
    message = N_("Chưa có ngân hàng này trong danh sách. Bạn chọn lại giúp nhé.")


class AccountKnown(DomainError):
    """The account stands in the market's book already."""

    code = "account_known"
    status = 409
    message = N_("Tài khoản này đã có trong sổ của chợ rồi.")


class ReceivesAlready(DomainError):
    """The account that is to receive does so already."""

    code = "receives_already"
    status = 409
    message = N_("Tài khoản này đang nhận tiền rồi, không cần đổi.")


class ChangeOver(DomainError):
    """The change waits no more: it is in force, or somebody stopped it."""

    code = "change_over"
    status = 409
    message = N_("Việc đổi tài khoản này không còn chờ nữa. Bạn xem lại trạng thái bên dưới nhé.")


class AnotherOwnerNeeded(DomainError):
    """Who asked for a change cannot be the one who says yes to it."""

    code = "another_owner_needed"
    status = 403
    message = N_(
        "Người đề nghị không tự đồng ý được. Cần một người chủ khác bấm đồng ý, hoặc chờ hết một ngày."
    )


class PayoutRests(DomainError):
    """The account took another one's place less than 72 hours ago."""

    code = "payout_rests"
    status = 409
    message = N_(
        "Tài khoản nhận vừa được đổi, phải chờ 72 giờ mới chuyển. Bạn gọi hỏi lại người nhận nhé."
    )


class SecondPersonNeeded(DomainError):
    """So large a payout needs two people."""

    code = "second_person_needed"
    status = 409
    message = N_("Khoản lớn cần hai người: một người lập, một người khác duyệt.")
