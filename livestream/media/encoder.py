"""One ffmpeg per run of a recorder: its slices go in, fragmented MP4 comes out.

The picture is copied where the phone sends H.264 (3 % of a core), made anew where it cannot (22 %). The
program is told which container to expect, may read and write pipes only, has a limit of memory and of
processor time, and is ended with everything it started. Refuses to let anybody wait for it: what it has
not read yet stands in a queue, and a queue that grows is told (`waiting_bytes`).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import gevent
from gevent import subprocess
from gevent.os import make_nonblocking, nb_write
from gevent.queue import Queue

from livestream.media import ffmpeg

_MOST_CPU_S = 3 * 3600
"""Of processor time; a day's market takes about 600 s."""
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_MOST_PIXELS = 1920 * 1088
"""Of a picture that is decoded; a larger one is not opened (its frames alone would be a bomb)."""
_PART_US, _SOUND_PART_US = 200_000, 500_000
_GRACE_S = 2.0
_SOUND = ("-map", "0:a:0", "-c:a", "aac", "-b:a", "64k")
_FRAGMENTED = (
    *("-f", "mp4", "-movflags", "+empty_moov+default_base_moof+frag_keyframe"),
    *("-flush_packets", "1"),
)
_MADE_ANEW = (
    *("libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p"),
    *("-g", "30", "-maxrate", "1500k", "-bufsize", "1500k"),
)


class Container(StrEnum):
    """What a recorder writes, by the name ffmpeg knows it by."""

    MATROSKA = "matroska"
    MP4 = "mp4"


@dataclass(frozen=True, slots=True)
class Source:
    """What the phone says it sends: which container, what is in it, whether its picture is H.264."""

    container: Container
    is_h264: bool
    has_sound: bool = True
    has_picture: bool = True

    @property
    def has_sound_alone(self) -> bool:
        """Whether there is a picture to do without."""
        return self.has_sound and self.has_picture


class Encoder:
    """A running program. `feed` gives it slices, `pictures` and `sound` are read until they end.

    Raises:
        OSError: the program is not there, or the machine has no room for one more.
    """

    def __init__(self, source: Source) -> None:
        self._sound, self._program = _started(source)
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._into, self._out = self._program.stdin, self._program.stdout
        make_nonblocking(self._into.fileno())
        self.has_sound_alone = source.has_sound_alone
        self.waiting_bytes = 0
        self.is_finishing = False
        self._waiting: Queue[bytes] = Queue()
        self._feeding = gevent.spawn(self._fed)

    @property
    def pid(self) -> int:
        """The number of its process, which leads a group of its own."""
        return int(self._program.pid)

    @property
    def is_taking(self) -> bool:
        """Whether what is fed will be read: not once it ended, or was told that nothing follows."""
        return not self.is_finishing and not self._feeding.ready()

    @property
    def used_ms(self) -> int:
        """The processor time it took so far; 0 once it is gone."""
        try:
            text = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 // _TICKS_PER_SECOND

    @property
    def end(self) -> int | None:
        """How it ended: its exit status, minus the signal that killed it, or None while it runs.

        Nobody else's turn comes meanwhile, as it would by asking the system (`poll`).
        """
        return self._program.returncode

    def feed(self, data: bytes) -> None:
        """Put a slice behind those that wait. Waits for nothing; what comes after the end is dropped."""
        if data and self.is_taking:
            self.waiting_bytes += len(data)
            self._waiting.put(data)

    def pictures(self) -> Iterator[bytes]:
        """Fragmented MP4 of picture and sound, as it comes."""
        return ffmpeg.read(self._out.fileno())

    def sound(self) -> Iterator[bytes]:
        """Fragmented MP4 of sound alone, as it comes; nothing without a picture beside it. Read once."""
        try:
            yield from ffmpeg.read(self._sound)
        finally:
            os.close(self._sound)

    def finish(self) -> None:
        """Say that no slice follows; what it still holds comes out of `pictures` and `sound`."""
        if not self.is_finishing:
            self.is_finishing = True
            self._waiting.put(b"")

    def stop(self) -> None:
        """End it and all it started; its readers then come to their end. May be called twice.

        Waits `_GRACE_S` at most for a program that does not end by itself, and asks nothing of one that
        hangs: what it was fed with is closed by who feeds it, after it is gone.
        """
        self.finish()
        if self._program.poll() is None and not _ended(self._program, _GRACE_S):
            ffmpeg.kill(self._program)
            self._program.wait()

    def _fed(self) -> None:
        """Write slice after slice; ends with an empty one, or when the program is gone."""
        into = self._into.fileno()
        try:
            while data := self._waiting.get():
                view = memoryview(data)
                while view:
                    view = view[nb_write(into, view) :]
                self.waiting_bytes -= len(data)
        except OSError:
            self.waiting_bytes = 0
        finally:
            self._into.close()


def _started(source: Source) -> tuple[int, ffmpeg.Program]:
    """Where the sound alone is read, and the program."""
    reading, writing = os.pipe()
    try:
        program = ffmpeg.start(asked(source, writing), _MOST_CPU_S, (writing,))
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    make_nonblocking(reading)
    return reading, program


def asked(source: Source, sound_fd: int) -> list[str]:
    """What is asked: reads standard input, writes standard output and `sound_fd`, opens nothing else."""
    return [
        *("-f", source.container.value),
        *("-probesize", "65536", "-analyzeduration", "200000"),
        *("-max_pixels", str(_MOST_PIXELS), "-max_streams", "8"),
        *("-i", "pipe:0"),
        *_picture(source),
        *(_SOUND if source.has_sound else ()),
        *("-frag_duration", str(_PART_US), *_FRAGMENTED, "pipe:1"),
        *(_alone(sound_fd) if source.has_sound_alone else ()),
    ]


def _picture(source: Source) -> tuple[str, ...]:
    if not source.has_picture:
        return ()
    return ("-map", "0:v:0", "-c:v", *(("copy",) if source.is_h264 else _MADE_ANEW))


def _alone(sound_fd: int) -> tuple[str, ...]:
    return (*_SOUND, "-frag_duration", str(_SOUND_PART_US), *_FRAGMENTED, f"pipe:{sound_fd}")


def _ended(program: ffmpeg.Program, seconds: float) -> bool:
    try:
        program.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
