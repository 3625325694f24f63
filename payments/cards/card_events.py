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
class CardPayoutDue(Event):
    """Stripe is to be asked about what it paid out."""

    payout_id: str


@dataclass(frozen=True)
class CardPayoutsDue(Event):
    """Stripe is to be asked what it paid out of an account lately."""

    account_id: str


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

    @property
    def by_hand(self) -> bool:
        """Whether it was made at Stripe, so that no refund of ours ends with it."""
        return self.key.startswith("stripe:")


@dataclass(frozen=True)
class CardDisputed(Event):
    """Somebody asked their bank for `amount_vnd` back of the charge `line_id`, which paid for `reference`."""

    seller_id: str
    reference: str
    amount_vnd: int
    line_id: str
