"""Reasons for which something about cards is refused."""

from core.errors import N_, DomainError


class CardsOff(DomainError):
    """The seller takes no cards."""

    code = "cards_off"
    status = 409
    message = N_("Người bán chưa nhận thẻ. Bạn trả bằng mã QR giúp nhé.")


class NothingToCharge(DomainError):
    """Nothing is owed, or not so much."""

    code = "nothing_to_charge"
    status = 409
    message = N_("Khoản này không còn gì phải trả. Bạn tải lại trang để xem nhé.")


class CardUnderWay(DomainError):
    """Another try for another sum may still be charged, and could not be called off."""

    code = "card_under_way"
    status = 409
    message = N_(
        "Lần trả bằng thẻ trước chưa rõ kết quả nên chưa mở lần mới, để thẻ không bị trừ hai lần."
        " Bạn chờ một phút rồi thử lại nhé."
    )


class CardSilentNow(DomainError):
    """Stripe did not answer: nothing was charged, because no page to pay on was given out."""

    code = "card_silent"
    status = 503
    message = N_(
        "Chưa gọi được Stripe. Thẻ của bạn chưa bị trừ tiền. Bạn thử lại sau một phút, hoặc trả bằng mã QR."
    )


class CardDeclined(DomainError):
    """The card's bank, or Stripe, says no; `reason` is Stripe's word."""

    code = "card_declined"
    status = 402
    message = N_(
        "Thẻ không trả được, thẻ của bạn chưa bị trừ tiền. Bạn thử thẻ khác, hoặc trả bằng mã QR nhé."
    )

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class BadCardKey(DomainError):
    """Stripe does not know the key, or it is no secret key."""

    code = "bad_card_key"
    message = N_(
        "Stripe không nhận khóa này."
        " Khóa bí mật bắt đầu bằng sk_ hoặc rk_, chép ở trang API keys của Stripe."
    )


class BadWebhookSecret(DomainError):
    """That is no secret of a webhook."""

    code = "bad_webhook_secret"
    message = N_(
        "Khóa webhook bắt đầu bằng whsec_, chép ở trang webhook vừa tạo trên Stripe. Bạn xem lại nhé."
    )


class TestKeyRefused(DomainError):
    """With a key for tests anybody could pay with a card of air."""

    code = "test_key"
    message = N_("Đây là khóa chạy thử: ai cũng trả được bằng thẻ giả. Bạn dùng khóa thật nhé.")


class CannotCharge(DomainError):
    """The account exists and Stripe does not let it charge yet."""

    code = "cannot_charge"
    status = 409
    message = N_(
        "Stripe chưa cho tài khoản này nhận tiền. Bạn vào Stripe làm nốt hồ sơ rồi thử lại."
    )


class StripeSilent(DomainError):
    """The key could not be tried."""

    code = "stripe_silent"
    status = 503
    message = N_("Chưa gọi được Stripe nên chưa lưu. Bạn thử lại sau một phút nhé.")


class RefundTooMuch(DomainError):
    """More than the card brought, less what goes back already; `left_vnd` may still go back."""

    code = "refund_too_much"
    status = 409
    message = N_("Không hoàn được nhiều hơn số thẻ đã trả: chỉ còn %(left)s hoàn được.")

    def __init__(self, left_vnd: int, left: str) -> None:
        super().__init__(left_vnd=left_vnd, left=left)


class CardSumRefused(DomainError):
    """Stripe charges no sums so small, or so big."""

    code = "card_sum_refused"
    status = 409
    message = N_("Khoản này quá nhỏ hoặc quá lớn để trả bằng thẻ. Bạn trả bằng mã QR giúp nhé.")
