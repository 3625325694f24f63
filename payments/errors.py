"""Reasons for which money matters are refused."""

from core.errors import N_, DomainError


class NoReceivingAccount(DomainError):
    """The seller has no bank account a buyer could pay to."""

    code = "no_receiving_account"
    status = 409
    message = N_("Người bán chưa có tài khoản nhận tiền nên chưa đặt được. Bạn nhắn họ giúp nhé.")


class AlreadyPaid(DomainError):
    """The whole sum has come: what is asked for cannot become less, a part can only go back."""

    code = "already_paid"
    status = 409
    message = N_("Khoản này đã nhận đủ tiền, phần dư sẽ được hoàn lại.")


class BadSignature(DomainError):
    """A notice is not the provider's, or too old; `why` is `signature`, `timestamp` or `body`."""

    code = "bad_signature"
    status = 401
    message = N_("Thông báo ngân hàng này không có chữ ký đúng nên không được nhận.")

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class NoSecret(DomainError):
    """A feed without a secret would believe anybody."""

    code = "no_secret"
    message = N_("Chưa có khóa bí mật của nhà cung cấp. Bạn chép khóa từ trang của họ vào nhé.")


class ReceiptStands(DomainError):
    """A receipt says that this money paid for something: it cannot be taken from there again."""

    code = "receipt_stands"
    status = 409
    message = N_(
        "Khoản này đã đủ tiền và đã có biên nhận nên không lấy lại được. Cần trả lại tiền thì làm ở"
        " trang đơn hàng."
    )


class RefundTooMuch(DomainError):
    """More would go back than came, or than is left of it: `left_vnd` đồng is the most."""

    code = "refund_too_much"
    status = 409
    message = N_("Chỉ còn %(left_vnd)s đồng có thể trả lại cho khoản này.")

    def __init__(self, left_vnd: int) -> None:
        super().__init__(left_vnd=left_vnd)


class BadRefundAccount(DomainError):
    """An account nobody could be paid at; `field` is what to mend: `bin`, `account` or `holder`."""

    code = "bad_refund_account"
    status = 422
    message = N_("Tài khoản chưa đúng. Bạn xem lại ngân hàng, số tài khoản và tên chủ nhé.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class RefundAccountLocked(DomainError):
    """The money is on its way to the account that was given."""

    code = "refund_account_locked"
    status = 409
    message = N_("Người bán đã chuyển tiền tới tài khoản này nên chưa đổi được.")


class RefundRests(DomainError):
    """The account replaced another one a short while ago; `until_ms` is when it may be used."""

    code = "refund_rests"
    status = 409
    message = N_("Tài khoản này vừa được đổi, phải chờ 72 giờ. Bạn gọi khách hỏi lại nhé.")

    def __init__(self, until_ms: int) -> None:
        super().__init__(until_ms=until_ms)


class StillAsking(DomainError):
    """The sum is still being filled: what came of it cannot go back while it counts towards it."""

    code = "still_asking"
    status = 409
    message = N_(
        "Đơn còn đang chờ trả đủ nên chưa trả lại được. Bạn chờ khách trả đủ, hoặc hủy đơn trước nhé."
    )


class RefundGoesByCard(DomainError):
    """A card's provider makes this refund: a transfer besides it would pay the buyer twice."""

    code = "refund_goes_by_card"
    status = 409
    message = N_("Khoản này đang trả về thẻ của khách. Bạn đừng chuyển thêm, kẻo trả hai lần.")


class MoneyGoesBack(DomainError):
    """A refund of this money was begun: it cannot be placed elsewhere any more."""

    code = "money_goes_back"
    status = 409
    message = N_("Khoản này đang được trả lại cho khách nên không chuyển chỗ được nữa.")
