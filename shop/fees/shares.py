"""Shares of a sum in whole đồng: half up, once; what stays of a share when less of its sum is kept. Pure.

Why: fees and taxes are percents of goods, and both go back in part with the goods. Refuses floats.
Worked tables: docs/algorithms/fees_and_tax.md.
"""

WHOLE = 10_000
"""All of a sum, in basis points."""


def share_vnd(sum_vnd: int, basis_points: int) -> int:
    """`basis_points` (1/10.000) of `sum_vnd` đồng, half up: 1 % of 65.050 đ is 651 đ.

    Preconditions: neither is negative.
    """
    return (2 * sum_vnd * basis_points + WHOLE) // (2 * WHOLE)


def left_vnd(whole_vnd: int, base_vnd: int, kept_vnd: int) -> int:
    """What stays of `whole_vnd`, taken of `base_vnd`, when `kept_vnd` of that is kept; half up.

    More kept than there was changes nothing; of nothing, nothing stays.
    """
    if kept_vnd >= base_vnd:
        return whole_vnd if base_vnd else 0
    return (2 * whole_vnd * max(0, kept_vnd) + base_vnd) // (2 * base_vnd)
