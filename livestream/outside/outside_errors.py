"""Why the desk for comments from elsewhere and its links say no. One class each."""

from core.errors import N_, DomainError


class NoComments(DomainError):
    """What was pasted or sent has no line with who wrote it."""

    code = "no_comments"
    message = N_(
        "Không thấy lời nào kèm tên người viết. Bạn chép cả tên lẫn lời của họ, ví dụ"
        " “Hoa Nguyễn: chốt A1 2 gói”."
    )


class NothingTicked(DomainError):
    """Nothing of what was looked at was ticked."""

    code = "nothing_ticked"
    message = N_("Bạn chưa chọn lời nào để nhập.")


class LinkTaken(DomainError):
    """Somebody has taken what this link leads to."""

    code = "link_taken"
    status = 409
    message = N_("Đường dẫn này đã có người nhận rồi.")


class TooMuchTogether(DomainError):
    """With what the number has already it would be more than one buyer may have of a pin."""

    code = "too_much_together"
    status = 409
    message = N_(
        "Số điện thoại này đã chốt món %(code)s rồi, thêm vào nữa là quá mức mỗi người."
        " Bạn bỏ bớt trong phòng live rồi bấm nhận lại nhé."
    )
