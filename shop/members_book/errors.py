"""Reasons for which steps of the members' book are refused."""

from core.errors import N_, DomainError


class NotFromThePast(DomainError):
    """A rule of the book begins before now: what was worked out by the old one would change."""

    code = "not_from_the_past"
    status = 409
    message = N_("Quy định mới chỉ tính từ hôm nay trở đi, để những gì đã tính không đổi.")


class RateTooHigh(DomainError):
    """All deductions together would be more than the whole."""

    code = "rate_too_high"
    status = 400
    message = N_("Cộng các khoản trừ lại đã quá 100 %.")


class OnlyCooperatives(DomainError):
    """A household has no members to pay."""

    code = "only_cooperatives"
    status = 409
    message = N_("Sổ xã viên chỉ dành cho hợp tác xã.")
