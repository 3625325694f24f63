"""When somebody may be told, and by which road next. Pure: it is told the time.

Quiet hours are 21:00 to 7:00 in Vietnam, where the clock never changes (UTC+7 all year).
"""

from collections.abc import Collection
from dataclasses import dataclass

MINUTE_MS = 60_000
_HOUR_MS = 60 * MINUTE_MS
_DAY_MS = 24 * _HOUR_MS
_VIETNAM_MS = 7 * _HOUR_MS
_KEY_LENGTH = 80
WAKES_MS = 7 * _HOUR_MS
SLEEPS_MS = 21 * _HOUR_MS
"""Of the day in Vietnam: from the first to the second, people are told things."""
PAGE_MS = MINUTE_MS
"""How long a notice waits to be seen on a page that is open, before another road is taken."""

PUSH, EMAIL, ZNS, SMS, CALL = "push", "email", "zns", "sms", "call"
ROADS = (PUSH, EMAIL, ZNS, SMS)
"""The roads of the ladder after the open page, cheapest first; a call is made by a person."""
MOST_TRIES = 3
"""How often one road is taken when it cannot take a notice now (a push service that is busy)."""

WAITING, SENDING, SENT, SEEN = "waiting", "sending", "sent", "seen"
TO_CALL, REACHED, GIVEN_UP, STALE = "to_call", "reached", "given_up", "stale"
STATES = (WAITING, SENDING, SENT, SEEN, TO_CALL, REACHED, GIVEN_UP, STALE)
"""`given_up`: no road led there, and nobody was to call. `stale`: it was too late to be of use."""
UNHEARD = (WAITING, TO_CALL)
"""The states in which a notice that is looked at becomes `seen`."""


@dataclass(frozen=True)
class Tried:
    """A road that was taken; `again` if it said that it may take the same notice later."""

    road: str
    again: bool = False


@dataclass(frozen=True)
class Reach:
    """By which roads a person can be reached now, and whether somebody may call them."""

    roads: frozenset[str]
    by_call: bool


def awake_ms(at_ms: int) -> int:
    """The first moment from `at_ms` (UTC ms) on that is not in the quiet hours."""
    of_day = (at_ms + _VIETNAM_MS) % _DAY_MS
    if WAKES_MS <= of_day < SLEEPS_MS:
        return at_ms
    ahead = WAKES_MS - of_day if of_day < WAKES_MS else _DAY_MS - of_day + WAKES_MS
    return at_ms + ahead


def due_ms(made_ms: int, *, urgent: bool) -> int:
    """When a notice made at `made_ms` takes its first road (UTC ms); an urgent one does so at night too."""
    return not_before(made_ms + PAGE_MS, urgent=urgent)


def not_before(at_ms: int, *, urgent: bool) -> int:
    """The first moment from `at_ms` (UTC ms) on at which it may be told."""
    return at_ms if urgent else awake_ms(at_ms)


def next_road(wanted: Collection[str], tried: Collection[Tried], reach: Reach) -> str | None:
    """The next road: the first that is wanted, leads there and is not spent; then a call; None for none."""
    for road in ROADS:
        if road in wanted and road in reach.roads and not _spent(road, tried):
            return road
    return CALL if CALL in wanted and reach.by_call else None


def _spent(road: str, tried: Collection[Tried]) -> bool:
    """A road is taken once, or `MOST_TRIES` times while it says: later."""
    before = [one for one in tried if one.road == road]
    return len(before) >= MOST_TRIES or any(not one.again for one in before)


def key_of(kind: str, event: str, person_id: str) -> str:
    """What keeps a notice one for its event and person."""
    return f"{kind}:{event}:{person_id}"[:_KEY_LENGTH]


def event_of(key: str, kind: str, person_id: str) -> str:
    """The event in a notice's key."""
    return key.removeprefix(f"{kind}:").removesuffix(f":{person_id}")
