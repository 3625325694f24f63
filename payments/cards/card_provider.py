"""What whoever charges cards must be able to do, and what it tells; all of it asked outside of writes.

Sums are whole đồng: they have no decimals at Stripe either, so nothing is ever multiplied. Refuses rows.
"""

from dataclasses import dataclass
from typing import Protocol

CHECKOUT, INTENT = "checkout", "intent"
"""A page of the provider's own; or a PaymentIntent, for a form inside of ours."""


class CardSilent(Exception):
    """No usable answer (time ran out, 409, 429, 5xx): what was asked may or may not have been done.

    `retry_ms` is how long they ask us to wait, 0 if they do not say.
    """

    def __init__(self, why: str, retry_ms: int = 0) -> None:
        super().__init__(why)
        self.retry_ms = retry_ms


class CardRefuses(Exception):
    """A no that stays a no for this very question; `code` is theirs, `declined` where a card was refused."""

    def __init__(self, code: str, *, declined: bool = False) -> None:
        super().__init__(code)
        self.code, self.declined = code, declined


@dataclass(frozen=True)
class AccountSeen:
    """Whose key it is: the account's id there, its country (ISO 3166), whether it may charge."""

    id: str
    country: str
    may_charge: bool
    is_test: bool


@dataclass(frozen=True)
class NewAttempt:
    """A sum to ask of a card. `id` is ours and makes the key under which asking twice is asking once.

    `back_url` is where the buyer's browser goes after; `until_ms` when their page ends (UTC ms).
    """

    id: str
    kind: str
    code: str
    seller_name: str
    amount_vnd: int
    back_url: str
    until_ms: int


@dataclass(frozen=True)
class Ids:
    """The provider's ids of an attempt, "" where it has none."""

    session_id: str = ""
    intent_id: str = ""


@dataclass(frozen=True)
class Charge:
    """What a card brought: the sum in `currency`'s smallest unit, when (UTC ms), whether it is disputed."""

    reference: str
    currency: str
    amount: int
    at_ms: int
    disputed: bool


@dataclass(frozen=True)
class RefundSeen:
    """A refund there: `own_id` is ours if we asked for it, else ""; `state` one of `card_states`."""

    id: str
    own_id: str
    state: str
    amount: int
    at_ms: int
    why: str = ""


@dataclass(frozen=True)
class DisputeSeen:
    """A dispute: the provider's word for where it stands, its sum, until when to answer (UTC ms)."""

    status: str
    amount: int
    due_ms: int | None


@dataclass(frozen=True)
class Move:
    """One move of the seller's balance there, for good: `amount` of `currency`, and the `fee` taken besides.

    `kind` is of `card_sums`. `about_vnd` are the đồng of what it is about, above zero, 0 where that is no
    đồng; `intent_id`, `refund_id` and `own_id` (what we wrote on a charge) say which that is, "" where none.
    """

    id: str
    kind: str
    currency: str
    amount: int
    fee: int
    at_ms: int
    about_vnd: int = 0
    intent_id: str = ""
    refund_id: str = ""
    own_id: str = ""


@dataclass(frozen=True)
class PayoutSeen:
    """What was sent to the seller's bank: `amount` of `currency`, due there at `arrives_ms` (UTC ms).

    `state` is the provider's word (`paid`, `failed` …). Of one that `is_automatic` the `moves` are all that
    it is made of; of another nobody knows.
    """

    id: str
    state: str
    currency: str
    amount: int
    is_automatic: bool
    arrives_ms: int
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class Seen:
    """All there is to know of an attempt: `state` of `card_states`, whose it is, what came and went.

    `decline` is why the card tried last was refused; `secret` lets a browser finish an intent.
    """

    ids: Ids
    state: str
    attempt_id: str
    url: str = ""
    secret: str = ""
    decline: str = ""
    charge: Charge | None = None
    refunds: tuple[RefundSeen, ...] = ()
    dispute: DisputeSeen | None = None
    moves: tuple[Move, ...] = ()


class CardProvider(Protocol):
    """One provider. `key` is the seller's own secret there. All raise CardSilent and CardRefuses."""

    def account(self, key: str) -> AccountSeen:
        """Whose `key` it is."""

    def create(self, key: str, wanted: NewAttempt) -> Seen:
        """Ask for a sum; the same `wanted` again is the same attempt. Charges nothing by itself."""

    def look(self, key: str, ids: Ids) -> Seen:
        """How an attempt stands, with what came of it."""

    def confirm(self, key: str, intent_id: str, method: str, once: str) -> None:
        """Charge an intent to the card `method` (an id made by the browser), once under the key `once`."""

    def call_off(self, key: str, ids: Ids) -> None:
        """See that an attempt can be charged no more; CardRefuses where it was, or is over."""

    def refund(self, key: str, intent_id: str, own_id: str, amount_vnd: int) -> RefundSeen:
        """Give back a part of what an intent brought, once for each `own_id`, found again if lost."""

    def payouts(self, key: str, since_ms: int) -> tuple[PayoutSeen, ...]:
        """What was sent to the seller's bank since then (UTC ms), without what each is made of."""

    def payout(self, key: str, payout_id: str) -> PayoutSeen:
        """One of them, with what it is made of."""
