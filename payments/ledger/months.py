"""Months of the business calendar, as books are kept by them: `2026-11`.

Pure: when a month begins in Vietnam is asked of the clock by whoever needs a time.
"""

import re
from dataclasses import dataclass
from datetime import date

from core.errors import BadRequest

WRITTEN = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_LAST = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month; `number` is 1 to 12."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    def after(self) -> "Month":
        """The month that follows."""
        return (
            Month(self.year + 1, 1) if self.number == _LAST else Month(self.year, self.number + 1)
        )

    def before(self) -> "Month":
        """The month that went before."""
        return (
            Month(self.year - 1, _LAST) if self.number == 1 else Month(self.year, self.number - 1)
        )


def month_of(day: date) -> Month:
    """The month in which `day` lies."""
    return Month(day.year, day.month)


def read(text: str) -> Month:
    """The month written as `2026-11`.

    Raises:
        BadRequest: it is not written so, or not in this century.
    """
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise BadRequest("month", "not a month")
    return Month(int(found[1]), int(found[2]))
