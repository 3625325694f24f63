"""Why the live room says no, one class each; what stock refuses is said by `core.errors`."""

from core.errors import N_, DomainError, TooFast


class SessionNotLive(DomainError):
    """The session has not begun, or is over."""

    code = "session_not_live"
    status = 409
    message = N_("Phiên live này chưa bắt đầu hoặc đã kết thúc. Bạn xem các phiên khác nhé.")


class SessionBegun(DomainError):
    """What is decided before a session cannot be decided any more."""

    code = "session_begun"
    status = 409
    message = N_("Phiên đã bắt đầu hoặc đã hủy, không đổi giờ được nữa.")


class SessionStillRuns(DomainError):
    """What is done after a session cannot be done yet."""

    code = "session_still_runs"
    status = 409
    message = N_("Phiên chưa kết thúc. Bạn nhắc trả tiền sau khi phiên xong nhé.")


class UnknownCode(DomainError):
    """No pin of that code is shown in this session; `unknown` is the code as it was read."""

    code = "unknown_code"
    status = 404
    message = N_("Phiên này không có mã “%(unknown)s”. Bạn xem lại mã trên màn hình giúp nhé.")

    def __init__(self, unknown: str) -> None:
        super().__init__(unknown=unknown)


class PinClosed(DomainError):
    """The pin is closed: nothing more is sold under this code."""

    code = "pin_closed"
    status = 409
    message = N_("Món này đã đóng bán trong phiên. Bạn xem món khác giúp nhé.")


class LimitReached(DomainError):
    """The buyer would have more than they may; `allowed` packs can still be claimed."""

    code = "limit_reached"
    status = 409
    message = N_("Mỗi người chỉ chốt được một số lượng nhất định. Bạn còn chốt được %(allowed)s.")

    def __init__(self, allowed: int) -> None:
        super().__init__(allowed=allowed)


class OnlyLower(DomainError):
    """A claim can be lowered, not raised; `most` is how many packs it has now."""

    code = "only_lower"
    status = 409
    message = N_("Chỉ giảm được số lượng, hiện là %(most)s. Muốn thêm, bạn chốt thêm một đơn nhé.")

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class ClaimFixed(DomainError):
    """The claim is in an order, or over: it is not changed here any more; `now` says how it stands."""

    code = "claim_fixed"
    status = 409
    message = N_("Đơn chốt này không đổi được nữa. Nếu đã đặt hàng, bạn đổi trong đơn hàng nhé.")

    def __init__(self, now: str) -> None:
        super().__init__(now=now)


class EmptyBasket(DomainError):
    """Nothing is held for this buyer with this seller in this session."""

    code = "empty_basket"
    status = 409
    message = N_("Bạn chưa giữ món nào của người bán này, hoặc đã hết giờ giữ. Bạn chốt lại nhé.")


class NotReady(DomainError):
    """The going-live list still has something open; which, is one of those below."""

    code = "not_ready"
    status = 409
    message = N_("Phiên chưa sẵn sàng. Bạn xem lại các món ghim giúp nhé.")


class NothingPinned(NotReady):
    """There is nothing to sell."""

    message = N_("Chưa ghim món nào. Bạn chọn ít nhất một món giúp nhé.")


class SellerNotConfirmed(NotReady):
    """Nobody has confirmed the seller of what is pinned under `pinned`, or no longer."""

    message = N_("%(pinned)s: người bán chưa được cán bộ xác nhận. Bạn gửi giấy tờ cho cán bộ nhé.")

    def __init__(self, pinned: str) -> None:
        super().__init__(pinned=pinned)


class FoodPaperMissing(NotReady):
    """No food-safety paper of the seller of `pinned` was confirmed."""

    message = N_("%(pinned)s: chưa có giấy an toàn thực phẩm. Bạn đưa giấy cho cán bộ xem nhé.")

    def __init__(self, pinned: str) -> None:
        super().__init__(pinned=pinned)


class FoodPaperEnded(NotReady):
    """The food-safety paper of the seller of `pinned` ended with the day `ended` (dd/mm/yyyy)."""

    message = N_(
        "%(pinned)s: giấy an toàn thực phẩm đã hết hạn ngày %(ended)s. Bạn xin giấy mới nhé."
    )

    def __init__(self, pinned: str, ended: str) -> None:
        super().__init__(pinned=pinned, ended=ended)


class HostNotConfirmed(NotReady):
    """Whoever starts the show was not confirmed as a host of its organiser."""

    message = N_("Người dẫn phiên chưa được xác nhận. Bạn nhờ quản lý hoặc cán bộ xác nhận nhé.")


class NotYourself(DomainError):
    """Nobody confirms their own hosting."""

    code = "not_yourself"
    status = 409
    message = N_("Không tự xác nhận cho mình được. Bạn nhờ quản lý khác hoặc cán bộ nhé.")


class PinHidden(NotReady):
    """What is pinned under the code `hidden` is not on sale in the shop."""

    message = N_("%(hidden)s: món này đang ẩn khỏi cửa hàng. Bạn mở bán lại hoặc bỏ ghim nhé.")

    def __init__(self, hidden: str) -> None:
        super().__init__(hidden=hidden)


class CodesFull(DomainError):
    """A session has as many pins as it may."""

    code = "codes_full"
    status = 409
    message = N_("Phiên đã đủ số món ghim. Bạn bớt món khác hoặc mở phiên mới nhé.")


class NotForLive(DomainError):
    """A combo, or a harvest to come: such a listing cannot be pinned; `listing` is its id."""

    code = "not_for_live"
    status = 409
    message = N_("Bộ hàng và hàng bán trước chưa ghim live được. Bạn ghim từng món có sẵn nhé.")

    def __init__(self, listing: str) -> None:
        super().__init__(listing=listing)


class NotAllowed(DomainError):
    """The seller's people decided that this is not taken from this person now; `why` says which way."""

    code = "not_allowed"
    status = 403

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class Banned(NotAllowed):
    """Neither words nor orders of this person are taken in this session."""

    message = N_("Người bán không nhận lời nhắn và đơn chốt của bạn trong phiên này.")

    def __init__(self) -> None:
        super().__init__("banned")


class Muted(NotAllowed):
    """This person's talk is not taken in this session; their orders are."""

    message = N_("Người bán đã tắt lời nhắn của bạn trong phiên này. Bạn vẫn chốt hàng được.")

    def __init__(self) -> None:
        super().__init__("muted")


class StaffOnly(NotAllowed):
    """Only the seller's people talk now; orders are taken."""

    message = N_("Lúc này chỉ người bán nhắn được. Bạn vẫn chốt hàng được, kể cả bằng chữ.")

    def __init__(self) -> None:
        super().__init__("staff_only")


class SlowMode(TooFast):
    """One person talks once in `slow_s` seconds; in `retry_after_ms` this one may again."""

    message = N_("Mỗi người nhắn %(slow_s)s giây một lần. Bạn chờ chút rồi gửi lại nhé.")

    def __init__(self, retry_after_ms: int, slow_s: int) -> None:
        super().__init__(retry_after_ms, slow_s=slow_s)


class AlreadyHandled(DomainError):
    """Another of the seller's people has dealt with this comment."""

    code = "already_handled"
    status = 409
    message = N_("Lời nhắn này đã có người xử lý rồi.")


class PracticeOnly(DomainError):
    """A lesson sells nothing: its goods are for practice, and no real ones can be pinned there."""

    code = "practice_only"
    status = 409
    message = N_(
        "Đây là buổi tập, không bán thật: không đặt đơn, không trả tiền, không ghim hàng thật."
    )
