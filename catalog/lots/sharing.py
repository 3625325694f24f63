"""Who owns how much of what was made together, to the base unit.

Why: what each member's leaf became must add up, through any number of poolings. Refuses fractions: every
split is by largest remainder (`core.splitting`), so parts always sum to the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.splitting import largest_remainder


@dataclass(frozen=True)
class Tie:
    """Between input `source` and output `target` of a run, by position: see `LotParent`."""

    source: int
    target: int
    used: int
    share: int


def ties(inputs: Sequence[int], outputs: Sequence[int]) -> list[Tie]:
    """How each input was used over the outputs, and each output is owed to the inputs (base units).

    `used` of one input over all outputs sums to the input; `share` of one output over all inputs sums to
    the output. Each is in proportion to the other side's amounts. Precondition: all amounts ≥ 1.
    """
    used = [largest_remainder(amount, outputs) for amount in inputs]
    share = [largest_remainder(amount, inputs) for amount in outputs]
    return [
        Tie(source, target, used[source][target], share[target][source])
        for target in range(len(outputs))
        for source in range(len(inputs))
    ]


def passed_on(share: int, owners: Mapping[str, int]) -> dict[str, int]:
    """Divide `share` base units of a child among those who own its parent, as they own that.

    Owners are taken by their names' order when remainders are equal; the parts sum to `share`.
    Precondition: one owner has something, or `share` is 0.
    """
    names = sorted(owners)
    if not share:
        return dict.fromkeys(names, 0)
    return dict(zip(names, largest_remainder(share, [owners[name] for name in names]), strict=True))
