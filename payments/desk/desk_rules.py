"""What a person may decide about a line, and what is proposed (worked: docs/algorithms/money_desk.md).

Refuses: rows and clocks; to propose a default where more than one payment fits (two equal sums are
never guessed).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.text import fold
from payments.desk.desk_errors import SharesOff
from payments.states import ON_TOP, Account

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
OLD_DAYS, STALE_DAYS = 3, 7
"""After so many days it is told to who keeps the books, and once more."""
OLD_MS = OLD_DAYS * DAY_MS
"""What waits longer than this is shown first and in red."""

WAITING_IN = ON_TOP | {Account.UNKNOWN_CODE}
"""Accounts of an incoming line that a person may place."""
WAITING_OUT = frozenset({Account.OUTGOING})
"""Accounts of an outgoing line that a person may explain."""
SET_ASIDE = frozenset({Account.REFUND_DUE, Account.NOT_OURS})
"""Where money may go that belongs to no payment."""

_LEAST_PAYER = 6
_LEAST_WORDS = 3


class Why(StrEnum):
    """Why a payment is proposed for a line; the first ones are the better reasons."""

    NAMED = "named"
    SLIP = "slip"
    PAYER = "payer"
    SUM = "sum"


@dataclass(frozen=True)
class Guess:
    """A payment that still owes `due_vnd` đồng, and why it may be meant."""

    payment_id: str
    due_vnd: int
    why: Why


@dataclass(frozen=True)
class Share:
    """`amount_vnd` đồng of a line: for a payment, or (None) in `account`, there of a payout.

    `about` names what a kind of money is for.
    """

    amount_vnd: int
    payment_id: str | None = None
    account: Account = Account.PAYMENT
    payout_id: str | None = None
    about: str = ""


def check_shares(line_vnd: int, shares: Sequence[Share]) -> None:
    """Do nothing if `shares` divide a line of `line_vnd` đồng: each positive, each target once, in sum all.

    Raises:
        SharesOff: they do not sum to it, or one is nothing, or a payment or account stands twice.
    """
    targets = [(one.payment_id, one.account, one.payout_id, one.about) for one in shares]
    left_vnd = line_vnd - sum(one.amount_vnd for one in shares)
    if left_vnd or any(one.amount_vnd <= 0 for one in shares) or len(set(targets)) < len(targets):
        raise SharesOff(left=left_vnd)


def with_rest(line_vnd: int, kept: Sequence[Share], rest: Share) -> tuple[Share, ...]:
    """`kept` and, where `rest` says (its own sum is not read), all that is left of `line_vnd` đồng.

    A payment that keeps something gets the rest beside it, in one share.
    """
    left_vnd = line_vnd - sum(one.amount_vnd for one in kept)
    same = [one for one in kept if one.payment_id and one.payment_id == rest.payment_id]
    others = tuple(one for one in kept if one not in same)
    whole = left_vnd + sum(one.amount_vnd for one in same)
    return (*others, replace(rest, amount_vnd=whole))


def ranked(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """Each payment once, with its best reason; better reasons first, else in the order given."""
    order = list(Why)
    best: dict[str, Guess] = {}
    for guess in sorted(guesses, key=lambda one: order.index(one.why)):
        best.setdefault(guess.payment_id, guess)
    return tuple(best.values())


def default(line_vnd: int, guesses: Sequence[Guess]) -> str | None:
    """The payment to tick beforehand: the only one proposed, where it owes exactly the sum; else none."""
    fitting = ranked(guesses)
    if len(fitting) == 1 and fitting[0].due_vnd == line_vnd:
        return fitting[0].payment_id
    return None


def split(line_vnd: int, guesses: Sequence[Guess]) -> tuple[Share, ...]:
    """The split to write into the form: what each named payment owes, where that is the sum; else nothing."""
    named = [guess for guess in ranked(guesses) if guess.why is Why.NAMED]
    if len(named) < 2 or sum(guess.due_vnd for guess in named) != line_vnd:
        return ()
    return tuple(Share(guess.due_vnd, guess.payment_id) for guess in named)


def payer_words(text: str) -> str:
    """What stays the same in a payer's transfers: the words without digits; "" where too little is left.

    Words that hold a digit (codes, references, dates, numbers) are left out; marks and case do not count.
    """
    words = [word for word in fold(text).split() if word.isalpha()]
    found = " ".join(words)
    return found if len(found) >= _LEAST_PAYER and len(words) >= _LEAST_WORDS else ""


def bucket(age_ms: int) -> str:
    """How old a wait is: `old` (over three days), `days` (over one) or `fresh`."""
    if age_ms >= OLD_MS:
        return "old"
    return "days" if age_ms >= DAY_MS else "fresh"
