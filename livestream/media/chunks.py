"""Chunks of a recorder in their order, each once, whatever the net did to them. Pure.

A recorder's output is one file in slices: a slice that is missing cannot be skipped. What comes early is
held until what is before it has come; what comes twice is answered as the first time.
"""

from dataclasses import dataclass

LARGEST_BYTES = 2 * 1024 * 1024
"""A slice of 200 ms at 2.5 Mbit/s is 63 KB; after an outage a phone may send several seconds in one."""
MOST_AHEAD = 150
"""30 s of slices of 200 ms: what a phone keeps during an outage."""
MOST_HELD_BYTES = 16 * 1024 * 1024


class ChunkRefused(Exception):
    """Not taken; `reason` is `too_large`, `too_far`, `too_much` or one of `Channel.take`.

    `next` is the slice that is missing.
    """

    def __init__(self, reason: str, next_number: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.next = next_number


@dataclass(frozen=True, slots=True)
class Taken:
    """`ready` are the slices that may go on now, in order; `next` is the first that has not come."""

    ready: tuple[bytes, ...]
    next: int


class ChunkLine:
    """The slices of one run of a recorder, numbered from 0."""

    def __init__(self) -> None:
        self._next = 0
        self._early: dict[int, bytes] = {}

    @property
    def next(self) -> int:
        """The first slice that has not come."""
        return self._next

    @property
    def held_bytes(self) -> int:
        """How much is held because something before it is missing."""
        return sum(map(len, self._early.values()))

    def take(self, number: int, data: bytes) -> Taken:
        """Take slice `number`.

        Raises:
            ChunkRefused: larger than any slice, too far ahead of what is missing, or too much held.
        """
        if len(data) > LARGEST_BYTES:
            raise ChunkRefused("too_large", self._next)
        if number < self._next or number in self._early:
            return Taken((), self._next)
        if number > self._next + MOST_AHEAD:
            raise ChunkRefused("too_far", self._next)
        if number != self._next and self.held_bytes + len(data) > MOST_HELD_BYTES:
            raise ChunkRefused("too_much", self._next)
        self._early[number] = data
        return Taken(tuple(self._released()), self._next)

    def _released(self) -> list[bytes]:
        ready: list[bytes] = []
        while self._next in self._early:
            ready.append(self._early.pop(self._next))
            self._next += 1
        return ready
