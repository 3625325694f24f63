"""What cards tell: something is to be asked of Stripe, a refund ended, somebody disputes a charge."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class CardNoticeStored(Event):
    """A verified notice of Stripe's waits to be read."""

    notice_id: str


@dataclass(frozen=True)
class CardDue(Event):
    """Stripe is to be asked about an attempt."""

    attempt_id: str


@dataclass(frozen=True)
class CardRefundDue(Event):
    """A refund is to be asked for at Stripe, or asked after."""

    refund_id: str


@dataclass(frozen=True)
class CardRefundEnded(Event):
    """A refund is `succeeded` or `failed` (`had_gone`: after it had succeeded), so Stripe told at `at_ms`.

    `key` is its asker's, `stripe:re_…` where made there by hand; `refund_id` is ours of this one part of it.
    """

    seller_id: str
    reference: str
    key: str
    refund_id: str
    amount_vnd: int
    state: str
    had_gone: bool
    at_ms: int


@dataclass(frozen=True)
class CardDisputed(Event):
    """Somebody asked their bank for `amount_vnd` of what a card paid for `reference` back."""

    seller_id: str
    reference: str
    amount_vnd: int
