"""What of a sale is whose: pure arithmetic in whole đồng and base units.

Why: members must be able to add it up themselves. Refuses fractions (largest remainder everywhere), rows,
clocks, and to pay more than money came for. Source: docs/algorithms/members_book.md.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

from core.splitting import largest_remainder

OWN = ""
"""The payee of what no member is owed for: the cooperative itself."""
WHOLE = 10_000
"""Hundredths of a percent in the whole."""


@dataclass(frozen=True)
class Owner:
    """Who is owed for `units` of a lot, and what their grade costs (đồng; None where no price was set)."""

    payee: str
    units: int
    price_vnd: int | None = None


@dataclass(frozen=True)
class Served:
    """`quantity` base units of a sold line that came from one lot, and whose the lot is."""

    quantity: int
    owners: tuple[Owner, ...]


@dataclass(frozen=True)
class SoldLine:
    """A line worth `amount_vnd`; of `sold` base units that left or wait to leave, `back` came back."""

    amount_vnd: int
    sold: int
    back: int = 0


@dataclass(frozen=True)
class Takings:
    """Money for one order: what came and stays, what of it is delivery, and the seller's own discount."""

    money_vnd: int
    fee_vnd: int = 0
    discount_vnd: int = 0


def shareable(lines: Sequence[SoldLine], takings: Takings) -> list[int]:
    """What of each line is shared, in đồng: no more than what stayed sold, nor than what money stayed.

    Preconditions: amounts ≥ 0, 0 ≤ back ≤ sold.
    """
    stayed = [_stayed(line) for line in lines]
    worth, gone = sum(stayed), sum(line.amount_vnd for line in lines) - sum(stayed)
    if not worth:
        return [0] * len(lines)
    off = largest_remainder(takings.discount_vnd, [worth, gone])[0]
    total = min(max(0, worth - off), max(0, takings.money_vnd - takings.fee_vnd))
    return largest_remainder(total, stayed)


def split(amount_vnd: int, served: Sequence[Served]) -> dict[str, int]:
    """Divide a line's `amount_vnd` over the payees of its lots: grams × price of their grade.

    Where a part has no price all go by quantity alone. The parts sum to the amount; nothing was served:
    all of it is the cooperative's own.
    """
    weights = _weights(served)
    names = sorted(weights)
    if not sum(weights.values()):
        return {OWN: amount_vnd}
    parts = largest_remainder(amount_vnd, [weights[name] for name in names])
    return dict(zip(names, parts, strict=True))


def quantities(served: Sequence[Served]) -> dict[str, int]:
    """How many base units of a line are whose; they sum to what was served."""
    found: Counter[str] = Counter()
    for one in served:
        units: Counter[str] = Counter()
        for owner in one.owners:
            units[owner.payee] += owner.units
        names = sorted(units)
        if sum(units.values()):
            parts = largest_remainder(one.quantity, [units[name] for name in names])
            found.update(dict(zip(names, parts, strict=True)))
    return dict(found)


def deductions(amount_vnd: int, rates: Sequence[int]) -> list[int]:
    """What each rate (hundredths of a percent) takes of a member's `amount_vnd`; the rest is theirs.

    Precondition: rates ≥ 0 and sum to 100 % at most.
    """
    return largest_remainder(amount_vnd, [*rates, WHOLE - sum(rates)])[:-1]


def _stayed(line: SoldLine) -> int:
    if not line.back:
        return line.amount_vnd
    return largest_remainder(line.amount_vnd, [line.sold - line.back, line.back])[0]


def _weights(served: Sequence[Served]) -> dict[str, int]:
    """Weights without fractions: all lots brought to one denominator."""
    some = [one for one in served if one.quantity and sum(owner.units for owner in one.owners)]
    made = [sum(owner.units for owner in one.owners) for one in some]
    whole = lcm(*made)
    priced = all(owner.price_vnd for one in some for owner in one.owners if owner.units)
    found: Counter[str] = Counter()
    for one, units in zip(some, made, strict=True):
        for owner in one.owners:
            price = owner.price_vnd if priced and owner.price_vnd else 1
            found[owner.payee] += one.quantity * (whole // units) * owner.units * price
    return dict(found)
