"""Why a claim link says no. One class each."""

from core.errors import N_, DomainError


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
