"""Pictures as phones send them, and files that only look like some: all made here, none kept.

Refuses photographs of others: everything is drawn or written byte by byte.
"""

import io
import struct
import zlib

from PIL import Image

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (40, 60, 190), (220, 190, 30)
_ROTATED_RIGHT = 6
_ORIENTATION, _GPS, _MAKER = 0x0112, 0x8825, 0x010F
SECRET = "Xom Mit 1985"
"""Stands in the EXIF, the comment and the profile of `phone_picture`: found in a copy, it was not removed."""


def quarters(width: int, height: int) -> Image.Image:
    """Red and green above, blue and yellow below: whoever turns it is seen."""
    picture = Image.new("RGB", (2, 2))
    for place, colour in enumerate((RED, GREEN, BLUE, YELLOW)):
        picture.putpixel((place % 2, place // 2), colour)
    return picture.resize((width, height), Image.Resampling.NEAREST)


def jpeg(width: int = 400, height: int = 300) -> bytes:
    return _saved(quarters(width, height), "JPEG", quality=85)


def png(width: int = 400, height: int = 300) -> bytes:
    return _saved(quarters(width, height), "PNG")


def webp(width: int = 400, height: int = 300, *, lossless: bool = False) -> bytes:
    return _saved(quarters(width, height), "WEBP", lossless=lossless)


def phone_picture(width: int = 4000, height: int = 3000) -> bytes:
    """A phone held upright: stored lying, with the turn, the place and the maker in its EXIF."""
    exif = Image.Exif()
    exif[_ORIENTATION] = _ROTATED_RIGHT
    exif[_MAKER] = SECRET
    exif.get_ifd(_GPS).update({1: "N", 2: (21.0, 35.0, 38.0), 3: "E", 4: (105.0, 50.0, 53.0)})
    return _saved(quarters(width, height), "JPEG", quality=85, exif=exif, comment=SECRET.encode())


def webp_with_exif(width: int = 400, height: int = 300) -> bytes:
    exif = Image.Exif()
    exif[_MAKER] = SECRET
    return _saved(quarters(width, height), "WEBP", exif=exif)


def header_of(width: int, height: int) -> bytes:
    """A PNG that says a size and holds nothing."""
    said = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", said) + chunk(b"IEND", b"")


def animated(kind: str) -> bytes:
    """Two frames: `PNG`, `WEBP` or `GIF`."""
    first = quarters(200, 200)
    return _saved(
        first, kind, save_all=True, append_images=[first.rotate(90)], duration=100, loop=0
    )


def chunk(name: bytes, content: bytes) -> bytes:
    """One part of a PNG."""
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def bomb_png(width: int = 16_000, height: int = 12_500) -> bytes:
    """A PNG of some 24 KiB, black all over, that is 800 MB once it is unpacked as RGBA."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    packed = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    one_bit_of_grey = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", one_bit_of_grey) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def heavy_png(side: int = 4990) -> bytes:
    """As many pixels as are taken, in a colour that needs four bytes each: honest, and a lot of memory."""
    return _saved(quarters(side, side).convert("RGBA"), "PNG", compress_level=1)


def heic() -> bytes:
    """The first bytes of what an iPhone keeps."""
    return struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(600)


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
