"""Why something cannot be done with a lot, one class each."""

from datetime import date

from catalog.lots.rules import said
from core.errors import N_, DomainError


class NotClearYet(DomainError):
    """The lot is inside its pre-harvest interval; `on` is the first day it may be sold."""

    code = "not_clear_yet"
    status = 409
    message = N_("Lô này còn trong thời gian cách ly thuốc, từ ngày %(on)s mới được bán.")

    def __init__(self, on: date) -> None:
        super().__init__(on=said(on))
        self.on = on


class PastRemoval(DomainError):
    """The lot had to leave the shelf before today; `on` was its last day."""

    code = "past_removal"
    status = 409
    message = N_("Lô này đã qua ngày rút khỏi quầy (%(on)s) nên không bán được nữa.")

    def __init__(self, on: date) -> None:
        super().__init__(on=said(on))
        self.on = on


class LotNotUsable(DomainError):
    """A lot that is blocked, recalled or closed was to become part of other goods; `lot` is its code."""

    code = "lot_not_usable"
    status = 409
    message = N_("Lô %(lot)s đang bị chặn, thu hồi hoặc đã khép, nên không đưa vào mẻ này được.")

    def __init__(self, lot: str, state: str) -> None:
        super().__init__(lot=lot, state=state)


class LotNotEmpty(DomainError):
    """A lot of which goods still lie somewhere was to be closed; `left` base units."""

    code = "lot_not_empty"
    status = 409
    message = N_(
        "Lô này vẫn còn hàng trong kho. Bạn bán, chuyển hoặc ghi hao hụt hết rồi mới khép."
    )

    def __init__(self, left: int) -> None:
        super().__init__(left=left)


class HarvestInFuture(DomainError):
    """The day of the harvest has not come yet."""

    code = "harvest_in_future"
    message = N_("Ngày thu hoạch không thể sau hôm nay. Bạn chọn lại ngày giúp nhé.")


class BadLotDay(DomainError):
    """A day of a lot does not fit the others; `field` names it."""

    code = "bad_lot_day"
    message = N_("Ngày tháng của lô chưa hợp lý. Bạn xem lại giúp nhé.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
        self.message = _BAD_DAYS[field]


class BestBeforeUnsaid(BadLotDay):
    """Nobody knows how long such goods keep, and the lot was written down without a last day."""

    def __init__(self) -> None:
        super().__init__("best_before")
        self.message = N_("Chợ chưa biết món này để được bao lâu. Bạn ghi hạn dùng giúp nhé.")


class IntervalUnsaid(BadLotDay):
    """A spraying is written down, but not for how long the goods must wait after it."""

    def __init__(self) -> None:
        super().__init__("interval_days")
        self.message = _UNSAID


class OutputsTooHeavy(DomainError):
    """A run would weigh more when it is done than when it began; `more` base units too many."""

    code = "outputs_too_heavy"
    message = N_("Thành phẩm nặng hơn nguyên liệu đưa vào. Bạn cân lại hoặc xem lại đơn vị nhé.")

    def __init__(self, more: int) -> None:
        super().__init__(more=more)


class ProductsDiffer(DomainError):
    """Lots of different products were to be pooled."""

    code = "products_differ"
    message = N_("Chỉ gộp được các lô của cùng một sản phẩm.")


class MoreThanShipped(DomainError):
    """More was brought back than was handed over; `left` base units can still come back."""

    code = "more_than_shipped"
    status = 409
    message = N_("Số hàng trả lại nhiều hơn số đã giao từ lô này. Bạn xem lại giúp nhé.")

    def __init__(self, left: int) -> None:
        super().__init__(left=left)


class NotWaitingForCheck(DomainError):
    """Goods were to be judged that are no returned goods, or of which nothing waits any more."""

    code = "not_waiting_for_check"
    status = 409
    message = N_("Lô này không còn hàng khách trả chờ xem. Bạn tải lại trang lô giúp nhé.")


class NothingGraded(DomainError):
    """A look at returned goods found neither good ones nor spoilt ones."""

    code = "nothing_graded"
    message = N_("Bạn ghi phần còn tốt, phần hỏng, hoặc cả hai nhé.")


class SpoiltUnsaid(DomainError):
    """Goods were to be written off without a word why."""

    code = "spoilt_unsaid"
    message = N_("Có phần bỏ đi thì ghi một câu vì sao nhé.")

    def __init__(self) -> None:
        super().__init__(field="reason")


_UNSAID = N_(
    "Đã ghi ngày phun thuốc thì cần số ngày cách ly. Bạn xem trên nhãn thuốc; không phải chờ thì ghi 0."
)
_BAD_DAYS = {
    "harvested_on": N_("Ngày thu hoạch chưa đúng. Bạn chọn lại giúp nhé."),
    "best_before": N_("Hạn dùng phải từ ngày thu hoạch trở đi. Bạn chọn lại giúp nhé."),
    "sprayed_on": N_("Ngày phun thuốc phải trước hoặc đúng ngày thu hoạch. Bạn xem lại nhé."),
    "interval_days": N_("Thời gian cách ly phải từ 0 đến 365 ngày và cần có ngày phun thuốc."),
}
