"""What a refund may become, how much may still be begun, what lines come to, when an account rests.

Why: who owes what must be the same on every page, and no two clicks may give back more than came.
Refuses: rows and clocks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.states import Table
from payments.bank.change_rules import REST_MS
from payments.errors import RefundTooMuch

BANK, CARD = "bank", "card"
AT_STRIPE = "stripe"
"""Stands for who began a refund that somebody made on Stripe's own pages."""
"""How a refund goes: by the seller's transfer, or back to the card by whoever charged it."""
DUE, ASKED, SENT = "due", "asked", "sent"
PROVED, RETURNED, DROPPED = "proved", "returned", "dropped"
REFUND = Table(
    "refund",
    {
        (DUE, ASKED),
        (ASKED, SENT),
        (DUE, PROVED),
        (ASKED, PROVED),
        (SENT, PROVED),
        (PROVED, RETURNED),
        (ASKED, RETURNED),
        (SENT, RETURNED),
        (DUE, DROPPED),
        (ASKED, DROPPED),
        (SENT, ASKED),
    },
)
"""`due` waits for the buyer's account, `asked` for the seller's transfer, `sent` is somebody's word that it
was made, `proved` the bank's; `returned`: the bank sent it back, so it is owed again, also where no feed told
of its going. A word that was wrong is taken back (`sent` to `asked`)."""
OPEN = (DUE, ASKED, SENT)
GONE = (*OPEN, PROVED)
"""States in which its đồng cannot be begun a second time."""

OVERDUE_MS = 3 * 24 * 60 * 60 * 1000
"""A buyer waits three days at most before the due list calls it overdue."""
REST_FROM_VND = 5_000_000
"""From this sum on, an account that replaced another one rests for 72 hours (ADR 0036)."""


class Source(StrEnum):
    """What is given back: of the sum that was paid, or of what came on top of it."""

    PAID = "paid"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Sums:
    """Đồng of one payment: what is owed back of each source, and what was begun of it.

    `paid_vnd` came for the sum asked. Owed sums count what went back already; nothing is subtracted.
    """

    paid_vnd: int
    owed_paid_vnd: int
    owed_extra_vnd: int
    begun_paid_vnd: int
    begun_extra_vnd: int

    def left_vnd(self, source: Source) -> int:
        """What is owed back of `source` and was not begun yet."""
        if source is Source.EXTRA:
            return self.owed_extra_vnd - self.begun_extra_vnd
        return self.owed_paid_vnd - self.begun_paid_vnd


def granted_vnd(sums: Sums, source: Source, amount_vnd: int) -> int:
    """How many of `amount_vnd` đồng nobody owed yet, so that whoever begins the refund gives them.

    Raises:
        RefundTooMuch: more than is left of what came (`left_vnd` is the most).
    """
    owed_vnd = sums.left_vnd(source)
    most_vnd = owed_vnd if source is Source.EXTRA else sums.paid_vnd - sums.begun_paid_vnd
    if amount_vnd > most_vnd:
        raise RefundTooMuch(most_vnd)
    return max(0, amount_vnd - owed_vnd)


@dataclass(frozen=True, slots=True)
class RefundLine:
    """`packs` of the frozen line at `position` (from 0), and the đồng that go back for them."""

    position: int
    packs: int
    amount_vnd: int


def lines_vnd(
    asked: Iterable[tuple[int, int]],
    frozen: Sequence[tuple[int, int]],
    before: Iterable[RefundLine],
) -> tuple[RefundLine, ...]:
    """What `asked` packs, as (position, packs), come to at the prices of the frozen lines (packs, đồng).

    The last packs of a line take what rounding left, so that all of a line is exactly its amount.

    Raises:
        RefundTooMuch: more packs than are left after those given back `before`; no such line.
    """
    gone = list(before)
    told = []
    for position, packs in asked:
        if not packs:
            continue
        if not 0 <= position < len(frozen):
            raise RefundTooMuch(0)
        whole, vnd = frozen[position]
        earlier = [line for line in gone if line.position == position]
        left = whole - sum(line.packs for line in earlier)
        left_vnd = vnd - sum(line.amount_vnd for line in earlier)
        if not 0 < packs <= left:
            raise RefundTooMuch(left_vnd)
        told.append(RefundLine(position, packs, left_vnd * packs // left))
    return tuple(told)


def proof_note(refund_id: str) -> str:
    """What a part of an outgoing line says that was, by a person's word, the refund of that id."""
    return f"refund:{refund_id}"


def after_refunds(state: str, paid_vnd: int, proved_vnd: int) -> str:
    """The state of a payment whose facts say `state`, of which `proved_vnd` went back by the bank's word."""
    if state != "settled" or not proved_vnd:
        return state
    return "refunded" if proved_vnd >= paid_vnd else "part_refunded"


def rests_until_ms(given_ms: Sequence[int], amount_vnd: int) -> int:
    """Until when (UTC ms) no transfer is asked to a payment's newest account; 0: it need not rest.

    `given_ms` are the times at which accounts were given, the oldest first. The first one never rests.
    """
    is_new = len(given_ms) > 1 and amount_vnd >= REST_FROM_VND
    return given_ms[-1] + REST_MS if is_new else 0
