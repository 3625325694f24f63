"""How long a recording is kept: by terms that are dated rows, never by the code. Pure.

A term counts for shows that ended before it too, if it is longer: a law that asks for more asks it of what is
still there. A shorter one is for shows that end after it began. Refuses to judge holds: `keeping` does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MONTHS = 12
MOST_MONTHS = 50 * _MONTHS


@dataclass(frozen=True)
class Term:
    """Recordings are kept so many months, from `from_ms` (UTC ms) on; `source` says where that is written."""

    from_ms: int
    months: int
    source: str


def months_for(terms: Iterable[Term], ended_ms: int, now_ms: int) -> int | None:
    """How many months a show that ended at `ended_ms` is kept, asked at `now_ms`.

    The longest of the term in force at its end and those that began since; None without any: for ever.
    """
    begun = sorted((one for one in terms if one.from_ms <= now_ms), key=lambda one: one.from_ms)
    before = [one for one in begun if one.from_ms <= ended_ms][-1:]
    since = [one for one in begun if one.from_ms > ended_ms]
    return max((one.months for one in [*before, *since]), default=None)


def kept_through(ended: date, months: int) -> date:
    """The last day a recording is kept: the same day so many months later, or that month's last."""
    year, month = divmod(ended.year * _MONTHS + ended.month - 1 + months, _MONTHS)
    for day in (ended.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
