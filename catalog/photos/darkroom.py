"""Makes the copies of one picture: a program of its own, started anew for each picture by `develop`.

Reads the original from its standard input and writes one JSON line and the copies one after the other
to its standard output. It takes away its own rights before it looks at a byte: so much memory, so much
processor time, lowest priority, and from then on no file, no socket and no other program. Its
environment is empty: there is no secret in it to tell. Imports nothing of ours, for it runs alone.
Refuses what is no JPEG, PNG or WebP, whatever Pillow could open besides.
"""

import io
import json
import os
import resource
import sys
from contextlib import suppress

from PIL import AvifImagePlugin, Image, ImageCms, ImageOps, features

_REFUSED = 3
_NO_MEMORY = 4
_BACKGROUND = (255, 255, 255)
_TAKEN = ("JPEG", "PNG", "WEBP")
_SAVE: dict[str, tuple[str, dict[str, int | bool]]] = {
    "avif": ("AVIF", {"quality": 58, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 78, "method": 3}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}


def main(arguments: list[str]) -> int:
    """`arguments` as JSON: limits and what to make. Exit 0, 3 (refused) or 4 (out of memory)."""
    task = json.loads(arguments[0])
    _limit(task["memory_bytes"], task["cpu_s"], task["answer_bytes"])
    original = sys.stdin.buffer.read()
    _lock_in()
    try:
        made, size = _develop(original, task["widths"], task["most_pixels"])
    except MemoryError:
        return _NO_MEMORY
    except Exception:  # whatever a broken file makes a decoder say
        return _REFUSED
    told = {"width": size[0], "height": size[1], "copies": [[n, len(one)] for n, one in made]}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for _name, one in made:
        sys.stdout.buffer.write(one)
    sys.stdout.buffer.flush()
    return 0


def _limit(memory_bytes: int, cpu_s: int, answer_bytes: int) -> None:
    """From here on the kernel ends this process rather than let it take more."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer_bytes, answer_bytes))
    os.nice(10)


def _lock_in() -> None:
    """What is open stays open; nothing else can be opened, so neither files nor the network."""
    assert features.check("avif"), AvifImagePlugin.__name__
    Image.init()  # loads what it would load later, when it could not
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _develop(
    original: bytes, widths: list[int], most_pixels: int
) -> tuple[list[tuple[str, bytes]], tuple[int, int]]:
    """The copies by name (`640.webp`), and width and height of the largest."""
    picture = _opened(original, max(widths), most_pixels)
    made = []
    for width in widths:
        pixels = min(width, picture.width)
        copy = picture.resize((pixels, _height(picture, pixels)), Image.Resampling.LANCZOS)
        made += [(f"{width}.{ending}", _saved(copy, ending)) for ending in _SAVE]
        if width >= picture.width:
            break
    return made, copy.size


def _opened(original: bytes, widest: int, most_pixels: int) -> Image.Image:
    """The picture as it is looked at: upright, in sRGB, without anything but its pixels."""
    picture: Image.Image = Image.open(io.BytesIO(original), formats=_TAKEN)
    if picture.width * picture.height > most_pixels:
        raise ValueError("more pixels than its header said before")
    picture.draft("RGB", (2 * widest, 2 * widest))  # a JPEG is decoded at a half or a quarter
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    pixels = _as_rgb(upright, profile)
    if pixels.width > widest:
        pixels = pixels.resize((widest, _height(pixels, widest)), Image.Resampling.LANCZOS)
    return pixels


def _as_rgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey: eight are enough
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, _BACKGROUND)
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    if profile and picture.mode in {"RGB", "CMYK"}:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a broken profile is no profile
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = (
                ImageCms.profileToProfile(
                    picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
                )
                or picture
            )
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _height(picture: Image.Image, width: int) -> int:
    return max(1, (picture.height * width + picture.width // 2) // picture.width)


def _saved(copy: Image.Image, ending: str) -> bytes:
    kind, options = _SAVE[ending]
    copy.info = {}  # Pillow writes comments and profiles it finds here
    file = io.BytesIO()
    copy.save(file, kind, **options)
    return file.getvalue()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
