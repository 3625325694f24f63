"""Calendar months of the business: Vietnam's (UTC+7), so that 30/11 at 17:00 UTC is December."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.errors import BadRequest

_WRITTEN = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_EPOCH_DAY = date(1970, 1, 1)
DAY_MS = 86_400_000
SHIFT_MS = 7 * 3_600_000
"""By how much Vietnam is ahead of UTC, all year."""


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year, both as people count them."""

    year: int
    month: int

    @property
    def key(self) -> str:
        """As it stands in addresses and rows: `2026-11`."""
        return f"{self.year}-{self.month:02d}"

    @property
    def words(self) -> str:
        """As people write it: `11/2026`."""
        return f"{self.month}/{self.year}"

    @property
    def after(self) -> "Month":
        """The month that follows."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> "Month":
        """The month that it follows."""
        return of_day(date(self.year, self.month, 1) - timedelta(days=1))

    @property
    def begins_ms(self) -> int:
        """Its first moment, in UTC ms."""
        return clock.midnight_ms(date(self.year, self.month, 1))

    @property
    def ends_ms(self) -> int:
        """The first moment that is not of it, in UTC ms."""
        return self.after.begins_ms


def parse(written: str) -> Month:
    """The month written as `2026-11`.

    Raises:
        BadRequest: it is none of this century.
    """
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise BadRequest(field="month")
    return Month(int(found[1]), int(found[2]))


def of_day(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def this_month() -> Month:
    """The month that runs now."""
    return of_day(clock.today())


def of_day_number(day: int) -> Month:
    """The month of the day that is `day` days after 1/1/1970, as rows are grouped."""
    return of_day(_EPOCH_DAY + timedelta(days=day))
