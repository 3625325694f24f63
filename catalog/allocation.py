"""Which lots serve a line: first what has to leave the shelf first (FEFO).

Why: packer, hand-over and stall must all reach for the same lots. Refuses to know states and holds: it is
given the lots that may serve at all, and how much of each is free.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.quantity import BadQuantity


@dataclass(frozen=True)
class FreeLot:
    """A lot that may be sold: `free` base units of it are nobody's; it leaves the shelf on `removes_on`."""

    id: str
    free: int
    harvested_on: date
    removes_on: date | None = None


@dataclass(frozen=True)
class Allocation:
    """The base units each lot gives, in the order to reach for them, and how many nobody can."""

    parts: tuple[tuple[str, int], ...]
    missing: int


def allocate(lots: Iterable[FreeLot], quantity: int, deliver_on: date) -> Allocation:
    """Serve `quantity` base units, delivered on `deliver_on`, from `lots`: first expired, first out.

    By removal day (none is last), then harvest day, then id; never from a lot that leaves the shelf
    before it is delivered. What `lots` cannot give is `missing`; parts and missing sum to `quantity`.
    Precondition: `quantity >= 1`, else BadQuantity.
    """
    if quantity < 1:
        raise BadQuantity()
    parts: list[tuple[str, int]] = []
    missing = quantity
    for lot in sorted(lots, key=_turn):
        given = min(missing, lot.free)
        if given > 0 and keeps_until(lot, deliver_on):
            parts.append((lot.id, given))
            missing -= given
    return Allocation(tuple(parts), missing)


def keeps_until(lot: FreeLot, day: date) -> bool:
    """Whether the lot may still be sold on `day`."""
    return lot.removes_on is None or lot.removes_on >= day


def _turn(lot: FreeLot) -> tuple[date, date, str]:
    return lot.removes_on or date.max, lot.harvested_on, lot.id
