"""What a line costs.

Why: cart, pin, order, receipt, tax, member share and label must all say the same sum, so there is
one function for what is ordered in packs, and one for what the scales say.
Refuses: delivery, discounts and clocks (which price holds is decided by the caller).
Source: docs/adr/0012-prices-and-modes.md.
"""

from dataclasses import dataclass

from core.money import BadAmount
from core.quantity import BadQuantity

SMALL_DIFFERENCE_VND = 20_000
"""Below this a difference after weighing is settled by the choice the buyer made beforehand."""


def line_amount_vnd(price_vnd_per_pack: int, packs: int) -> int:
    """Return the đồng for `packs` packs at a price per pack (selling modes `pack` and `at_least`).

    Exact: no rounding happens here; a pack is the step, so half kilos are packs of 500 g.
    Preconditions: price a whole number ≥ 0, else BadAmount; packs a whole number ≥ 1, else
    BadQuantity.
    """
    _require_price(price_vnd_per_pack)
    _require_quantity(packs)
    return price_vnd_per_pack * packs


def weighed_amount_vnd(price_vnd_per_pack: int, pack_size: int, weighed: int) -> int:
    """Return the đồng for what was weighed (`weigh_then_pay`, `estimate_then_settle`).

    `weighed` and `pack_size` are in base units; half up to the đồng, once per line:
    `65000, 200, 213` → 69225. Weighing exactly whole packs gives `line_amount_vnd` of them.
    Preconditions: price ≥ 0, else BadAmount; sizes whole numbers ≥ 1, else BadQuantity.
    """
    _require_price(price_vnd_per_pack)
    _require_quantity(pack_size)
    _require_quantity(weighed)
    return (2 * price_vnd_per_pack * weighed + pack_size) // (2 * pack_size)


@dataclass(frozen=True)
class Settlement:
    """What is still to be paid or to be given back after weighing, in đồng; never both."""

    due_vnd: int
    back_vnd: int

    @property
    def small(self) -> bool:
        """Whether the choice made beforehand decides (round it off, or settle it all the same)."""
        return self.due_vnd + self.back_vnd < SMALL_DIFFERENCE_VND


def settlement(estimated_vnd: int, weighed_vnd: int) -> Settlement:
    """What follows when a line estimated at one sum weighs in at another, both in đồng ≥ 0.

    Raises BadAmount for negative sums.
    """
    _require_price(estimated_vnd)
    _require_price(weighed_vnd)
    difference = weighed_vnd - estimated_vnd
    return Settlement(due_vnd=max(0, difference), back_vnd=max(0, -difference))


def discounted_vnd(price_vnd: int, percent_off: int) -> int:
    """A price with `percent_off` (1–90) taken off, rounded to the thousand (half up), never below 1.000 đ.

    `65000, 20` → 52000. Prices below 1.000 đ are rounded to the đồng instead.
    """
    _require_price(price_vnd)
    if type(percent_off) is not int or not 0 < percent_off <= _MOST_OFF:
        raise BadAmount()
    kept = price_vnd * (100 - percent_off)
    if price_vnd < _ROUND_TO_VND:
        return max(1, (kept + 50) // 100)
    rounded = (2 * kept + 100 * _ROUND_TO_VND) // (200 * _ROUND_TO_VND) * _ROUND_TO_VND
    return max(_ROUND_TO_VND, rounded)


_MOST_OFF = 90
_ROUND_TO_VND = 1000


def _require_price(price_vnd: int) -> None:
    if type(price_vnd) is not int or price_vnd < 0:
        raise BadAmount()


def _require_quantity(quantity: int) -> None:
    if type(quantity) is not int or quantity < 1:
        raise BadQuantity()
