"""What a line costs.

Why: cart, pin, order, receipt, tax, member share and label must all say the same sum, so there is
one function. Refuses: delivery, discounts and clocks (which price holds is decided by the caller).
"""

from core.money import BadAmount
from core.quantity import BadQuantity


def line_amount_vnd(price_vnd_per_pack: int, packs: int) -> int:
    """Return the đồng for `packs` packs at a price per pack (selling mode `pack`).

    Exact: no rounding happens in this mode. The modes by weight (`at_least`, `weigh_then_pay`,
    `estimate_then_settle`) come with the inventory and round half up to the đồng once per line.
    Preconditions: price a whole number ≥ 0, else BadAmount; packs a whole number ≥ 1, else
    BadQuantity.
    """
    if type(price_vnd_per_pack) is not int or price_vnd_per_pack < 0:
        raise BadAmount()
    if type(packs) is not int or packs < 1:
        raise BadQuantity()
    return price_vnd_per_pack * packs
