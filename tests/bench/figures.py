"""The arithmetic of the bench: percentiles, medians of rounds, ratios, and how they are printed.

Pure; `tests/unit/bench` holds it to worked examples, because a wrong median is a wrong promise.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Measured = Mapping[str, float]


@dataclass(frozen=True)
class Line:
    """One line of the report: which series it shows and which others it is compared with (key, words)."""

    key: str
    title: str
    unit: str
    part: str
    against: tuple[tuple[str, str], ...] = ()
    budget: float | None = None


@dataclass(frozen=True)
class Figure:
    """The median of one series over the rounds, and its ratios to other medians of the same run."""

    line: Line
    value: float
    rounds: tuple[float, ...]
    ratios: dict[str, float]

    @property
    def command(self) -> str:
        """What to type to measure this one again."""
        return f"python -m tests.bench {self.line.part}"


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that `percent` of all values do not exceed (nearest rank, no interpolation)."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(rank, 1) - 1]


def counted_percentile(counts: Mapping[int, int], percent: int) -> int:
    """`percentile` of values that were counted: `counts` says how often each was measured."""
    rank, passed = max(-(-sum(counts.values()) * percent // 100), 1), 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= rank:
            return value
    raise ValueError("nothing was measured")


def series(rounds: Iterable[Measured]) -> dict[str, tuple[float, ...]]:
    """What was measured under each name, round by round."""
    found: dict[str, tuple[float, ...]] = {}
    for measured in rounds:
        for name, value in measured.items():
            found[name] = (*found.get(name, ()), value)
    return found


def figures(lines: Iterable[Line], rounds: Sequence[Measured]) -> list[Figure]:
    """The report's figures in the order of `lines`; lines that were not measured are left out."""
    values = series(rounds)
    medians = {name: median(measured) for name, measured in values.items()}
    return [
        Figure(line, medians[line.key], values[line.key], _ratios(medians, line))
        for line in lines
        if line.key in medians
    ]


def _ratios(medians: Measured, line: Line) -> dict[str, float]:
    bases = [(key, medians[key]) for key, _ in line.against if medians.get(key)]
    return {key: medians[line.key] / base for key, base in bases}


def table(shown: Sequence[Figure]) -> str:
    """A plain table: figure, unit, lowest and highest round, ratio, command."""
    head = ("", "median", "", "lowest … highest", "compared", "measure again with")
    rows = [head, *(_cells(figure) for figure in shown)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join(_padded(row, widths)).rstrip() for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    line = figure.line
    spread = f"{number(min(figure.rounds))} … {number(max(figure.rounds))}"
    told = [
        f"{number(figure.ratios[key])} × {than}"
        for key, than in line.against
        if key in figure.ratios
    ]
    if line.budget is not None:
        told.append(f"{number(figure.value / line.budget * 100)} % of {number(line.budget)}")
    compared = ", ".join(told)
    return line.title, number(figure.value), line.unit, spread, compared, figure.command


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    right = {1, 3}
    return [
        cell.rjust(width) if column in right else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def number(value: float) -> str:
    """Three figures that mean something: `1,234`, `56.7`, `8.90`."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def as_json(figure: Figure) -> str:
    """The figure as one line for machines."""
    fields = {
        "figure": figure.line.key,
        "value": round(figure.value, 3),
        "unit": figure.line.unit,
        "rounds": [round(value, 3) for value in figure.rounds],
        "command": figure.command,
    }
    if figure.ratios:
        fields |= {"ratios": {key: round(ratio, 3) for key, ratio in figure.ratios.items()}}
    if figure.line.budget is not None:
        fields |= {"budget": figure.line.budget}
    return json.dumps(fields, ensure_ascii=False)
