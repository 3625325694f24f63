"""What a pack costs when many are bought at once: the price from so many packs on.

Why: cart, checkout and product page must say the same. Refuses to make anything dearer: a tier never
asks more than the listing does, even when the listing's price has fallen since.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import N_, BadRequest
from core.money import MAX_VND

MOST_TIERS = 5
_MOST_PACKS = 10_000


class BadTiers(BadRequest):
    """Wholesale prices that are none: `why` says which rule they break."""

    message = N_("Giá sỉ phải từ 2 gói trở lên, mua càng nhiều càng rẻ, và rẻ hơn giá lẻ.")

    def __init__(self, why: str) -> None:
        super().__init__(field="tiers", why=why)


@dataclass(frozen=True, order=True)
class Tier:
    """From `from_packs` packs on each costs `price_vnd` đồng."""

    from_packs: int
    price_vnd: int


def checked(tiers: Iterable[Tier], price_vnd: int) -> tuple[Tier, ...]:
    """`tiers` by their packs, if they are what a seller may ask beside the listing's `price_vnd`.

    Raises:
        BadTiers: more than five; one twice; from fewer than 2 packs or more than 10,000; or a price that
            is no price, or not lower than the one before it (the listing's before the first).
    """
    ordered = tuple(sorted(tiers))
    if len(ordered) > MOST_TIERS:
        raise BadTiers("at most five")
    packs, before_vnd = 1, min(price_vnd, MAX_VND)
    for tier in ordered:
        if not packs < tier.from_packs <= _MOST_PACKS:
            raise BadTiers("from 2 packs on, each number once")
        if not 0 < tier.price_vnd < before_vnd:
            raise BadTiers("each price lower than the one before")
        packs, before_vnd = tier.from_packs, tier.price_vnd
    return ordered


def price_for(tiers: Iterable[Tier], packs: int, price_vnd: int) -> int:
    """Đồng per pack for `packs` packs of a listing that asks `price_vnd` for one: the least that applies."""
    return min([price_vnd, *(tier.price_vnd for tier in tiers if tier.from_packs <= packs)])


def next_tier(tiers: Iterable[Tier], packs: int, price_vnd: int) -> Tier | None:
    """The nearest tier that would make each pack cheaper than `packs` packs are; None if there is none."""
    now_vnd = price_for(tiers, packs, price_vnd)
    cheaper = [t for t in tiers if t.from_packs > packs and t.price_vnd < now_vnd]
    return min(cheaper, default=None)
