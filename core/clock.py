"""The one clock: UTC milliseconds that never run backwards.

Holds, prices and claim order are judged by this clock, so a machine whose time jumps back must not
revive an expired hold (promise P18). Each process keeps the highest time it has seen, and the highest
committed time is kept in the database (`core.clock_mark`) and handed in at start through `raise_floor`.
Tests inject a `FixedClock`; nothing in the product sleeps to wait for time.
"""

import datetime
import time
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Anything that can say what time it is, in UTC milliseconds."""

    def read_ms(self) -> int: ...


class SystemClock:
    """The machine's own clock."""

    def read_ms(self) -> int:
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that stands where a test puts it."""

    def __init__(self, at_ms: int) -> None:
        self.at_ms = at_ms

    def read_ms(self) -> int:
        return self.at_ms

    def advance(self, ms: int) -> None:
        self.at_ms += ms


class _State:
    source: Clock = SystemClock()
    highest_ms: int = 0


def use(source: Clock) -> None:
    """Inject `source` as the clock of this process and forget the floor (tests and start-up only)."""
    _State.source = source
    _State.highest_ms = 0


def raise_floor(at_ms: int) -> None:
    """Never answer a time before `at_ms` (UTC ms) again in this process."""
    _State.highest_ms = max(_State.highest_ms, at_ms)


def now_ms() -> int:
    """The current time in UTC milliseconds; never smaller than any answer before it."""
    _State.highest_ms = max(_State.highest_ms, _State.source.read_ms())
    return _State.highest_ms


def machine_ms() -> int:
    """The machine's own time in UTC milliseconds, which may jump either way.

    Only for what somebody else stamped a moment ago and for how fast somebody asks: after a jump both
    would be refused until `now_ms` is overtaken. What is promised goes by `now_ms`.
    """
    return _State.source.read_ms()


@lru_cache(maxsize=1024)  # a batch of claims has one time
def iso(at_ms: int) -> str:
    """`at_ms` (UTC ms) as the public protocol writes times: `YYYY-MM-DDTHH:MM:SS.mmmZ`."""
    moment = datetime.datetime.fromtimestamp(at_ms // 1000, datetime.UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"


def in_vietnam(at_ms: int) -> datetime.datetime:
    """`at_ms` (UTC ms) as a wall-clock time of Asia/Ho_Chi_Minh, the zone of all business days."""
    return datetime.datetime.fromtimestamp(at_ms / 1000, VIETNAM)


def today() -> datetime.date:
    """The business day: Vietnam's calendar day at `now_ms()`."""
    return day_of(now_ms())


def day_of(at_ms: int) -> datetime.date:
    """Vietnam's calendar day at a time in UTC ms."""
    return in_vietnam(at_ms).date()


def midnight_ms(day: datetime.date) -> int:
    """When `day` begins in Vietnam, in UTC ms."""
    return int(datetime.datetime.combine(day, datetime.time(), VIETNAM).timestamp() * 1000)
