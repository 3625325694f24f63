"""Which fee rule an order falls under, and what it comes to in đồng. Pure.

Why: the sum is frozen on the order, so it must be the same on every machine and proved again by `fsck`.
Refuses to know rows and clocks. Worked tables: docs/algorithms/fees_and_tax.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shop.fees.shares import share_vnd

LIVE, WEB, STAFF, STALL, OUTSIDE = "live", "web", "staff", "stall", "outside"
CHANNELS = (LIVE, WEB, STAFF, STALL, OUTSIDE)
"""Where an order was asked for: in the room, the web shop, by staff, at the stall, on another platform."""
_OUTSIDE = frozenset({"zalo", "facebook", "tiktok"})


@dataclass(frozen=True)
class Rate:
    """Percent (basis points) and a fixed sum, at least `least_vnd`, at most `most_vnd` (None: no cap)."""

    basis_points: int = 0
    fixed_vnd: int = 0
    least_vnd: int = 0
    most_vnd: int | None = None


@dataclass(frozen=True)
class Rule:
    """A rule from `from_ms` until before `until_ms` (UTC ms); "" fits every seller, channel, kind."""

    id: str
    rate: Rate
    from_ms: int
    until_ms: int | None = None
    seller_id: str = ""
    channel: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Sold:
    """Who sold, over which of `CHANNELS`, secured when (UTC ms)."""

    seller_id: str
    channel: str
    at_ms: int


@dataclass(frozen=True)
class Goods:
    """Goods of one kind (a word of `catalog.kinds`, or "") for so many đồng."""

    kind: str
    amount_vnd: int


@dataclass(frozen=True)
class Part:
    """What one rule takes of its goods."""

    rule: Rule
    base_vnd: int
    fee_vnd: int


def channel_of(source: str, told_over: str) -> str:
    """The channel of an order by its `source` (`web`, `staff`, `live:…`) and where staff was told of it."""
    if source == STAFF:
        if told_over in _OUTSIDE:
            return OUTSIDE
        return STALL if told_over == STALL else STAFF
    return LIVE if source.startswith("live:") else WEB


def fee_vnd(rate: Rate, base_vnd: int) -> int:
    """The fee of goods for `base_vnd` đồng: percent (half up) and fixed, floor, cap, at most the goods."""
    asked = max(share_vnd(base_vnd, rate.basis_points) + rate.fixed_vnd, rate.least_vnd)
    if rate.most_vnd is not None:
        asked = min(asked, rate.most_vnd)
    return min(asked, base_vnd)


def parts(rules: Sequence[Rule], sold: Sold, goods: Iterable[Goods]) -> tuple[Part, ...]:
    """What each rule takes: of `goods` by the first of `rules` that fits, those of one rule summed."""
    bases: dict[Rule, int] = {}
    for one in goods:
        rule = next((rule for rule in rules if _fits(rule, sold, one.kind)), None)
        if rule is not None:
            bases[rule] = bases.get(rule, 0) + one.amount_vnd
    return tuple(Part(rule, base, fee_vnd(rule.rate, base)) for rule, base in bases.items())


def _fits(rule: Rule, sold: Sold, kind: str) -> bool:
    if not rule.from_ms <= sold.at_ms or (
        rule.until_ms is not None and sold.at_ms >= rule.until_ms
    ):
        return False
    wanted = ((rule.seller_id, sold.seller_id), (rule.channel, sold.channel), (rule.kind, kind))
    return all(asked in ("", given) for asked, given in wanted)
