"""Fragmented MP4 as an encoder would write it, box by box, without one."""

import struct
from collections.abc import Iterable, Iterator

VIDEO_TICKS, AUDIO_TICKS = 16_000, 48_000
KEY, NOT_KEY = 0x02000000, 0x01010000
_FULL = b"\0\0\0\0"


def box(kind: bytes, *inside: bytes) -> bytes:
    """One box of what it holds."""
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _words(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}I", *numbers)


def _track(number: int, handler: bytes, ticks: int, entry: bytes) -> bytes:
    media_head = box(b"mdhd", _FULL, _words(0, 0, ticks, 0), b"\x55\xc4\0\0")
    table = box(b"stbl", box(b"stsd", _FULL, _words(1), entry))
    media = box(b"mdia", media_head, box(b"hdlr", _FULL, _FULL, handler), box(b"minf", table))
    return box(b"trak", box(b"tkhd", _FULL, _words(0, 0, number, 0, 0)), media)


def picture(width: int, height: int) -> bytes:
    """A visual sample entry."""
    size = struct.pack(">HH", width, height)
    return box(b"avc1", bytes(24), size, bytes(50), box(b"avcC", b"\x01\x42\xc0\x1e"))


def track(number: int, entry: bytes) -> bytes:
    """A track of pictures."""
    return _track(number, b"vide", VIDEO_TICKS, entry)


PICTURE = picture(360, 640)
SOUND = box(b"mp4a", bytes(28))
PICTURE_TRACK = _track(1, b"vide", VIDEO_TICKS, PICTURE)
SOUND_TRACK = _track(2, b"soun", AUDIO_TICKS, SOUND)


def head(*tracks: bytes) -> bytes:
    """`ftyp` and `moov` of these tracks; picture and sound when none is named."""
    held = tracks or (PICTURE_TRACK, SOUND_TRACK)
    return box(b"ftyp", b"iso5", _words(512)) + box(b"moov", box(b"mvhd", bytes(100)), *held)


def run(number: int, start: int, lengths: Iterable[int], first_flags: int) -> bytes:
    """One track's part of a fragment, each sample with a length of its own, in ticks."""
    each = list(lengths)
    samples = b"".join(_words(one, 100) for one in each)
    flags = 0x1 | 0x4 | 0x100 | 0x200
    return box(
        b"traf",
        box(b"tfhd", _words(0x020000, number)),
        box(b"tfdt", b"\x01\0\0\0", struct.pack(">Q", start)),
        box(b"trun", _words(flags, len(each), 0, first_flags), samples),
    )


def fragment(start_ms: int, length_ms: int, *, key: bool = False, extra: bytes = b"") -> bytes:
    """A fragment of picture and sound; `extra` stands in its `mdat`."""
    picture = run(
        1,
        start_ms * VIDEO_TICKS // 1000,
        [length_ms * VIDEO_TICKS // 1000],
        KEY if key else NOT_KEY,
    )
    sound = run(2, start_ms * AUDIO_TICKS // 1000, [length_ms * AUDIO_TICKS // 1000], KEY)
    return box(b"moof", box(b"mfhd", _FULL, _words(1)), picture, sound) + box(b"mdat", extra)


def stream(parts: int, *, part_ms: int = 200, key_each: int = 5) -> Iterator[bytes]:
    """A head and `parts` fragments, one by one."""
    yield head()
    for at in range(parts):
        yield fragment(at * part_ms, part_ms, key=at % key_each == 0, extra=b"p%04d" % at)
