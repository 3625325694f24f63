"""What was sent, on disk: init segments and whole segments, with a list that is only ever appended to.

Each line of the list is written after its segment is on disk, and carries the segment's SHA-256 chained to
the line before, so that a recording that lost or changed a piece is found; and when the segment was filmed
(`at_ms`, UTC). A disk that is full stops the
recording, never the stream: `is_full` says so until a segment could be written again, behind a break.
"""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core import clock
from livestream.media.fragments import Init
from livestream.media.timeline import Segment, Timeline

LIST = "segments.jsonl"
Line = dict[str, str | int | bool]
_MS = 1_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment that is done, its init segment, and when it was filmed (UTC ms)."""

    init: Init
    segment: Segment
    at_ms: int


class Recorder:
    """Keeps one stream under `folder`; goes on where an earlier process stopped."""

    def __init__(self, folder: Path, now_ms: Callable[[], int] = clock.now_ms) -> None:
        self._folder, self._now_ms = folder, now_ms
        self._folder.mkdir(parents=True, exist_ok=True)
        lines = _mended(folder)
        self._count = len(lines)
        self._digest = str(lines[-1]["digest"]) if lines else ""
        self._inits: dict[bytes, str] = {}
        self._next = 0
        self._began_ms: dict[int, int] = {}
        self._end_ms = 0
        self._is_gap = False
        self.is_full = False

    def ready(self, timeline: Timeline) -> list[Piece]:
        """Take what `write` is to be given next, in order; each segment once."""
        self._notice(timeline)
        found: list[Piece] = []
        for segment in timeline:
            init = timeline.init(segment.init)
            if segment.is_done and segment.number >= self._next and init is not None:
                found.append(Piece(init, segment, self._at_ms(segment)))
                self._next = segment.number + 1
        return found

    def write(self, piece: Piece) -> None:
        """Write one piece and its line; without room for it `is_full` is set and nothing half is left."""
        try:
            self._add(piece)
        except OSError:
            self.miss()
        else:
            self.is_full = False

    def miss(self) -> None:
        """Go on without a piece: what is written next stands behind a break."""
        self.is_full = self._is_gap = True

    def _add(self, piece: Piece) -> None:
        name, segment, data = f"{self._count:06d}.m4s", piece.segment, piece.segment.data
        line: Line = {
            "file": name,
            "init": self._init(piece.init),
            "length_us": segment.length_us,
            "is_break": segment.is_break or not segment.number or self._is_gap,
            "at_ms": piece.at_ms,
        }
        after = digest(self._digest, line, data)
        _written(self._folder / name, data)
        _added(self._folder / LIST, json.dumps({**line, "digest": after}) + "\n")
        self._digest, self._is_gap = after, False
        self._count += 1

    def _notice(self, timeline: Timeline) -> None:
        now_ms = self._now_ms()
        for segment in timeline:
            if segment.number >= self._next:
                self._began_ms.setdefault(segment.number, now_ms - segment.length_us // _MS)

    def _at_ms(self, segment: Segment) -> int:
        """When a segment was filmed: right after the one before, however late it came over a bad net."""
        began_ms = self._began_ms.pop(segment.number)
        is_first = segment.is_break or not segment.number
        at_ms = max(began_ms, self._end_ms) if is_first else self._end_ms
        self._end_ms = at_ms + segment.length_us // _MS
        return at_ms

    def _init(self, init: Init) -> str:
        """The file of an init segment, named by what is in it: the same after a restart."""
        if init.data not in self._inits:
            name = init_name(init.data)
            _written(self._folder / name, init.data)
            self._inits[init.data] = name
        return self._inits[init.data]


def kept(folder: Path) -> list[Line]:
    """The lines of a recording, in order; a last line that was cut by a crash is left out."""
    try:
        text = (folder / LIST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    whole = text[: text.rfind("\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


def init_name(data: bytes) -> str:
    """The file of an init segment: named by what is in it."""
    return f"init-{hashlib.sha256(data).hexdigest()[:12]}.mp4"


def _mended(folder: Path) -> list[Line]:
    """The whole lines of a recording; a torn one is cut off, so that the next does not stand behind it."""
    with suppress(FileNotFoundError), (folder / LIST).open("r+b") as listed:
        text = listed.read()
        listed.truncate(text.rfind(b"\n") + 1)
    return kept(folder)


def digest(before: str, line: Line, data: bytes) -> str:
    """Hex SHA-256 over the digest before, what the line says and the segment's own SHA-256."""
    said = json.dumps(line, sort_keys=True)
    return hashlib.sha256(
        f"{before}\n{said}\n{hashlib.sha256(data).hexdigest()}".encode()
    ).hexdigest()


def _written(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    new = path.with_suffix(".new")
    try:
        with new.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        new.unlink(missing_ok=True)
        raise
    new.replace(path)


def _added(path: Path, line: str) -> None:
    """Append a whole line or nothing: half of one would spoil the next."""
    with path.open("ab", buffering=0) as out:
        before = out.tell()
        try:
            if out.write(line.encode()) != len(line.encode()):
                raise OSError("no room for a line")
            os.fsync(out.fileno())
        except OSError:
            out.truncate(before)
            raise
