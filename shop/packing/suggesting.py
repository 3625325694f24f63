"""Which lots to reach for, for many orders at once: each lot is offered only as far as it goes.

Why: a list that sends ten packers' boxes to the same last kilo is no list. Refuses to know orders: it is
given what each hold wants, in the order they will be packed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalog.allocation import Allocation, FreeLot, allocate


@dataclass(frozen=True)
class Want:
    """A hold that is to be served from a stock row; `bound` are lots (and base units) it has already.

    `day` is that on which its buyer has the goods.
    """

    hold_id: str
    stock_id: str
    quantity: int
    day: date
    bound: tuple[tuple[str, int], ...] = ()


def suggest(wants: Sequence[Want], free: Mapping[str, Sequence[FreeLot]]) -> dict[str, Allocation]:
    """The lots for each hold, first expired first, earlier wants served first; what is bound stays.

    `free` are the lots at each stock row with what of them is bound to nobody; none is suggested that leaves
    the shelf before its buyer has it. Parts and missing of each answer sum to its want; no lot gives more
    than is free of it.
    """
    left = {(row, lot.id): lot.free for row, lots in free.items() for lot in lots}
    found: dict[str, Allocation] = {}
    for want in wants:
        need = want.quantity - sum(quantity for _, quantity in want.bound)
        lots = [
            replace(lot, free=left[want.stock_id, lot.id]) for lot in free.get(want.stock_id, ())
        ]
        served = allocate(lots, need, want.day) if need > 0 else Allocation((), 0)
        for lot_id, quantity in served.parts:
            left[want.stock_id, lot_id] -= quantity
        found[want.hold_id] = Allocation(_joined(want.bound, served.parts), served.missing)
    return found


def _joined(*parts: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Base units by lot, in the order the lots are first named."""
    sums: dict[str, int] = {}
    for lot_id, quantity in (part for some in parts for part in some):
        sums[lot_id] = sums.get(lot_id, 0) + quantity
    return tuple(sums.items())
