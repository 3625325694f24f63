"""What may become of a lot, and what a lot owes to those it was made from: rules only.

Why: a lot must not escape its interval, its block or its best-before day by being split, pooled or
renamed. Refuses rows and clocks: the day is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import N_
from core.states import Table

LOT = Table(
    "lot",
    {
        ("quarantine", "available"),
        ("quarantine", "blocked"),
        ("quarantine", "recalled"),
        ("quarantine", "spent"),
        ("available", "blocked"),
        ("available", "recalled"),
        ("available", "spent"),
        ("blocked", "available"),
        ("blocked", "recalled"),
        ("blocked", "spent"),
        ("spent", "available"),
        ("spent", "recalled"),
    },
)
"""A recalled lot stays recalled; a lot that is used up may still be recalled, or opened again."""

SEVERITY = ("available", "spent", "quarantine", "blocked", "recalled")
"""Of several parents the last one here decides what their child is."""
PAST = N_("Đã qua ngày rút khỏi quầy")
INSIDE = N_("Còn trong thời gian cách ly thuốc")
LONGEST_INTERVAL_DAYS = 365


@dataclass(frozen=True)
class Standing:
    """A state with what it waits for (`interval`, `check` or nothing) and why."""

    state: str
    waits_for: str = ""
    why: str = ""


@dataclass(frozen=True)
class Days:
    """The days of a lot: it may be sold from `clear_on` to `removes_on` (both included)."""

    harvested_on: date
    best_before: date | None = None
    removes_on: date | None = None
    sprayed_on: date | None = None
    interval_days: int = 0
    clear_on: date | None = None


@dataclass(frozen=True)
class Origin:
    """What a child inherits from one lot: how it stands, its days, its grade."""

    standing: Standing
    days: Days
    grade: str = ""


def said(day: date) -> str:
    """A day as people say it: `25/11/2026`."""
    return f"{day:%d/%m/%Y}"


def clear_day(sprayed_on: date | None, interval_days: int) -> date | None:
    """The first day goods may be sold after a spraying, `interval_days` later; None if nothing was sprayed.

    Precondition: 0 ≤ interval_days ≤ LONGEST_INTERVAL_DAYS.
    """
    return sprayed_on + timedelta(interval_days) if sprayed_on else None


def removal_day(best_before: date | None, removal_days: int) -> date | None:
    """The last day goods stay on the shelf, `removal_days` before they are best before; None if unsaid."""
    return best_before - timedelta(removal_days) if best_before else None


def is_clear(days: Days, today: date) -> bool:
    """Whether the interval after a spraying is over."""
    return days.clear_on is None or days.clear_on <= today


def is_past(days: Days, today: date) -> bool:
    """Whether the goods had to leave the shelf before today."""
    return days.removes_on is not None and days.removes_on < today


def first_standing(days: Days, today: date) -> Standing:
    """How a lot with these days begins: blocked past its last day, waiting in its interval, else free."""
    if is_past(days, today):
        return Standing("blocked", why=PAST)
    if not is_clear(days, today):
        return Standing("quarantine", "interval", INSIDE)
    return Standing("available")


def inherited(parents: Sequence[Origin]) -> Origin:
    """What pooled goods are: as strict as the strictest parent in each respect.

    The worst state (and its reason), the longest interval still to wait, the earliest harvest,
    best-before and removal day; the grade only if all agree. Who waits for a check and for an interval
    waits for the check. Precondition: at least one parent.
    """
    days = [parent.days for parent in parents]
    sprayed = max(days, key=lambda one: (one.clear_on or date.min, one.interval_days))
    grades = {parent.grade for parent in parents}
    return Origin(
        _strictest([parent.standing for parent in parents]),
        Days(
            harvested_on=min(one.harvested_on for one in days),
            best_before=earliest([one.best_before for one in days]),
            removes_on=earliest([one.removes_on for one in days]),
            sprayed_on=sprayed.sprayed_on,
            interval_days=sprayed.interval_days,
            clear_on=sprayed.clear_on,
        ),
        grade=grades.pop() if len(grades) == 1 else "",
    )


def earliest(days: Sequence[date | None]) -> date | None:
    """The first of the days that are said; None if none is."""
    return min((day for day in days if day), default=None)


def _strictest(standings: Sequence[Standing]) -> Standing:
    return max(standings, key=lambda one: (SEVERITY.index(one.state), one.waits_for == "check"))
