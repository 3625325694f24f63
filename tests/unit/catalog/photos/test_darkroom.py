"""Copies are upright, small and do not know where they were taken; what makes them has limits."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from catalog.photos import darkroom, develop
from catalog.photos.develop import DarkroomStuck, Developed, Limits
from catalog.photos.errors import BadPhoto, HeavyPhoto
from tests.support import photographs
from tests.support.photographs import BLUE, GREEN, RED, SECRET, YELLOW


def opened(copy: bytes) -> Image.Image:
    picture: Image.Image = Image.open(io.BytesIO(copy))
    return picture


def corners(picture: Image.Image) -> list[object]:
    """The colours left above, right above, left below, right below, as near as the eye."""
    right, low = picture.width - 10, picture.height - 10
    return [near(picture, x, y) for y in (10, low) for x in (10, right)]


def near(picture: Image.Image, x: int, y: int) -> object:
    seen = picture.convert("RGB").getpixel((x, y))
    assert isinstance(seen, tuple)
    known = (RED, GREEN, BLUE, YELLOW)
    return min(known, key=lambda one: sum((a - b) ** 2 for a, b in zip(one, seen, strict=True)))


@pytest.fixture(scope="module")
def of_a_phone() -> Developed:
    return develop.develop(photographs.phone_picture(4000, 3000))


def test_a_phone_picture_becomes_three_widths_in_three_formats(of_a_phone: Developed) -> None:
    found = {
        name: (opened(one).format, opened(one).size) for name, one in of_a_phone.copies.items()
    }
    sizes = {"320": (320, 427), "640": (640, 854), "1280": (1280, 1707)}
    formats = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
    assert found == {
        f"{width}.{ending}": (kind, size)
        for width, size in sizes.items()
        for ending, kind in formats.items()
    }
    assert (of_a_phone.width, of_a_phone.height) == (1280, 1707)


@pytest.mark.parametrize("ending", ["avif", "webp", "jpg"])
def test_a_picture_taken_upright_is_shown_upright(of_a_phone: Developed, ending: str) -> None:
    """Stored lying on its side, turned right: what was left below comes left above."""
    assert corners(opened(of_a_phone.copies[f"640.{ending}"])) == [BLUE, RED, YELLOW, GREEN]


def test_no_copy_knows_where_or_with_what_it_was_taken(of_a_phone: Developed) -> None:
    original = photographs.phone_picture(4000, 3000)
    assert SECRET.encode() in original
    assert opened(original).getexif().get_ifd(0x8825)
    for copy in of_a_phone.copies.values():
        picture = opened(copy)
        assert dict(picture.getexif()) == {}
        assert set(picture.info) & {"exif", "xmp", "icc_profile", "comment", "photoshop"} == set()
        assert SECRET.encode() not in copy


def test_a_small_picture_is_never_enlarged() -> None:
    made = develop.develop(photographs.png(500, 400))
    assert {name for name in made.copies if name.endswith("webp")} == {"320.webp", "640.webp"}
    assert opened(made.copies["640.webp"]).size == (500, 400)


def test_what_shines_through_lies_on_white_paper() -> None:
    glass = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    file = io.BytesIO()
    glass.save(file, "PNG")
    shown = opened(develop.develop(file.getvalue()).copies["320.jpg"])
    assert shown.getpixel((150, 150)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "1", "I;16"])
def test_unusual_colours_become_usual_ones(mode: str) -> None:
    grey = Image.new("L", (300, 300), 128).convert(mode)
    if mode == "I;16":
        grey = Image.frombytes("I;16", (300, 300), b"\x00\x80" * 90_000)
    file = io.BytesIO()
    grey.save(file, "JPEG" if mode == "CMYK" else "PNG")
    shown = opened(develop.develop(file.getvalue()).copies["320.jpg"])
    assert shown.mode == "RGB"
    if mode in {"L", "I;16"}:
        [level, *_] = shown.getpixel((150, 150))  # type: ignore[misc]
        assert abs(level - 128) < 4


@pytest.mark.parametrize(
    "broken",
    [
        photographs.header_of(400, 400),
        photographs.png()[:-60] + photographs.png()[-12:],
        photographs.jpeg()[:-100],
        photographs.animated("GIF"),
        b"nothing of the kind",
        b"",
    ],
)
def test_what_cannot_be_decoded_is_refused(broken: bytes) -> None:
    with pytest.raises(BadPhoto) as refused:
        develop.develop(broken)
    assert type(refused.value) is BadPhoto


def test_a_bomb_that_got_past_the_door_is_refused_here_too() -> None:
    with pytest.raises(BadPhoto):
        develop.develop(photographs.bomb_png())


def test_the_kernel_gives_no_more_memory_than_the_limit() -> None:
    heavy = photographs.heavy_png()
    assert develop.develop(heavy).width == 1280  # the control: within the real limits it is made
    with pytest.raises(HeavyPhoto):
        develop.develop(heavy, Limits(memory_bytes=300 * 1024 * 1024))


def test_the_kernel_gives_no_more_processor_time_than_the_limit() -> None:
    with pytest.raises(HeavyPhoto):
        develop.develop(photographs.heavy_png(), Limits(cpu_s=0))


def test_a_process_that_takes_too_long_is_killed() -> None:
    with pytest.raises(DarkroomStuck):
        develop.develop(photographs.heavy_png(), Limits(wall_s=0.2))
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True)
    mine = [line for line in listed.stdout.splitlines() if line.split()[0] == str(os.getpid())]
    assert [line for line in mine if "darkroom" in line] == []


def test_an_answer_larger_than_agreed_is_cut_by_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(develop, "_MOST_ANSWER_BYTES", 1000)
    with pytest.raises(HeavyPhoto):
        develop.develop(photographs.jpeg())


def locked_in(then: str) -> str:
    """What a process says that has locked itself in as the darkroom does and then tries `then`."""
    program = (
        f"import runpy; room = runpy.run_path({darkroom.__file__!r}); room['_lock_in']()\n{then}"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, env={}
    )
    return done.stderr


@pytest.mark.parametrize(
    "then",
    [
        "import socket\nsocket.socket()",
        "open('/etc/hostname')",
        "import subprocess\nsubprocess.run(['/bin/true'], capture_output=True)",
    ],
)
def test_whoever_is_in_the_darkroom_opens_neither_socket_nor_file_nor_program(then: str) -> None:
    assert "Too many open files" in locked_in(then)


def test_whoever_is_in_the_darkroom_can_still_speak() -> None:
    assert locked_in("import sys\nprint('here', file=sys.stderr)") == "here\n"


def test_the_darkroom_knows_no_secret_and_imports_nothing_of_ours() -> None:
    source = Path(darkroom.__file__).read_text()
    assert "from catalog" not in source
    assert "from core" not in source
    assert "env={}" in Path(develop.__file__).read_text()
