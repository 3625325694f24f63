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
