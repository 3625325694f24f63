"""Streams of boxes and slices spoilt in every way a mutator thinks of, and what may come of it.

Each is either read or refused by name; nothing else may be raised, little may be held, no time be lost.
The seed says which ones: the same number gives the same streams on every machine.
"""

import gc
import os
import random
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from livestream.media import playlists
from livestream.media.boxes import LARGEST_BYTES
from livestream.media.chunks import MOST_HELD_BYTES, ChunkLine, ChunkRefused
from livestream.media.fragments import Fragment
from livestream.media.media_errors import BrokenStream
from livestream.media.packager import Packager
from livestream.media.timeline import MOST_BYTES, MOST_PARTS, Timeline
from tests.factories import movies

_KEPT = 3
_LENGTHS = (0, 1, 7, 8, 9, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF)
_BYTES = (0, 1, 8, 0x7F, 0x80, 0xFF)
_SOURCE = b"".join(movies.stream(4, key_each=2))
_KINDS = (b"moov", b"moof", b"mdat", b"traf", b"trun", b"tfdt", b"tfhd", b"stsd", b"ftyp", b"free")
Mutation = Callable[[bytearray, random.Random], None]


@dataclass
class Seen:
    """What became of the streams that were fed."""

    read: int = 0
    refused: int = 0
    longest_s: float = 0.0
    grown_mb: float = 0.0
    reasons: set[str] = field(default_factory=set)


def _some_bytes(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.choice((*_BYTES, chance.randrange(256)))


def _a_number(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) - 4)
    data[at : at + 4] = struct.pack(">I", chance.choice((*_LENGTHS, chance.getrandbits(32))))


def _a_length(data: bytearray, chance: random.Random) -> None:
    at = data.find(chance.choice(_KINDS), chance.randrange(len(data)))
    if at >= 4:
        (length,) = struct.unpack_from(">I", data, at - 4)
        new = chance.choice((*_LENGTHS, length - 1, length + 1, length * 2))
        struct.pack_into(">I", data, at - 4, new & 0xFFFF_FFFF)


def _a_kind(data: bytearray, chance: random.Random) -> None:
    at = data.find(chance.choice(_KINDS), chance.randrange(len(data)))
    if at >= 0:
        data[at : at + 4] = chance.choice(_KINDS)


def _cut_out(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) - 1)
    del data[at : at + chance.randint(1, 200)]


def _repeated(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    piece = data[at : at + chance.randint(1, 400)] * chance.randint(1, 4)
    data[at:at] = piece


def _moved(data: bytearray, chance: random.Random) -> None:
    at, to = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[at : at + 120]
    del data[at : at + 120]
    data[to:to] = piece


_MUTATIONS: tuple[Mutation, ...] = (
    _some_bytes,
    _a_number,
    _a_length,
    _a_kind,
    _cut_out,
    _repeated,
    _moved,
)


def spoilt(source: bytes, chance: random.Random) -> bytes:
    """`source` after one to three mutations."""
    data = bytearray(source)
    for _ in range(chance.randint(1, 3)):
        if len(data) > 64:
            chance.choice(_MUTATIONS)(data, chance)
    return bytes(data)


def feed_spoilt_streams(times: int, seed: int) -> Seen:
    """Feed that many; each is read whole or refused, and never holds more than a stream may."""
    chance, seen, before_mb = random.Random(seed), Seen(), _resident_mb()
    for _ in range(times):
        data, began = spoilt(_SOURCE, chance), time.process_time()
        reason = _fed(data, chance.randrange(len(data) + 1))
        seen.longest_s = max(seen.longest_s, time.process_time() - began)
        seen.read, seen.refused = seen.read + (not reason), seen.refused + bool(reason)
        seen.reasons.add(reason)
    gc.collect()
    seen.grown_mb = _resident_mb() - before_mb
    return seen


def _fed(data: bytes, cut: int) -> str:
    packager, timeline = Packager(), Timeline(_KEPT)
    try:
        for piece in (data[:cut], data[cut:]):
            for made in packager.feed(piece):
                timeline.add(made)
                assert len(made.data) <= 2 * LARGEST_BYTES
                assert not isinstance(made, Fragment) or made.length_us >= 0
    except BrokenStream as broken:
        return broken.reason
    assert len(list(timeline)) <= _KEPT
    assert all(len(each.parts) <= MOST_PARTS for each in timeline)
    assert all(len(each.data) <= MOST_BYTES for each in timeline)
    assert playlists.live(timeline).startswith("#EXTM3U")
    return ""


def feed_mixed_slices(times: int, seed: int) -> None:
    """Lines of slices in any order, twice, far ahead, too large: what comes out is in order, each once."""
    chance, reasons = random.Random(seed), set[str]()
    for _ in range(times):
        line, out = ChunkLine(), list[bytes]()
        order = [chance.randrange(12) for _ in range(24)] + list(range(12))
        for number in order:
            size = chance.choice((1, 10, 3_000_000)) if chance.random() < 0.05 else 10
            place = chance.choice((number, number, number, 10**12))
            try:
                out += line.take(place, b"%02d" % number + bytes(size)).ready
            except ChunkRefused as refused:
                reasons.add(refused.reason)
            assert line.held_bytes <= MOST_HELD_BYTES
        assert [int(each[:2]) for each in out] == list(range(len(out)))
        assert line.next == len(out)
    assert reasons == {"too_large", "too_far"}


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
