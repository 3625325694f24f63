"""What the boxes of a fragmented MP4 say: its tracks, when a fragment plays, where one may begin. Pure.

Source: ISO/IEC 14496-12, sections 8.4 (tracks) and 8.8 (fragments); RFC 6381 for the names of codecs.
Times are whole microseconds; a track's own clock ticks are turned into them rounded down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from livestream.media.boxes import Box, children, inside, numbers
from livestream.media.media_errors import BrokenStream

VIDEO, AUDIO = "video", "audio"
_KINDS = {b"vide": VIDEO, b"soun": AUDIO}
_ENTRY_HEAD = 78
"""Bytes of a visual sample entry before the boxes it holds (section 12.1.3)."""
_AAC = "mp4a.40.2"
"""Sound is always AAC-LC here: the engine itself makes it, whatever the phone sent."""
_MOST_TICKS = 10_000_000
_MOST_SAMPLES = 4096
_MOST_PIXELS = 4096 * 2304
"""What a phone that only watches can still be asked to decode; the sender asks for a tenth of it."""
_MOST_US = 120 * 1_000_000
"""No fragment lasts two minutes: a clock that jumps so far is another recording, or a lie."""
_US = 1_000_000
_NOT_KEY = 0x00010000
_DATA_OFFSET, _FIRST_FLAGS = 0x1, 0x4
_BASE, _DESCRIPTION, _DURATION, _SIZE, _FLAGS = 0x1, 0x2, 0x8, 0x10, 0x20
_EACH_DURATION, _EACH_SIZE, _EACH_FLAGS, _EACH_SHIFT = 0x100, 0x200, 0x400, 0x800


@dataclass(frozen=True, slots=True)
class Track:
    """One picture or sound: its number, kind, clock (ticks a second) and codec (RFC 6381)."""

    number: int
    kind: str
    ticks_per_second: int
    codec: str


@dataclass(frozen=True, slots=True)
class Init:
    """What a player needs before any fragment: `ftyp` and `moov` as they are, and their tracks."""

    data: bytes
    tracks: tuple[Track, ...]

    @property
    def codecs(self) -> str:
        """The list of codecs a player is asked whether it knows."""
        return ",".join(track.codec for track in self.tracks)


@dataclass(frozen=True, slots=True)
class Fragment:
    """`moof` and `mdat` as they are, when they play on the stream's clock; a player may begin at a key."""

    data: bytes
    start_us: int
    length_us: int
    is_key: bool
    lacks_picture: bool = False
    """Sound alone, in a stream that has a picture: an encoder writes such ones before its first picture."""

    def after(self, early: Sequence["Fragment"]) -> "Fragment":
        """This one with the bytes of earlier ones before its own; it keeps its own time."""
        data = b"".join(each.data for each in (*early, self))
        return replace(self, data=data)


@dataclass(frozen=True, slots=True)
class _Run:
    """One track's part of a fragment, in its own ticks."""

    start: int
    length: int
    is_key: bool


def read_init(data: bytes, moov: Box) -> Init:
    """Read the tracks of `moov`; `data` is everything before the first fragment.

    Raises:
        BrokenStream: `no_track` (no sound and no picture), `picture_too_large`, or what `boxes` finds.
    """
    found = [_track(trak) for trak in inside(moov.body, b"trak")]
    tracks = tuple(track for track in found if track is not None)
    if not tracks:
        raise BrokenStream("no_track")
    return Init(data, tracks)


def read_fragment(init: Init, moof: Box, mdat: Box) -> Fragment:
    """Read when a fragment plays: by its picture if it has one, else by its sound.

    Raises:
        BrokenStream: `unknown_track`, `no_time`, `time_jump`, `too_many`, or what `boxes` finds.
    """
    clocks = {track.number: track for track in init.tracks}
    runs = dict(map(_run, inside(moof.body, b"traf")))
    if not runs or not runs.keys() <= clocks.keys():
        raise BrokenStream("unknown_track" if runs else "no_time")
    number = min(runs, key=lambda each: (clocks[each].kind != VIDEO, each))
    run, ticks = runs[number], clocks[number].ticks_per_second
    start_us, end_us = run.start * _US // ticks, (run.start + run.length) * _US // ticks
    has_picture = any(track.kind == VIDEO for track in init.tracks)
    lacks_picture = has_picture and clocks[number].kind != VIDEO
    is_key = (run.is_key or not has_picture) and not lacks_picture
    if end_us - start_us > _MOST_US:
        raise BrokenStream("time_jump")
    return Fragment(moof.data + mdat.data, start_us, end_us - start_us, is_key, lacks_picture)


def _track(trak: bytes) -> Track | None:
    """A track of `trak`; None for one that is neither picture nor sound (a `trak` may hold text)."""
    number = _versioned(next(inside(trak, b"tkhd"), b""), narrow=12, wide=20)
    ticks = _versioned(next(inside(trak, b"mdia", b"mdhd"), b""), narrow=12, wide=20)
    handler = next(inside(trak, b"mdia", b"hdlr"), b"")[8:12]
    if handler not in _KINDS:
        return None
    if not 0 < ticks <= _MOST_TICKS:
        raise BrokenStream("no_time")
    entries = next(inside(trak, b"mdia", b"minf", b"stbl", b"stsd"), b"")[8:]
    kind = _KINDS[handler]
    return Track(number, kind, ticks, _AAC if kind == AUDIO else _video_codec(entries))


def _versioned(body: bytes, *, narrow: int, wide: int) -> int:
    """A number of 4 bytes that stands elsewhere when the box's times have 8 bytes (version 1)."""
    (version,) = numbers("B", body, 0)
    return numbers("I", body, wide if version else narrow)[0]


def _video_codec(entries: bytes) -> str:
    for entry in children(entries):
        width, height = numbers("HH", entry.body, 24)
        if width * height > _MOST_PIXELS:
            raise BrokenStream("picture_too_large")
        for box in children(entry.body[_ENTRY_HEAD:]):
            if box.kind == b"avcC":
                profile, compatible, level = numbers("xBBB", box.body, 0)
                return f"avc1.{profile:02x}{compatible:02x}{level:02x}"
        return entry.kind.decode("ascii", "replace")
    raise BrokenStream("no_track")


def _run(traf: bytes) -> tuple[int, _Run]:
    number, duration, first_flags = _defaults(next(inside(traf, b"tfhd"), b""))
    length, key = 0, None
    for trun in inside(traf, b"trun"):
        run_length, flags = _lengths(trun, duration)
        length += run_length
        key = (first_flags if flags is None else flags) if key is None else key
    return number, _Run(_start(traf), length, key is not None and not key & _NOT_KEY)


def _start(traf: bytes) -> int:
    decode_time = next(inside(traf, b"tfdt"), None)
    if decode_time is None:
        raise BrokenStream("no_time")
    (version,) = numbers("B", decode_time, 0)
    return numbers("Q" if version else "I", decode_time, 4)[0]


def _defaults(tfhd: bytes) -> tuple[int, int, int]:
    """Track number, ticks and flags of a sample that says none of its own (section 8.8.7)."""
    flags, number = numbers("II", tfhd, 0)
    at, said = 8, {_DURATION: 0, _FLAGS: 0}
    for bit, size in ((_BASE, 8), (_DESCRIPTION, 4), (_DURATION, 4), (_SIZE, 4), (_FLAGS, 4)):
        if flags & bit:
            if bit in said:
                said[bit] = numbers("I", tfhd, at)[0]
            at += size
    return number, said[_DURATION], said[_FLAGS]


def _lengths(trun: bytes, duration: int) -> tuple[int, int | None]:
    """Ticks of all samples of a run, and the flags its first one says (section 8.8.8)."""
    flags, samples = numbers("II", trun, 0)
    if samples > _MOST_SAMPLES:
        raise BrokenStream("too_many")
    at = 8 + (4 if flags & _DATA_OFFSET else 0)
    first = numbers("I", trun, at)[0] if flags & _FIRST_FLAGS else None
    at += 4 if flags & _FIRST_FLAGS else 0
    each = [bit for bit in (_EACH_DURATION, _EACH_SIZE, _EACH_FLAGS, _EACH_SHIFT) if flags & bit]
    if first is None and _EACH_FLAGS in each and samples:
        first = numbers("I", trun, at + 4 * each.index(_EACH_FLAGS))[0]
    if _EACH_DURATION not in each:
        return samples * duration, first
    step = 4 * len(each)
    return sum(numbers("I", trun, at + step * one)[0] for one in range(samples)), first
