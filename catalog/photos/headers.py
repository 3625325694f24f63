"""What a file says of itself in its first bytes: which kind of picture, how many pixels, all there or not.

Pure, and never decodes: a PNG of 20 KiB can unpack to 800 MB, so size is judged before anything is
unpacked. The name and the content type a sender gives count for nothing. Sources: JPEG ITU-T T.81
annex B; PNG third edition (W3C 2025), 5 and 11; WebP container RFC 9649, VP8 RFC 6386 9.1.
"""

from dataclasses import dataclass

from catalog.photos.errors import (
    BadPhoto,
    CutOffPhoto,
    HeicPhoto,
    MovingPhoto,
    NarrowPhoto,
    NotAPhoto,
    TinyPhoto,
    TooManyPixels,
)

MOST_MEGAPIXELS = 25
"""Twice what phones take unless told otherwise (12), and what fits the process that decodes."""
LEAST_SIDE = 100
"""Pixels; anything smaller is a thumbnail of something."""
MOST_RATIO = 4

_MOST_PARTS = (
    20_000  # segments or chunks: a screenshot of 12 MB has 1,500, a camera's picture some dozens
)
_PNG = b"\x89PNG\r\n\x1a\n"
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END = 0xDA, b"\xff\xd9"


@dataclass(frozen=True)
class Look:
    """What a picture says it is: `kind` jpeg, png or webp; width and height in px as stored."""

    kind: str
    width: int
    height: int


def look(content: bytes) -> Look:
    """What `content` says it is, if it is a picture we take.

    Raises:
        NotAPhoto, HeicPhoto, MovingPhoto: it is something else. CutOffPhoto: its end is missing.
        TooManyPixels, TinyPhoto, NarrowPhoto: it says a size we do not take.
        BadPhoto: it contradicts itself.
    """
    found = _read(content)
    if min(found.width, found.height) < 1:
        raise BadPhoto()
    if found.width * found.height > MOST_MEGAPIXELS * 1_000_000:
        raise TooManyPixels(MOST_MEGAPIXELS)
    if min(found.width, found.height) < LEAST_SIDE:
        raise TinyPhoto(LEAST_SIDE)
    if max(found.width, found.height) > MOST_RATIO * min(found.width, found.height):
        raise NarrowPhoto()
    return found


def _read(content: bytes) -> Look:
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(_PNG):
        return _png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise HeicPhoto()
    if content.startswith((b"GIF87a", b"GIF89a")):
        raise MovingPhoto()
    raise NotAPhoto()


def _jpeg(content: bytes) -> Look:
    at, size = 2, (0, 0)
    for _ in range(_MOST_PARTS):
        if at + 4 > len(content):
            raise CutOffPhoto()
        if content[at] != 0xFF:
            raise BadPhoto()
        marker = content[at + 1]
        if marker == 0xFF or marker in _JPEG_ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _JPEG_FRAMES:
            size = _big(content, at + 7, 2), _big(content, at + 5, 2)
        if marker == _SCAN:
            # Inside coded data FF is always followed by 00: the first FF D9 from here on is the end.
            if content.find(_END, at) < 0:
                raise CutOffPhoto()
            return Look("jpeg", *size)
        at += 2 + max(2, _big(content, at + 2, 2))
    raise BadPhoto()


def _png(content: bytes) -> Look:
    if content[12:16] != b"IHDR" and len(content) >= 16:
        raise BadPhoto()
    at = len(_PNG)
    for _ in range(_MOST_PARTS):
        length, name = _big(content, at, 4), content[at + 4 : at + 8]
        at += 12 + length
        if at > len(content):
            raise CutOffPhoto()
        if name == b"acTL":
            raise MovingPhoto()
        if name == b"IEND":
            return Look("png", _big(content, 16, 4), _big(content, 20, 4))
    raise BadPhoto()


def _webp(content: bytes) -> Look:
    if 8 + _little(content, 4, 4) > len(content) or len(content) < 30:
        raise CutOffPhoto()
    name = content[12:16]
    if name == b"VP8X":
        if content[20] & 0x02:
            raise MovingPhoto()
        return Look("webp", _little(content, 24, 3) + 1, _little(content, 27, 3) + 1)
    if name == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        sides = _little(content, 26, 2) & 0x3FFF, _little(content, 28, 2) & 0x3FFF
        return Look("webp", *sides)
    if name == b"VP8L" and content[20] == 0x2F:
        bits = _little(content, 21, 4)
        return Look("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    raise BadPhoto()


def _big(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(content[at : at + length], "big")


def _little(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(content[at : at + length], "little")
