"""Does a day add up: opening + in − out = what the bank says stands on the account.

Lines come in the bank's order, some with the running balance after them. Where a balance does not follow
from the one before, something is missing (or too much) right there, and by how much is known. Refuses to
call a day right of which no balance was told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class State(StrEnum):
    """What is known of a day."""

    EVEN = "even"
    BROKEN = "broken"
    UNTOLD = "untold"


@dataclass(frozen=True)
class DayLine:
    """A bank line in its place: its day (`date.toordinal`), what it changed, the balance after it if told."""

    line_id: str
    day: int
    change_vnd: int
    balance_vnd: int | None = None


@dataclass(frozen=True)
class Break:
    """A line whose balance does not follow; `missing_vnd` more (or less) came before it than we know."""

    line_id: str
    missing_vnd: int


@dataclass(frozen=True)
class Day:
    """A day's lines summed, its balances where they can be told, and every place where they break."""

    day: int
    lines: int
    in_vnd: int
    out_vnd: int
    opening_vnd: int | None
    closing_vnd: int | None
    state: State
    breaks: tuple[Break, ...]


def days(lines: Iterable[DayLine]) -> tuple[Day, ...]:
    """The days of lines that stand in the bank's order, oldest first.

    A balance is carried over lines (and days) that tell none. After a break the bank's word is taken, so
    that one missing line is told once.
    """
    found: list[Day] = []
    standing: int | None = None
    for day, group in groupby(lines, key=lambda one: one.day):
        made = _day(day, tuple(group), standing)
        found.append(made)
        standing = made.closing_vnd
    return tuple(found)


def _day(day: int, lines: Sequence[DayLine], standing: int | None) -> Day:
    walked = list(_walk(lines, standing))
    breaks = tuple(one for _, one in walked if one is not None)
    told = any(line.balance_vnd is not None for line in lines)
    opening = standing if standing is not None else _opening(lines)
    return Day(
        day,
        len(lines),
        in_vnd=sum(line.change_vnd for line in lines if line.change_vnd > 0),
        out_vnd=-sum(line.change_vnd for line in lines if line.change_vnd < 0),
        opening_vnd=opening,
        closing_vnd=walked[-1][0],
        state=State.BROKEN if breaks else State.EVEN if told else State.UNTOLD,
        breaks=breaks,
    )


def _walk(
    lines: Sequence[DayLine], standing: int | None
) -> Iterator[tuple[int | None, Break | None]]:
    """The balance after each line, and where the bank's word is another."""
    for line in lines:
        expected = None if standing is None else standing + line.change_vnd
        told = line.balance_vnd
        standing = expected if told is None else told
        is_broken = None not in (expected, told) and expected != told
        yield standing, _break(line, expected, told) if is_broken else None


def _break(line: DayLine, expected: int | None, told: int | None) -> Break:
    return Break(line.line_id, (told or 0) - (expected or 0))


def _opening(lines: Sequence[DayLine]) -> int | None:
    """What stood before the first line, from the first balance of the day."""
    moved = 0
    for line in lines:
        moved += line.change_vnd
        if line.balance_vnd is not None:
            return line.balance_vnd - moved
    return None
