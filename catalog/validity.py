"""How long a paper counts: months as the law counts them, the last day included.

Refuses to know today: whoever asks says which day is meant.
"""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

OCOP_MONTHS = 36
"""An OCOP certificate counts for 36 months from the decision (Decision 148/QD-TTg of 2023)."""


def last_day(first: date, months: int) -> date:
    """Return the last day of `months` whole months that begin on `first`: the day before its like.

    `2024-03-01, 36` → 2027-02-28. A day the last month lacks counts as the first of the next, so that
    nobody loses one: `2024-02-29, 36` → 2027-02-28, and `2025-03-30, 35` → 2028-02-29. At the end of the
    calendar it is the last day there is. Precondition: `months >= 1`.
    """
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    last_of_month = monthrange(year, month)[1]
    if first.day > last_of_month:
        return date(year, month, last_of_month)
    return date(year, month, first.day) - timedelta(days=1)


def days_left(last: date, on: date) -> int:
    """Return how many days after `on` the last day `last` is; 0 on that day, negative after it."""
    return (last - on).days
