"""Boxes of ISO base media files (ISO/IEC 14496-12, section 4.2), as they come out of a pipe. Pure.

A box is a length of 4 bytes that counts itself, a kind of 4 letters and what it holds. Lengths of 0
("to the end of the file") and 1 (8 bytes of length follow) are refused: a live stream needs neither,
and both are how a bomb would be announced.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from livestream.media.media_errors import BrokenStream

HEAD_BYTES = 8
LARGEST_BYTES = 8 * 1024 * 1024
"""A fragment of 200 ms at 10 Mbit/s is 250 KB; a key frame of 4K some 2 MB."""
MOST_CHILDREN = 64
_HEAD = struct.Struct(">I4s")


@dataclass(frozen=True, slots=True)
class Box:
    """One whole box; `data` includes its head."""

    kind: bytes
    data: bytes

    @property
    def body(self) -> bytes:
        """What it holds, without its head."""
        return self.data[HEAD_BYTES:]


class BoxReader:
    """Cuts a stream into its outermost boxes, holding at most one unfinished box."""

    def __init__(self, largest_bytes: int = LARGEST_BYTES) -> None:
        self._largest_bytes = largest_bytes
        self._held = bytearray()

    @property
    def held_bytes(self) -> int:
        """How much of an unfinished box is kept, in bytes."""
        return len(self._held)

    def feed(self, data: bytes) -> list[Box]:
        """Return the boxes that `data` completes, in order.

        Raises:
            BrokenStream: `box_size` or `box_too_large`; the reader is of no more use then.
        """
        self._held += data
        found: list[Box] = []
        at = 0
        while (size := self._size_at(at)) and at + size <= len(self._held):
            whole = bytes(self._held[at : at + size])
            found.append(Box(whole[4:HEAD_BYTES], whole))
            at += size
        del self._held[:at]
        return found

    def _size_at(self, at: int) -> int:
        """The length the box at `at` says it has; 0 while its head is not whole."""
        if len(self._held) - at < HEAD_BYTES:
            return 0
        size = int(_HEAD.unpack_from(self._held, at)[0])
        if size < HEAD_BYTES:
            raise BrokenStream("box_size")
        if size > self._largest_bytes:
            raise BrokenStream("box_too_large")
        return size


def children(body: bytes) -> Iterator[Box]:
    """The boxes that `body` is made of, in order.

    Raises:
        BrokenStream: `box_size`, `box_short` or `too_many`.
    """
    at = count = 0
    while at < len(body):
        if len(body) - at < HEAD_BYTES:
            raise BrokenStream("box_short")
        size, kind = _HEAD.unpack_from(body, at)
        count += 1
        if size < HEAD_BYTES or at + size > len(body):
            raise BrokenStream("box_size")
        if count > MOST_CHILDREN:
            raise BrokenStream("too_many")
        yield Box(kind, body[at : at + size])
        at += size


def inside(body: bytes, *path: bytes) -> Iterator[bytes]:
    """The bodies of all boxes found along `path`, outermost first."""
    if not path:
        yield body
        return
    for box in children(body):
        if box.kind == path[0]:
            yield from inside(box.body, *path[1:])


def numbers(form: str, body: bytes, at: int) -> tuple[int, ...]:
    """Whole numbers read big-endian at `at`.

    Raises:
        BrokenStream: `box_short`, the box ends before them.
    """
    try:
        return struct.unpack_from(f">{form}", body, at)
    except struct.error:
        raise BrokenStream("box_short") from None
