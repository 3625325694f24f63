"""What an order comes to: goods by line, plus delivery. The QR asks for exactly this sum.

Refuses: prices of its own. They are given, in đồng per pack, by the catalogue or frozen by a claim; what
a line costs is said by `catalog.pricing.line_amount_vnd` alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.pricing import line_amount_vnd
from core.errors import N_, DomainError
from core.money import MAX_VND


class TooMuchForOneTransfer(DomainError):
    """One bank transfer cannot carry the sum; `most_vnd` is what it can (NAPAS 247)."""

    code = "sum_too_large"
    status = 409
    message = N_("Một lần chuyển khoản chỉ được dưới 500 triệu đồng. Bạn chia thành nhiều đơn nhé.")

    def __init__(self) -> None:
        super().__init__(most_vnd=MAX_VND)


@dataclass(frozen=True)
class PricedPacks:
    """A line's price in đồng per pack, and how many packs."""

    unit_price_vnd: int
    packs: int


@dataclass(frozen=True)
class Totals:
    """The sums of an order in đồng: each line in order, the goods, the fee, and all together."""

    line_amounts_vnd: tuple[int, ...]
    goods_vnd: int
    fee_vnd: int
    amount_vnd: int


def totals(lines: Sequence[PricedPacks], fee_vnd: int) -> Totals:
    """The sums of `lines` and a delivery fee in đồng: `amount = goods + fee`, `goods = Σ lines`.

    Raises:
        TooMuchForOneTransfer: the sum is 500.000.000 đ or more.
    """
    amounts = tuple(line_amount_vnd(line.unit_price_vnd, line.packs) for line in lines)
    goods = sum(amounts)
    if goods + fee_vnd > MAX_VND:
        raise TooMuchForOneTransfer()
    return Totals(amounts, goods, fee_vnd, goods + fee_vnd)
