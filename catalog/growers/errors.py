"""Why an entry in the grower book or among its papers is refused."""

from core.errors import N_, DomainError


class DayToCome(DomainError):
    """The day in `field` has not come yet; `day` is as people write it."""

    code = "day_to_come"
    status = 422
    message = N_("Ngày %(day)s chưa tới. Bạn xem lại ngày giúp nhé.")

    def __init__(self, field: str, day: str) -> None:
        super().__init__(field=field, day=day)


class DaysReversed(DomainError):
    """A last day lies before its first; `field` names the last."""

    code = "days_reversed"
    status = 422
    message = N_("Ngày kết thúc %(last)s lại trước ngày bắt đầu %(first)s. Bạn xem lại giúp nhé.")

    def __init__(self, field: str, first: str, last: str) -> None:
        super().__init__(field=field, first=first, last=last)


class MemberExists(DomainError):
    """An active member has the same name and the same number; `name` says who."""

    code = "member_exists"
    status = 409
    message = N_("%(name)s với số điện thoại này đã có trong sổ. Bạn mở người đó ra sửa nhé.")

    def __init__(self, name: str) -> None:
        super().__init__(field="name", name=name)


class MemberLeft(DomainError):
    """Who left brings nothing in any more; `name` says who and `day` since when."""

    code = "member_left"
    status = 409
    message = N_(
        "%(name)s đã rời hợp tác xã từ %(day)s. Nếu họ trở lại, bạn ghi lại vào sổ trước nhé."
    )

    def __init__(self, name: str, day: str) -> None:
        super().__init__(name=name, day=day)


class PlotInUse(DomainError):
    """Lots came from this plot, so it stays in the book; `lots` of them."""

    code = "plot_in_use"
    status = 409
    message = N_("Đã có %(lots)s lô hàng hái từ thửa này, nên thửa phải ở lại trong sổ.")

    def __init__(self, lots: int) -> None:
        super().__init__(lots=lots)


class TooManyPlots(DomainError):
    """A member has as many plots as the book holds for one; `most` of them."""

    code = "too_many_plots"
    status = 409
    message = N_("Một xã viên ghi được nhiều nhất %(most)s thửa. Bạn gộp bớt giúp nhé.")

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class BadArea(DomainError):
    """The text is no area of land: a number from 1 m² on, below 10,000 hectares."""

    code = "bad_area"
    status = 422
    message = N_("Diện tích chưa đúng. Bạn nhập một số lớn hơn 0, ví dụ 2,5 sào, giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="area")


class NoConsent(DomainError):
    """The household did not agree to have its class written down, so it is not."""

    code = "no_consent"
    status = 422
    message = N_(
        "Chỉ ghi diện hộ khi gia đình đã đồng ý. Bạn hỏi họ, rồi đánh dấu vào ô đồng ý nhé."
    )

    def __init__(self) -> None:
        super().__init__(field="consent")


class NotOneHolder(DomainError):
    """A paper was given both a product and a member; it belongs to one of them, or to the seller."""

    code = "not_one_holder"
    status = 422
    message = N_("Giấy tờ này của sản phẩm hay của xã viên? Bạn chọn một bên giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="holder")


class StarsWrong(DomainError):
    """OCOP papers have 3, 4 or 5 stars; other papers have none."""

    code = "stars_wrong"
    status = 422
    message = N_("Sao OCOP là 3, 4 hoặc 5; giấy tờ khác thì không có sao. Bạn chọn lại giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="stars")


class OcopNeedsProduct(DomainError):
    """Stars are given to one product, never to all that a seller has."""

    code = "ocop_needs_product"
    status = 422
    message = N_("Sao OCOP được cấp cho từng sản phẩm. Bạn chọn sản phẩm được cấp giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="holder")


class OcopTooLong(DomainError):
    """An OCOP paper was to count for more than 36 months; `last` is the last day it can."""

    code = "ocop_too_long"
    status = 422
    message = N_(
        "Giấy chứng nhận OCOP có giá trị 36 tháng, nhiều nhất đến %(last)s. Bạn sửa lại giúp nhé."
    )

    def __init__(self, last: str) -> None:
        super().__init__(field="valid_until", last=last)


class LastDayMissing(DomainError):
    """This kind of paper ends one day, and nobody said when."""

    code = "last_day_missing"
    status = 422
    message = N_("Giấy này có ngày hết hạn. Bạn xem trên giấy rồi nhập vào giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="valid_until")
