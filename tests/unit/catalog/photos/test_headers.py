"""What a file is, and how large, is judged by its first bytes; a bomb is never unpacked."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from catalog.photos.headers import Look, look
from tests.support import photographs

MAKERS = {
    "jpeg": photographs.jpeg,
    "png": photographs.png,
    "webp": photographs.webp,
    "lossless webp": lambda w, h: photographs.webp(w, h, lossless=True),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_size_and_kind_are_read_from_the_first_bytes(kind: str) -> None:
    assert look(MAKERS[kind](431, 307)) == Look(kind.split()[-1], 431, 307)


def test_a_picture_of_a_phone_is_taken_whatever_else_it_carries() -> None:
    assert look(photographs.phone_picture(4000, 3000)) == Look("jpeg", 4000, 3000)


def test_a_webp_with_a_profile_is_read_from_its_extended_header() -> None:
    picture = photographs.webp_with_exif(500, 400)
    assert picture[12:16] == b"VP8X"
    assert look(picture) == Look("webp", 500, 400)


def test_a_bomb_is_refused_by_its_header_without_unpacking_it() -> None:
    bomb = photographs.bomb_png()
    assert len(bomb) < 32 * 1024
    tracemalloc.start()
    with pytest.raises(TooManyPixels):
        look(bomb)
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < 100_000


def test_twenty_five_megapixels_are_taken_and_one_row_more_is_not() -> None:
    assert look(photographs.header_of(5000, 5000)).height == 5000
    with pytest.raises(TooManyPixels):
        look(photographs.header_of(5000, 5001))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", NotAPhoto),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', NotAPhoto),
        (b"%PDF-1.7 ...", NotAPhoto),
        (b"PK\x03\x04 a zip", NotAPhoto),
        (b"", NotAPhoto),
        (photographs.heic(), HeicPhoto),
        (photographs.animated("PNG"), MovingPhoto),
        (photographs.animated("WEBP"), MovingPhoto),
        (photographs.animated("GIF"), MovingPhoto),
        (photographs.png(90, 200), TinyPhoto),
        (photographs.png(100, 401), NarrowPhoto),
        (photographs.header_of(0, 0), BadPhoto),
        (b"\x89PNG\r\n\x1a\n" + photographs.chunk(b"tEXt", b"first") * 3, BadPhoto),
        (b"\xff\xd8\xff" + b"\x00" * 400, BadPhoto),
    ],
)
def test_what_is_no_photo_is_refused_for_its_reason(content: bytes, reason: type[BadPhoto]) -> None:
    with pytest.raises(reason) as refused:
        look(content)
    assert type(refused.value) is reason


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_picture_whose_end_is_missing_is_told_so(kind: str, part: float) -> None:
    whole = MAKERS[kind](400, 300)
    with pytest.raises(CutOffPhoto):
        look(whole[: int(len(whole) * part)])


def test_endless_parts_are_not_counted_to_their_end() -> None:
    endless = photographs.png()[:33] + photographs.chunk(b"tEXt", b"") * 100_000
    with pytest.raises(BadPhoto):
        look(endless)


@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8X"]),
    st.binary(max_size=300),
)
def test_no_bytes_at_all_make_it_stumble(start: bytes, rest: bytes) -> None:
    try:
        found = look(start + rest)
    except BadPhoto:
        return
    assert min(found.width, found.height) >= 100
