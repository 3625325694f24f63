"""Bars of a chart, laid out for an SVG. Pure: widths in the units of the picture, the longest bar whole."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
"""How wide the picture is."""
STEP = 46
"""How much height one bar takes with its words."""
_MOST_LETTERS = 34


@dataclass(frozen=True)
class Bar:
    """One bar: its words (cut short where they would not fit), its amount as told, its place and width."""

    label: str
    told: str
    y: int
    width: int


def bars(rows: Sequence[tuple[str, str, int]]) -> tuple[Bar, ...]:
    """The bars of (label, amount as told, amount ≥ 0), one under the other; a small amount is still seen."""
    most = max((amount for _, _, amount in rows), default=0) or 1
    return tuple(
        Bar(_short(label), told, place * STEP, max(amount * WIDTH // most, 2 if amount else 0))
        for place, (label, told, amount) in enumerate(rows)
    )


def _short(label: str) -> str:
    return label if len(label) <= _MOST_LETTERS else label[: _MOST_LETTERS - 1].rstrip() + "…"
