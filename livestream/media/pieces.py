"""When the segments of a recording were sent, told in few pieces. Pure.

A segment is noted when it reaches the engine; after an outage the phone sends what it kept faster than it
plays. What was seen before something else cannot have ended after it began, so each segment is moved back
until it ends when the next begins; what then still stands apart was not sent at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SLACK_US = 1_500_000
"""A gap shorter than this is the net's and not the show's."""
_US_PER_MS = 1_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A segment that reached the engine at `at_us` (UTC microseconds) and plays for `length_us`."""

    at_us: int
    length_us: int


def pieces(segments: Sequence[Sent]) -> tuple[tuple[int, int], ...]:
    """What was sent without a gap, in order: (began at in UTC ms, length in ms).

    The lengths sum to that of all segments, less than one millisecond lost for each piece.
    """
    joined: list[Sent] = []
    for part in _moved_back(segments):
        if joined and part.at_us <= joined[-1].at_us + joined[-1].length_us + SLACK_US:
            last = joined.pop()
            part = Sent(last.at_us, last.length_us + part.length_us)
        joined.append(part)
    return tuple((part.at_us // _US_PER_MS, part.length_us // _US_PER_MS) for part in joined)


def _moved_back(segments: Sequence[Sent]) -> Iterable[Sent]:
    """The same segments, none of which ends after the next begins."""
    moved: list[Sent] = []
    for part in reversed(segments):
        latest_us = moved[-1].at_us - part.length_us if moved else part.at_us
        moved.append(Sent(min(part.at_us, latest_us), part.length_us))
    return reversed(moved)
