"""What a payment is, told from the facts alone: its sum, the bank lines that name it, its end.

Why: notices come in any order and more than once (promise P3); so the state is computed anew from the
whole set of facts each time one is added, and two histories of the same facts end alike.
Refuses: rows, clocks and the question which payment a line names (`matching`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.states import Table

PAYMENT = Table(
    "payment",
    {
        ("expected", "part_paid"),
        ("expected", "settled"),
        ("part_paid", "settled"),
        ("part_paid", "expected"),  # a person takes back what they had placed
        ("expected", "expired"),
        ("part_paid", "expired"),
        ("expired", "settled"),
        ("settled", "part_refunded"),
        ("settled", "refunded"),
        ("part_refunded", "refunded"),
        ("refunded", "part_refunded"),
        ("part_refunded", "settled"),
        ("refunded", "settled"),
    },
)
OPEN = frozenset({"expected", "part_paid"})
"""States in which money is asked for; the QR is shown in these only."""


class Account(StrEnum):
    """Where the đồng of a bank line stand: with a payment, or in a named suspense account."""

    PAYMENT = "payment"
    SURPLUS = "surplus"
    DUPLICATE = "duplicate"
    UNKNOWN_CODE = "unknown_code"
    REFUND_DUE = "refund_due"
    OUTGOING = "outgoing"
    REMITTED = "remitted"
    NOT_OURS = "not_ours"
    REFUNDED = "refunded"
    EXTRA_BACK = "extra_back"
    PAID_OUT = "paid_out"
    STORE_CREDIT = "store_credit"
    BANK_FEE = "bank_fee"
    EXPENSE = "expense"
    SUPPLIER = "supplier"
    WAGES = "wages"
    OTHER_OUT = "other_out"
    FEE_INVOICE = "fee_invoice"
    TAX_VAT = "tax_vat"
    TAX_PIT = "tax_pit"
    INTEREST = "interest"
    OTHER_IN = "other_in"
    CARD_PAYOUT = "card_payout"
    OWNER = "owner"
    OWN_TRANSFER = "own_transfer"
    CASH_MOVED = "cash_moved"
    LOAN = "loan"


PAID = frozenset({Account.PAYMENT, Account.REFUND_DUE, Account.REFUNDED})
"""Parts that count towards the sum of their payment, also those that went back since."""
ON_TOP = frozenset({Account.SURPLUS, Account.DUPLICATE})
"""Came beyond the sum of a payment, and stands with it still."""
OVERPAID = ON_TOP | {Account.EXTRA_BACK}
"""Parts that came on top of it."""
GONE_BACK = {
    Account.REFUND_DUE: Account.REFUNDED,
    Account.SURPLUS: Account.EXTRA_BACK,
    Account.DUPLICATE: Account.EXTRA_BACK,
}
"""Where đồng that were owed back stand once the bank proved that they went."""


@dataclass(frozen=True, slots=True, order=True)
class Incoming:
    """One incoming bank line that names the payment; the order is the bank's own.

    `by_slip`: its text names it only if a letter was mistaken for its look-alike.
    """

    at_ms: int
    reference: str
    line_id: str
    amount_vnd: int
    by_slip: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """`amount_vnd` đồng of one line, and where they stand."""

    line_id: str
    account: Account
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked: the sum, whether its time is over, whether the money (or a part) is to go back.

    `gone_vnd` are on their way back already although the sum was never filled: it is not filled any more.
    `proved_vnd` of the sum, and `proved_extra_vnd` of what came on top, are back by the bank's word.
    """

    amount_vnd: int
    expired: bool = False
    to_refund: bool = False
    refund_vnd: int = 0
    gone_vnd: int = 0
    proved_vnd: int = 0
    proved_extra_vnd: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What the facts add up to. `paid_at_ms` is the bank's time of the line that filled the sum."""

    state: str
    paid_vnd: int
    parts: tuple[Part, ...]
    paid_at_ms: int | None


def tally(claim: Claim, lines: Iterable[Incoming]) -> Tally:
    """Return what the lines make of the claim; the order in which they are given does not matter.

    Taken in the bank's order, each line fills what is still owed; what it brings beyond that is
    `surplus`, and a line that finds nothing owed is a `duplicate` whole, or, where only a slip of letters
    named the payment, waits as `unknown_code`: it was expected no more. The paid part stands with
    the payment, or is `refund_due` where the claim expired unfilled or the goods cannot be given;
    where only `refund_vnd` of it goes back, the đồng that came last do. Money that comes after an
    unfilled sum began to go back (`gone_vnd`) is a duplicate: it goes back too.
    The parts of each line sum to its amount. Preconditions: all amounts positive, each line once.
    """
    wanted_vnd = min(claim.gone_vnd, claim.amount_vnd) or claim.amount_vnd
    owed, paid_at_ms = wanted_vnd, None
    taken: list[tuple[Incoming, int]] = []
    for line in sorted(lines):
        part = min(owed, line.amount_vnd)
        taken.append((line, part))
        owed -= part
        if part and not owed:
            paid_at_ms = line.at_ms
    paid_vnd = wanted_vnd - owed
    state = _state(claim, paid_vnd)
    all_back = claim.to_refund or state == "expired"
    back = _going_back(taken, paid_vnd if all_back else claim.refund_vnd)
    parts = tuple(
        part for (line, part_vnd), back_vnd in back for part in _parts(line, part_vnd, back_vnd)
    )
    return Tally(state, paid_vnd, _gone_back(parts, claim), paid_at_ms)


def _state(claim: Claim, paid_vnd: int) -> str:
    if paid_vnd == claim.amount_vnd:
        return "settled"
    if claim.expired:
        return "expired"
    return "part_paid" if paid_vnd else "expected"


def _going_back(
    taken: list[tuple[Incoming, int]], refund_vnd: int
) -> list[tuple[tuple[Incoming, int], int]]:
    """How much of what each line filled goes back, the last line first; in the lines' order."""
    told = []
    for line, part_vnd in reversed(taken):
        back_vnd = min(part_vnd, refund_vnd)
        told.append(((line, part_vnd), back_vnd))
        refund_vnd -= back_vnd
    return told[::-1]


def _gone_back(parts: tuple[Part, ...], claim: Claim) -> tuple[Part, ...]:
    """The parts with what was proved to be back in accounts of its own, the last part first."""
    left = {Account.REFUNDED: claim.proved_vnd, Account.EXTRA_BACK: claim.proved_extra_vnd}
    told: list[Part] = []
    for part in reversed(parts):
        to = GONE_BACK.get(part.account)
        back_vnd = min(part.amount_vnd, left[to]) if to else 0
        if to and back_vnd:
            left[to] -= back_vnd
            told.append(Part(part.line_id, to, back_vnd))
        if part.amount_vnd > back_vnd:
            told.append(Part(part.line_id, part.account, part.amount_vnd - back_vnd))
    return tuple(told[::-1])


def _parts(line: Incoming, taken_vnd: int, back_vnd: int) -> list[Part]:
    if not taken_vnd:
        account = Account.UNKNOWN_CODE if line.by_slip else Account.DUPLICATE
        return [Part(line.line_id, account, line.amount_vnd)]
    sums = {
        Account.PAYMENT: taken_vnd - back_vnd,
        Account.REFUND_DUE: back_vnd,
        Account.SURPLUS: line.amount_vnd - taken_vnd,
    }
    return [Part(line.line_id, account, vnd) for account, vnd in sums.items() if vnd]
