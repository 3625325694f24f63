"""When a seller asks a deposit of a buyer, and how much. Pure: it is told the time.

Why: the same rule serves checkout, order and the page that explains it. Refuses to weigh anything but what
happened at this one seller. Worked example: 30 % of 195.000 đ is 58.500 đ, asked as 59.000 đ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

DAY_MS = 86_400_000
TOGETHER_MS = 30 * DAY_MS
"""Two orders left unpaid within this count together."""
FORGOTTEN_MS = 180 * DAY_MS
"""How long a fact is kept."""

UNPAID, REFUSED = "unpaid", "refused"
KINDS = (UNPAID, REFUSED)
"""What was ordered (or claimed) and never paid; a parcel with money due that was not taken at the door."""

PERCENT, SUM, NONE = "percent", "sum", "none"
WAYS = (PERCENT, SUM, NONE)
_ROUND_VND = 1_000
LEAST_VND = 10_000
"""A deposit is whole thousands, and not less than this where the order comes to as much."""


@dataclass(frozen=True)
class Happened:
    """One fact: its kind, when (UTC ms), and whether it was forgiven."""

    kind: str
    at_ms: int
    forgiven: bool = False


@dataclass(frozen=True)
class Terms:
    """What a seller asks of this buyer: a deposit first, or not; payment at the door still, or not."""

    deposit: bool = False
    at_the_door: bool = True


@dataclass(frozen=True)
class Share:
    """How much a seller asks: `worth` percent of the order, or đồng (`sum`), or nothing at all (`none`)."""

    way: str
    worth: int


DEFAULT = Share(PERCENT, 30)
"""What is asked where the seller has said nothing."""


def terms(facts: Sequence[Happened], now_ms: int) -> Terms:
    """What follows from `facts` of one buyer at one seller at `now_ms`.

    Two orders left unpaid within 30 days of each other, or one parcel not taken at the door, ask for a
    deposit; after the latter nothing is paid at the door alone. What was forgiven, or is 180 days old,
    counts for nothing.
    """
    counts = [one for one in facts if not one.forgiven and now_ms < one.at_ms + FORGOTTEN_MS]
    unpaid = sorted(one.at_ms for one in counts if one.kind == UNPAID)
    twice = any(later - at <= TOGETHER_MS for at, later in pairwise(unpaid))
    refused = any(one.kind == REFUSED for one in counts)
    return Terms(deposit=twice or refused, at_the_door=not refused)


def deposit_vnd(share: Share, amount_vnd: int) -> int:
    """The đồng of an order of `amount_vnd` to be paid first: whole thousands upwards, never more than all.

    0 where the seller asks for nothing.
    """
    if share.way == NONE:
        return 0
    asked = share.worth if share.way == SUM else -(-amount_vnd * share.worth // 100)
    whole = -(-max(asked, LEAST_VND) // _ROUND_VND) * _ROUND_VND
    return min(whole, amount_vnd)
