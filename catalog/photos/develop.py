"""From an original in the storage to copies for the pages: the errand behind every photo sent.

The decoding runs in `darkroom`, a process with limits, killed when it takes too long. A verdict that is
final (broken, too heavy) is the outcome, not an error; a store or a machine that is too busy is an
error, and the errand comes again.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from catalog.models import Photo
from catalog.photos.errors import BadPhoto, HeavyPhoto, StuckPhoto
from catalog.photos.events import OriginalDone, PhotoDropped, PhotoSent
from catalog.photos.facts import FORMATS, WIDTHS, copy_key, original_key
from catalog.photos.headers import MOST_MEGAPIXELS
from core import outbox
from core.errors import NotFound
from core.storage import storage

_PROGRAM = Path(__file__).with_name("darkroom.py")
_REFUSED = 3
_MOST_ANSWER_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one picture may cost: address space in bytes, processor seconds, seconds on the clock."""

    memory_bytes: int = 768 * 1024 * 1024
    cpu_s: int = 20
    wall_s: float = 60.0


@dataclass(frozen=True)
class Developed:
    """The copies by name (`640.webp`), and the size in px of the largest."""

    copies: dict[str, bytes]
    width: int
    height: int


@dataclass(frozen=True)
class Outcome:
    """What came of a photo: ready with a size, or failed with a code (`errors.REASONS`)."""

    state: str
    why: str = ""
    width: int = 0
    height: int = 0


class DarkroomStuck(Exception):
    """The copies were not made in time although little was done: the machine was busy. Comes again."""


LIMITS = Limits()


def develop(original: bytes, limits: Limits = LIMITS) -> Developed:
    """The copies of `original`, made in a process of their own within `limits`.

    Raises:
        BadPhoto: it cannot be decoded. HeavyPhoto: it took more than `limits`.
        DarkroomStuck: the time ran out before its processor seconds did.
    """
    task = {
        "memory_bytes": limits.memory_bytes,
        "cpu_s": limits.cpu_s,
        "answer_bytes": _MOST_ANSWER_BYTES,
        "widths": WIDTHS,
        "most_pixels": MOST_MEGAPIXELS * 1_000_000,
    }
    # -I: neither this folder nor the user's settings; the environment with its secrets stays outside.
    command = [sys.executable, "-I", str(_PROGRAM), json.dumps(task)]
    with tempfile.TemporaryFile() as answer:  # a file, because the kernel bounds how large it gets
        exit_code = _run(command, original, answer, limits.wall_s)
        if exit_code == _REFUSED:
            raise BadPhoto()
        if exit_code != 0:  # out of memory, or ended by the kernel
            raise HeavyPhoto()
        answer.seek(0)
        return _read(answer.read())


def _run(command: list[str], original: bytes, answer: IO[bytes], wall_s: float) -> int:
    try:
        done = subprocess.run(
            command,
            input=original,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=wall_s,
        )
    except subprocess.TimeoutExpired as error:  # it has been killed
        raise DarkroomStuck() from error
    return done.returncode


def _read(answer: bytes) -> Developed:
    line, _, rest = answer.partition(b"\n")
    told = json.loads(line)
    copies, at = {}, 0
    for name, length in told["copies"]:
        copies[name] = rest[at : at + length]
        at += length
    return Developed(copies, told["width"], told["height"])


def make_copies(event: PhotoSent) -> Outcome:
    """Store the copies of a photo that was sent (doing it twice stores the same)."""
    try:
        developed = develop(storage().get(original_key(event.photo_id)))
    except NotFound:
        return Outcome("failed", BadPhoto.code)
    except BadPhoto as refused:
        return Outcome("failed", refused.code)
    for name, copy in developed.copies.items():
        storage().put(copy_key(event.photo_id, name), copy, FORMATS[name.partition(".")[2]])
    return Outcome("ready", width=developed.width, height=developed.height)


def record(session: Session, event: PhotoSent, outcome: Outcome) -> None:
    """Say on the row what came of it; what was sent is not needed any more, either way."""
    photo = session.get(Photo, event.photo_id)
    if photo is None:  # dropped meanwhile: its copies must not stay
        outbox.publish(session, PhotoDropped(event.photo_id))
        return
    if photo.state == "waiting":
        photo.state, photo.why = outcome.state, outcome.why
        photo.width, photo.height = outcome.width, outcome.height
    outbox.publish(session, OriginalDone(event.photo_id))


def give_up(session: Session, event: PhotoSent) -> None:
    """Say on the row that the copies could not be made; what was sent stays, for another try."""
    photo = session.get(Photo, event.photo_id)
    if photo is not None and photo.state == "waiting":
        photo.state, photo.why = "failed", StuckPhoto.code
