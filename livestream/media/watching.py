"""One endless MP4 for a viewer: from the newest key frame on, part after part, as they come.

Refuses to keep a line on which nothing comes: a viewer who has gone is only noticed by sending, so a stream
that is silent lets its viewers go, and they ask again.
"""

from collections.abc import Iterator

from livestream.media.output import Output
from livestream.media.timeline import Segment

QUIET_S = 60.0
_LOOK_S = 1.0


def endless(output: Output) -> Iterator[bytes]:
    """Init segment, newest segment, what follows; ends before another init segment and after `QUIET_S`."""
    segment = _newest_start(output)
    for _ in _looks(output):
        if segment is not None:
            break
        segment = _newest_start(output)
    init = output.timeline.init(segment.init) if segment is not None else None
    if segment is None or init is None:
        return
    yield init.data
    number, part = segment.number, 0
    while (now := _next(output, segment.init, (number, part))) is not None:
        number, part = now
        made = output.timeline.segment(number)
        if made is None:
            return
        yield made.parts[part].data
        part += 1


def _next(output: Output, init: int, place: tuple[int, int]) -> tuple[int, int] | None:
    """Where the next part is, once it is there: at `place` or at the beginning of the segment after it."""
    number, part = place
    for _ in _looks(output):
        now = output.timeline.segment(number)
        if now is not None and now.is_done and part == len(now.parts):
            number, part = number + 1, 0
            now = output.timeline.segment(number)
        if now is None and number < output.timeline.newest[0]:
            return None  # forgotten: this viewer is too slow
        if now is not None and now.init != init:
            return None
        if now is not None and part < len(now.parts):
            return number, part
    return None


def _looks(output: Output) -> Iterator[None]:
    """A turn now and after each part, until the end or a long silence."""
    quiet_s = 0.0
    while True:
        yield None
        if output.timeline.is_over or quiet_s >= QUIET_S:
            return
        output.wait(_LOOK_S)
        quiet_s += _LOOK_S


def _newest_start(output: Output) -> Segment | None:
    found = None
    for segment in output.timeline:
        found = segment if segment.parts and segment.parts[0].is_key else found
    return found
