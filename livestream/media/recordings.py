"""What was sent, given out again: playlists of a whole recording or a span of it, its files, its facts.

A recording is what its list says, so it is whole after a kill at any moment. Refuses names it did not
write itself, streams whose pass is over, and what was hidden; what was deleted leaves a mark, no files.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core import clock
from livestream.media import passes, playlists
from livestream.media.passes import BadPass
from livestream.media.pieces import Sent, pieces
from livestream.media.playlists import Recorded
from livestream.media.recorder import LIST, Line, digest, init_name, kept

HIDDEN, FORGOTTEN = "hidden", "forgotten"
_FILES = re.compile(r"\d{6}\.m4s|init-[0-9a-f]{12}\.mp4")
_STREAM = re.compile(r"[A-Za-z0-9_-]{16,64}")
_US_PER_MS = 1_000


class NoRecording(Exception):
    """There is none to see under this address."""


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """A recording: when it began (UTC ms), how long it plays, how large it is, the pieces it was sent in.

    `digest` is that of its last line: it covers every byte and every line before (`recorder.digest`).
    """

    began_ms: int
    length_ms: int
    size_bytes: int
    digest: str
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a recording, `[from_ms, to_ms)` of its media; None: its end."""

    from_ms: int = 0
    to_ms: int | None = None


class Recordings:
    """The recordings under `folder`; `secret` signs passes, `now_ms` is the clock."""

    def __init__(self, folder: Path, secret: bytes, now_ms: Callable[[], int]) -> None:
        self._folder, self._secret, self._now_ms = folder, secret, now_ms

    def playlist(self, given: str, span: Span) -> str:
        """The playlist of the segments that `span` touches.

        Raises:
            NoRecording: the pass is none or over, nothing was kept, or it is hidden or deleted.
        """
        lines = _within(kept(self._seen(given)), span)
        if not lines:
            raise NoRecording()
        return playlists.recording(_recorded(line) for line in lines)

    def file(self, given: str, name: str) -> bytes:
        """A file the recorder wrote, as it is.

        Raises:
            NoRecording: as `playlist`, or there is no such file.
        """
        folder = self._seen(given)
        if not _FILES.fullmatch(name):
            raise NoRecording()
        try:
            return (folder / name).read_bytes()
        except FileNotFoundError:
            raise NoRecording() from None

    def facts(self, stream: str) -> RecordingFacts | None:
        """What is kept of `stream`; None when nothing is."""
        folder = self._of(stream)
        lines = kept(folder)
        if not lines:
            return None
        sent = _sent(lines)
        return RecordingFacts(
            began_ms=sent[0].at_us // _US_PER_MS,
            length_ms=sum(one.length_us for one in sent) // _US_PER_MS,
            size_bytes=sum(path.stat().st_size for path in folder.iterdir()),
            digest=str(lines[-1]["digest"]),
            pieces=pieces(sent),
        )

    def hide(self, stream: str, *, is_hidden: bool) -> None:
        """Let nobody see it, or everybody again; passes that were given stay as they are."""
        folder = self._of(stream)
        if not is_hidden:
            (folder / HIDDEN).unlink(missing_ok=True)
        elif folder.is_dir():
            (folder / HIDDEN).touch()

    def forget(self, stream: str) -> None:
        """Delete every file of it for ever, the list last; done again, nothing happens."""
        folder = self._of(stream)
        if not folder.is_dir():
            return
        (folder / FORGOTTEN).touch()
        for path in sorted(folder.iterdir()):
            if _FILES.fullmatch(path.name) or path.suffix == ".new":
                path.unlink()
        (folder / LIST).unlink(missing_ok=True)

    def _seen(self, given: str) -> Path:
        try:
            allowed = passes.read(given, self._secret, self._now_ms())
        except BadPass:
            raise NoRecording() from None
        folder = self._of(allowed.stream)
        if (folder / HIDDEN).exists() or (folder / FORGOTTEN).exists():
            raise NoRecording()
        return folder

    def _of(self, stream: str) -> Path:
        if not _STREAM.fullmatch(stream):
            raise NoRecording()
        return self._folder / stream


def faults(folder: Path) -> list[str]:
    """What is wrong with the recording under `folder`: files that are gone, changed or out of order.

    One line for each file, in the list's order; an empty list when every byte is what was written.
    """
    found, before = list[str](), ""
    for line in kept(folder):
        path = folder / str(line["file"])
        if not path.is_file():
            found.append(f"{path.name}: gone")
        elif digest(before, _said(line), path.read_bytes()) != line["digest"]:
            found.append(f"{path.name}: changed")
        init = folder / str(line["init"])
        if not init.is_file() or init_name(init.read_bytes()) != init.name:
            found.append(f"{init.name}: gone or changed")
        before = str(line["digest"])
    return found


def _said(line: Line) -> Line:
    return {name: value for name, value in line.items() if name != "digest"}


def _sent(lines: list[Line]) -> list[Sent]:
    """When each segment was sent; one that does not say follows the one before."""
    sent: list[Sent] = []
    for line in lines:
        follows_us = sent[-1].at_us + sent[-1].length_us if sent else 0
        at_us = int(line["at_ms"]) * _US_PER_MS if "at_ms" in line else follows_us
        sent.append(Sent(at_us, int(line["length_us"])))
    return sent


def _within(lines: list[Line], span: Span) -> list[Line]:
    """The lines whose media `span` touches."""
    found, at_us = list[Line](), 0
    for line in lines:
        before_us, at_us = at_us, at_us + int(line["length_us"])
        is_past = span.to_ms is not None and before_us >= span.to_ms * _US_PER_MS
        if at_us > span.from_ms * _US_PER_MS and not is_past:
            found.append(line)
    return found


def _recorded(line: Line) -> Recorded:
    return Recorded(
        address=str(line["file"]),
        init=str(line["init"]),
        length_us=int(line["length_us"]),
        is_break=bool(line["is_break"]),
        at=clock.iso(int(line["at_ms"])) if "at_ms" in line else "",
    )
