"""Who gets how much when a harvest sold ahead is smaller than what was promised of it.

Why: the rule is said to buyers beforehand, so it must be one rule, exact to the pack and the same whoever
works it out. Refuses to break packs, to favour anybody but by the rule, and to give more than came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from core.quantity import BadQuantity


@dataclass(frozen=True)
class Promised:
    """What one hold was promised: `wanted` base units, in packs of `pack_size`."""

    wanted: int
    pack_size: int


def scale_back(promised: Sequence[Promised], came: int) -> list[int]:
    """Return the base units each gets of the `came` that there are, in the order given (earlier first).

    Everybody gets everything if it is enough. Else each gets its exact share of what came, rounded down
    to whole packs; what is left goes pack by pack to whoever is furthest below their share, the earlier
    order first when two are equal, until no pack fits any more. So with packs of one size the cuts sum
    exactly to what is missing, and nobody is a whole pack away from their share.
    Preconditions: `came >= 0`; each `wanted` a whole number of packs, one or more, else BadQuantity.
    Source: Hamilton's method of largest remainders, over packs.
    """
    if came < 0 or any(not _is_whole(one) for one in promised):
        raise BadQuantity()
    total = sum(one.wanted for one in promised)
    if came >= total:
        return [one.wanted for one in promised]
    usable = came - came % gcd(*(one.pack_size for one in promised))
    shares = [Fraction(usable * one.wanted, total * one.pack_size) for one in promised]
    packs = [int(share) for share in shares]
    turn = sorted(range(len(promised)), key=lambda i: packs[i] - shares[i])
    left = usable - sum(n * one.pack_size for n, one in zip(packs, promised, strict=True))
    while (number := _next(promised, packs, turn, left)) is not None:
        packs[number] += 1
        left -= promised[number].pack_size
        turn.append(turn.pop(turn.index(number)))
    return [n * one.pack_size for n, one in zip(packs, promised, strict=True)]


def _next(
    promised: Sequence[Promised], packs: Sequence[int], turn: Sequence[int], left: int
) -> int | None:
    """The first in turn who lacks a pack that fits into what is left."""
    for number in turn:
        one = promised[number]
        if one.pack_size <= left and packs[number] * one.pack_size < one.wanted:
            return number
    return None


def _is_whole(one: Promised) -> bool:
    return one.pack_size > 0 and one.wanted > 0 and one.wanted % one.pack_size == 0


@dataclass(frozen=True)
class Shared:
    """What became of one order in an example: all in packs; `share` with one decimal (`2,1`)."""

    wanted: int
    share: str
    whole: int
    given: int


def example() -> tuple[int, tuple[Shared, ...]]:
    """Three orders of 3, 3 and 4 packs of which 7 come: how many came, and what each gets.

    Worked out by the rule itself, so that what people read is what happens.
    """
    came, wanted = 7, (3, 3, 4)
    given = scale_back([Promised(packs, 1) for packs in wanted], came)
    tenths = [10 * came * packs // sum(wanted) for packs in wanted]
    shared = zip(wanted, tenths, given, strict=True)
    return came, tuple(Shared(w, f"{t // 10},{t % 10}", t // 10, g) for w, t, g in shared)
