"""What this package tells: a notice was kept, money came."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class WebhookStored(Event):
    """A provider's verified notice is on disk and waits for the inbox."""

    webhook_id: str


@dataclass(frozen=True)
class StatementTaking(Event):
    """A statement is being taken in; `taken` of its rows are in the books."""

    statement_id: str
    taken: int


@dataclass(frozen=True)
class PaymentSettled(Event):
    """The whole sum of `reference` came (perhaps after it had expired); its receipt is issued."""

    reference: str
    payment_id: str


@dataclass(frozen=True)
class PaymentPartPaid(Event):
    """Some money came for `reference`, less than what is owed."""

    reference: str


@dataclass(frozen=True)
class PaymentDuplicate(Event):
    """`amount_vnd` came for `reference` although all of it was paid: a refund is due."""

    reference: str
    amount_vnd: int


@dataclass(frozen=True)
class RefundProved(Event):
    """The bank told of the transfer by which a refund of `reference` went back."""

    reference: str
    refund_id: str


@dataclass(frozen=True)
class RefundReturned(Event):
    """The bank sent a refund of `reference` back to the seller: it is owed again."""

    reference: str
    refund_id: str


@dataclass(frozen=True)
class RefundCut(Event):
    """`less_vnd` of a refund of `reference` did not go, `cut_vnd` by now: they are owed as before."""

    reference: str
    refund_id: str
    less_vnd: int
    cut_vnd: int


@dataclass(frozen=True)
class RefundAccountChanged(Event):
    """Another account was given for what is owed back of `reference`, in place of one that stood."""

    reference: str
    account_id: str


@dataclass(frozen=True)
class PaymentOwesBack(Event):
    """What goes back of `reference` has changed; ask `came_in` how much it is."""

    reference: str


@dataclass(frozen=True)
class ReceivingAccountTold(Event):
    """Something about where a seller's money arrives: all owners are to hear of it.

    `step` is `first` (the first account, `change_id` ""), `asked`, `confirmed` or `stopped`.
    """

    seller_id: str
    account_id: str
    change_id: str
    step: str


@dataclass(frozen=True)
class FeedConnected(Event):
    """Somebody else tells from now on what the bank saw on an account: all owners are to hear of it."""

    seller_id: str
    account_id: str
    feed_id: str


@dataclass(frozen=True)
class DayBegan(Event):
    """A feed told of an account's first movement of `day` (`date.toordinal`): the day before is over."""

    account_id: str
    day: int


@dataclass(frozen=True)
class DayBroken(Event):
    """An account's `day` (`date.toordinal`) does not add up: its breaks, more or less, come to `off_vnd`.

    Said again when the day is judged again.
    """

    seller_id: str
    account_id: str
    day: int
    off_vnd: int


@dataclass(frozen=True)
class PayoutPaid(Event):
    """The bank told of the transfer by which `payee` was paid `amount_vnd`, to the account of that id."""

    seller_id: str
    payout_id: str
    payee: str
    amount_vnd: int
    account_id: str


@dataclass(frozen=True)
class PayoutReturned(Event):
    """The bank sent `amount_vnd` of a payout back from the account of that id: they are owed again."""

    seller_id: str
    payout_id: str
    payee: str
    amount_vnd: int
    account_id: str


@dataclass(frozen=True)
class PayoutUnwanted(Event):
    """The bank paid a payout that somebody had cancelled; what was promised instead fell off other lists."""

    seller_id: str
    payout_id: str
    payee: str
    amount_vnd: int


@dataclass(frozen=True)
class PayeeAccountChanged(Event):
    """A payee is paid to the account of that id from now on; `first`: none was known before."""

    seller_id: str
    payee: str
    account_id: str
    first: bool
