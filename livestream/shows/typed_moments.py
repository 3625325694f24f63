"""Moments typed in forms, as `datetime-local` sends them, read by Vietnam's clock.

Refuses what is long over, or more than a year away.
"""

import datetime

from core import clock
from core.errors import BadRequest

_FORMAT = "%Y-%m-%dT%H:%M"
_LATE_MS = 10 * 60_000
_FAR_MS = 366 * 24 * 3_600_000


def moment_ms(typed: str, field: str) -> int | None:
    """`2026-11-28T20:00` as UTC ms; None when left empty.

    Raises:
        BadRequest: no such moment, or over for ten minutes, or more than a year away.
    """
    if not typed:
        return None
    try:
        found = datetime.datetime.fromisoformat(typed).replace(tzinfo=clock.VIETNAM)
    except ValueError as error:
        raise BadRequest(field=field, why="no such moment") from error
    at_ms = int(found.timestamp() * 1000)
    if not -_LATE_MS <= at_ms - clock.now_ms() <= _FAR_MS:
        raise BadRequest(field=field, why="over, or too far away")
    return at_ms


def typed(at_ms: int | None) -> str:
    """`at_ms` (UTC ms) as such a field takes it, "" for none."""
    return f"{clock.in_vietnam(at_ms):{_FORMAT}}" if at_ms is not None else ""


def day(typed: str, field: str) -> datetime.date:
    """`2026-11-28` as a day.

    Raises:
        BadRequest: no such day.
    """
    try:
        return datetime.date.fromisoformat(typed)
    except ValueError as error:
        raise BadRequest(field=field, why="no such day") from error
