"""Which payment a bank line speaks of, by its text alone.

Why: the code in the transfer's note is the only thing that ties money to a payment.
Refuses: to guess. Two codes, two readings of a slip, a stranger's code: a person decides, and until
then the money stands in suspense. The sum plays no part here (`states.tally` weighs it).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.codes import find_order_codes, slip_candidates

SLIP, OTHER_ACCOUNT = "slip", "other_account"
BY_PERSON = "person"
"""The flag of money that a person placed (`payments.desk`)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A payment of the seller whose account the line is on.

    `is_open`: its time was not over when the bank booked the line. Whether something was owed then is
    told by all its lines (`states.tally`), not here: what was heard first must not decide.
    """

    payment_id: str
    code: str
    account_id: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The line belongs to this payment, though perhaps on another account or by a misread letter."""

    payment_id: str
    on_other_account: bool = False
    by_slip: bool = False

    @property
    def flags(self) -> str:
        """What a person may want to look at, in words kept with the line; empty if nothing."""
        flags = {OTHER_ACCOUNT: self.on_other_account, SLIP: self.by_slip}
        return " ".join(name for name, is_set in flags.items() if is_set)


class Unmatched(StrEnum):
    """Why a line belongs to no payment; kept with the money in suspense."""

    NO_CODE = "no_code"
    UNKNOWN_CODE = "unknown_code"
    SEVERAL_CODES = "several_codes"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says by itself: one `code`, or `why` none; `codes` are all it names or may mean."""

    code: str | None
    why: str | None
    codes: tuple[str, ...]


def code_in(text: str) -> Reading:
    """Return the one code a text names, before anybody asks whose it is.

    None (`why`) where it names several codes (`several_codes`), only look-alikes of codes (`slip`: taken
    by itself only if exactly one of them is expected on the account, else a person decides) or nothing
    whose check is right (`no_code`).
    """
    exact = tuple(find_order_codes(text))
    if len(exact) == 1:
        return Reading(exact[0], None, exact)
    if exact:
        return Reading(None, Unmatched.SEVERAL_CODES.value, exact)
    slips = tuple(slip_candidates(text))
    return Reading(None, SLIP if slips else Unmatched.NO_CODE.value, slips)


def codes_to_look_up(text: str) -> list[str]:
    """Return every code the text may mean, the exact ones first."""
    return find_order_codes(text) + slip_candidates(text)


def match(text: str, account_id: str, candidates: Sequence[Candidate]) -> Match | Unmatched:
    """Return the payment that the text of an incoming line on `account_id` names, or why none.

    `candidates` are the seller's payments among `codes_to_look_up(text)`. An exact code matches in
    any state and on any account of the seller; a slip only if exactly one reading is open on this
    very account.
    """
    exact = find_order_codes(text)
    named = [candidate for candidate in candidates if candidate.code in exact]
    if len(named) == 1:
        return Match(named[0].payment_id, on_other_account=named[0].account_id != account_id)
    if named:
        return Unmatched.SEVERAL_CODES
    slips = [found for found in candidates if found.is_open and found.account_id == account_id]
    if len(slips) == 1:
        return Match(slips[0].payment_id, by_slip=True)
    return Unmatched.UNKNOWN_CODE if exact or slips else Unmatched.NO_CODE
