"""When a price may be called the market's, and what the middle of several is.

Why: a median of two lines, or of one seller, would tell a neighbour's business and no price.
Refuses rows and clocks: it is handed counts and dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_LINES = 3
LEAST_SELLERS = 2
"""Fewer sold lines, or fewer sellers, are no market price."""


@dataclass(frozen=True, order=True)
class Week:
    """A week as ISO 8601 counts it: Monday to Sunday, numbered in the year of its Thursday."""

    year: int
    number: int

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def code(self) -> str:
        """`2026-W47`."""
        return f"{self.year}-W{self.number:02d}"

    def plus(self, weeks: int) -> "Week":
        """The week so many weeks later (earlier if negative)."""
        return week_of(self.monday + timedelta(weeks=weeks))


def week_of(day: date) -> Week:
    """The ISO week a day belongs to."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def read_week(code: str) -> Week | None:
    """The week written `2026-W47`, or None where that is no week between 2000 and 2100."""
    year, mark, number = code.partition("-W")
    if not (mark and len(year) == 4 and len(number) == 2 and (year + number).isascii()):
        return None
    if not ((year + number).isdigit() and 2000 <= int(year) < 2100):
        return None
    try:
        date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return None
    return Week(int(year), int(number))


@dataclass(frozen=True)
class Sold:
    """What a week's sold lines say: the middle price in đồng (per kilo, litre or piece), and of how many."""

    median_vnd: int
    lowest_vnd: int
    highest_vnd: int
    lines: int
    sellers: int


def median_vnd(counted: Iterable[tuple[int, int]]) -> int:
    """The middle of prices in đồng, each given with how often it occurred; half up between two.

    `[(60000, 1), (70000, 2)]` → 70000. Precondition: there is one, else ValueError.
    """
    ordered = sorted((price, times) for price, times in counted if times > 0)
    total = sum(times for _, times in ordered)
    if not total:
        raise ValueError("no prices")
    return (_at(ordered, (total - 1) // 2) + _at(ordered, total // 2) + 1) // 2


def _at(ordered: list[tuple[int, int]], place: int) -> int:
    for price, times in ordered:
        if place < times:
            return price
        place -= times
    raise AssertionError("the place is below the total")


def sold(counted: Iterable[tuple[int, int]], sellers: int) -> Sold | None:
    """The market price of a week's lines, or None where there are not enough of them or of sellers."""
    prices = [(price, times) for price, times in counted if times > 0]
    lines = sum(times for _, times in prices)
    if lines < LEAST_LINES or sellers < LEAST_SELLERS:
        return None
    seen = [price for price, _ in prices]
    return Sold(median_vnd(prices), min(seen), max(seen), lines, sellers)
