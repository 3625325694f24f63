"""Parts and segments of a live stream, numbered, and which of them are still to be had. Pure.

A part is one fragment (about 0.2 s). A segment is parts that belong together: it begins at a key frame
where the phone sends one in time, and ends by `MOST_US` at the latest, for a playlist promises how long
its longest segment is. A new init segment (another picture size, or the return after an outage) begins
a new segment with a break before it.
Source: RFC 8216bis (HLS 2nd edition), sections 4.4.3, 4.4.4 and 6.2.1.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from livestream.media.fragments import Fragment, Init

LEAST_US, MOST_US = 1_000_000, 2_400_000
MOST_PARTS, MOST_BYTES = 64, 4 * 1024 * 1024
"""A segment ends here too: parts that say they last no time would otherwise pile up in one for ever."""
KEPT = 12
"""Segments that stay available: the newest ones, and time enough for who is three segments behind."""


@dataclass(slots=True)
class Segment:
    """Parts under one number; `is_done` when no part will follow, `is_break` after a new init segment."""

    number: int
    init: int
    is_break: bool
    parts: list[Fragment] = field(default_factory=list)
    is_done: bool = False

    @property
    def length_us(self) -> int:
        """How long its parts play together, in microseconds."""
        return sum(part.length_us for part in self.parts)

    @property
    def data(self) -> bytes:
        """Its parts, one after the other."""
        return b"".join(part.data for part in self.parts)


class Timeline:
    """The newest segments of one stream. Grows by `add`, forgets by itself, never renumbers."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._segments: deque[Segment] = deque()
        self._inits: dict[int, Init] = {}
        self._next = 0
        self.breaks_forgotten = 0
        self.is_over = False

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._segments)

    @property
    def newest(self) -> tuple[int, int]:
        """Number of the segment being made and how many parts it has; (next number, 0) between two."""
        if not self._segments or self._segments[-1].is_done:
            return self._next, 0
        return self._segments[-1].number, len(self._segments[-1].parts)

    @property
    def newest_start(self) -> Segment | None:
        """The newest segment that begins with a key frame: where whoever comes now begins."""
        begun = (each for each in reversed(self._segments) if each.parts and each.parts[0].is_key)
        return next(begun, None)

    def init(self, number: int) -> Init | None:
        """The init segment of that number, while a segment needs it."""
        return self._inits.get(number)

    @property
    def latest_init(self) -> Init | None:
        """The init segment of what comes now; None before the first."""
        return self._inits[max(self._inits)] if self._inits else None

    def segment(self, number: int) -> Segment | None:
        """The segment of that number, while it is kept."""
        first = self._segments[0].number if self._segments else 0
        at = number - first
        return self._segments[at] if 0 <= at < len(self._segments) else None

    def add(self, made: Init | Fragment) -> None:
        """Take what the packager made.

        Precondition: an `Init` came before the first `Fragment`, and the timeline is not over.
        """
        if isinstance(made, Init):
            self._close()
            self._inits[self._init_number()] = made
            return
        if self._ends_before(made):
            self._close()
        if not self._segments or self._segments[-1].is_done:
            self._open()
        self._segments[-1].parts.append(made)

    def end(self) -> None:
        """Say that nothing follows: what is being made is done."""
        self._close()
        self.is_over = True

    def has(self, number: int, part: int | None) -> bool:
        """Whether a player that waits for this segment (or this part of it) need wait no longer."""
        now, parts = self.newest
        if self.is_over or number < now:
            return True
        return number == now and part is not None and part < parts

    def _ends_before(self, part: Fragment) -> bool:
        if not self._segments or self._segments[-1].is_done:
            return False
        now = self._segments[-1]
        length_us, held_bytes = now.length_us, sum(len(each.data) for each in now.parts)
        is_full = len(now.parts) >= MOST_PARTS or held_bytes + len(part.data) > MOST_BYTES
        is_long = length_us + part.length_us > MOST_US
        return is_full or is_long or (part.is_key and length_us >= LEAST_US)

    def _init_number(self) -> int:
        """The next number; that of the newest one when no segment was of it, so that heads cannot pile up."""
        newest = max(self._inits, default=-1)
        is_used = any(each.init == newest for each in self._segments)
        return newest + 1 if is_used or newest < 0 else newest

    def _open(self) -> None:
        init = max(self._inits)
        is_break = bool(self._segments) and self._segments[-1].init != init
        self._segments.append(Segment(self._next, init, is_break))
        self._next += 1
        while len(self._segments) > self._kept:
            self._forget()

    def _close(self) -> None:
        if self._segments and not self._segments[-1].is_done:
            self._segments[-1].is_done = True

    def _forget(self) -> None:
        """Drop the oldest segment; its break, if it had one, is counted for the players that follow."""
        self.breaks_forgotten += self._segments.popleft().is_break
        oldest = self._segments[0].init
        for number in [each for each in self._inits if each < oldest]:
            del self._inits[number]
