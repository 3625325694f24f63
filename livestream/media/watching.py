"""A stream part after part, as it comes, and one endless MP4 for a viewer, from the newest key frame on.

Refuses to keep a viewer's line on which nothing comes: one who has gone is only noticed by sending, so a
stream that is silent lets its viewers go, and they ask again.
"""

from collections.abc import Iterator
from typing import NamedTuple

from livestream.media.fragments import Fragment
from livestream.media.output import Output
from livestream.media.timeline import Segment

QUIET_S = 60.0
_LOOK_S = 1.0


class Place(NamedTuple):
    """Where a part is: the number of its segment, and which part of it."""

    segment: int
    part: int


def endless(output: Output) -> Iterator[bytes]:
    """Init segment, newest segment, what follows; ends before another init segment and after `QUIET_S`."""
    for _ in _looks(output, QUIET_S):
        if output.timeline.newest_start is not None:
            break
    first = output.timeline.newest_start
    init = output.timeline.init(first.init) if first else None
    if first is None or init is None:
        return
    yield init.data
    for _place, part in followed(output, first, QUIET_S):
        yield part.data


def followed(output: Output, first: Segment, quiet_s: float) -> Iterator[tuple[Place, Fragment]]:
    """Every part from the beginning of `first` on, with where it is, as it comes.

    Ends before another init segment, at the stream's end, after `quiet_s` seconds in which nothing came, and
    for a reader so slow that what comes next is forgotten.
    """
    place: Place | None = Place(first.number, 0)
    while place and (place := _next(output, first.init, place, quiet_s)):
        made = output.timeline.segment(place.segment)
        if made is None:
            return
        yield place, made.parts[place.part]
        place = Place(place.segment, place.part + 1)


def _next(output: Output, init: int, wanted: Place, quiet_s: float) -> Place | None:
    """Where the next part is, once it is there: where wanted, or at the beginning of the segment after."""
    number, part = wanted
    for _ in _looks(output, quiet_s):
        now = output.timeline.segment(number)
        if now is not None and now.is_done and part == len(now.parts):
            number, part = number + 1, 0
            now = output.timeline.segment(number)
        if now is None and number < output.timeline.newest[0]:
            return None  # forgotten: this reader is too slow
        if now is not None and now.init != init:
            return None
        if now is not None and part < len(now.parts):
            return Place(number, part)
    return None


def _looks(output: Output, most_s: float) -> Iterator[None]:
    """A turn now and after each part, until the end or a long silence."""
    quiet_s = 0.0
    while True:
        yield None
        if output.timeline.is_over or quiet_s >= most_s:
            return
        output.wait(_LOOK_S)
        quiet_s += _LOOK_S
