"""Which lines give what is moved, and how a line is shared out then (docs/algorithms/surplus.md).

Refuses: rows and clocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from payments.desk.desk_rules import Share
from payments.states import Account


@dataclass(frozen=True, slots=True, order=True)
class OnTop:
    """`amount_vnd` đồng of one bank line that came on top; the order is the bank's own."""

    at_ms: int
    reference: str
    line_id: str
    amount_vnd: int


def taken(lines: Sequence[OnTop], amount_vnd: int) -> tuple[OnTop, ...]:
    """Return how much each line gives so that `amount_vnd` đồng are moved: what came last goes first.

    Fewer where the lines hold less; the order in which they are given does not matter.
    """
    told = []
    for line in sorted(lines, reverse=True):
        part_vnd = min(line.amount_vnd, amount_vnd)
        amount_vnd -= part_vnd
        if part_vnd:
            told.append(OnTop(line.at_ms, line.reference, line.line_id, part_vnd))
    return tuple(told)


def moved(stands: Sequence[Share], source: Share, target: Share) -> tuple[Share, ...]:
    """Return the shares of a line of which `source.amount_vnd` went from `source` to `target`.

    `stands` is how the line is shared now, a payment or account perhaps more than once; `target`'s own sum
    is not read. Precondition: `source` stands for that much at least.
    """
    sums: dict[tuple[str | None, Account], int] = {}
    for one in (
        *stands,
        _less(source),
        Share(source.amount_vnd, target.payment_id, target.account),
    ):
        key = (one.payment_id, one.account)
        sums[key] = sums.get(key, 0) + one.amount_vnd
    return tuple(Share(vnd, *key) for key, vnd in sums.items() if vnd)


def _less(source: Share) -> Share:
    return Share(-source.amount_vnd, source.payment_id, source.account)
