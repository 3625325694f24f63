"""One ffmpeg per target and init segment: fragmented MP4 in, FLV out, nothing made anew.

It may read and write pipes only, knows neither the place nor the key, has a limit of memory and of
processor time, and is ended with everything it started.
"""

import os
import resource
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress

import gevent
import imageio_ffmpeg
from gevent import subprocess
from gevent.os import nb_read

from livestream.media.restream_flv import Tag, TagReader

_LIMITS = (
    (resource.RLIMIT_AS, 1024 * 1024 * 1024),
    (resource.RLIMIT_CPU, 3600),
    (resource.RLIMIT_NOFILE, 32),
    (resource.RLIMIT_FSIZE, 0),
)
"""Bytes of memory, seconds of processor, files open, bytes of a file."""
_READ_BYTES = 65_536


class Remuxer:
    """A running program that reads `pieces`. `tags` are read until they end; `kill` ends them at once."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._program = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={"LC_ALL": "C"},
        )
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._into, self._out = self._program.stdin, self._program.stdout
        for what, most in _LIMITS:
            resource.prlimit(self._program.pid, what, (most, most))
        self._feeding = gevent.spawn(self._fed, pieces)

    def tags(self) -> Iterator[Tag]:
        """What it writes, as it comes.

        Raises:
            Cut: that is no FLV.
        """
        reader = TagReader()
        while data := nb_read(self._out.fileno(), _READ_BYTES):
            yield from reader.feed(data)

    def kill(self) -> None:
        """End it and all it started, without waiting: `tags` then end."""
        with suppress(ProcessLookupError):
            os.killpg(self._program.pid, signal.SIGKILL)

    def close(self) -> None:
        """End it and forget it."""
        self._feeding.kill()
        if self._program.poll() is None:
            self.kill()
        self._program.wait()
        with suppress(OSError):
            self._into.close()
        self._out.close()

    def _fed(self, pieces: Iterable[bytes]) -> None:
        with suppress(OSError, ValueError):
            for piece in pieces:
                self._into.write(piece)
                self._into.flush()
            self._into.close()


def command() -> list[str]:
    """What is run: reads standard input, writes standard output, opens nothing else."""
    return [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-hide_banner", "-loglevel", "quiet", "-threads", "1"),
        *("-protocol_whitelist", "pipe", "-f", "mp4", "-i", "pipe:0"),
        *("-map", "0", "-c", "copy", "-f", "flv", "-flvflags", "no_duration_filesize"),
        *("-flush_packets", "1", "pipe:1"),
    ]
