"""Dividing a whole number into parts that sum to it again.

Why: money and quantities are never divided by `/`; this is the one rule that does it.
Refuses: floats, negative totals, weights that say nothing (empty or all zero).
"""

from collections.abc import Sequence


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Return parts of `total` in proportion to `weights`, in the same order, summing to `total`.

    Each part gets the floor of its exact share; what is left goes one by one to the largest
    remainders, the earlier part first when two are equal. A zero weight gets nothing.
    Preconditions: `total >= 0`; every weight `>= 0`; one weight positive. Raises ValueError if not.
    Source: Hamilton's method of largest remainders.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("total and weights must not be negative")
    whole = sum(weights)
    if whole == 0:
        raise ValueError("at least one weight must be positive")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
