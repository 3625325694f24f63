"""One ffmpeg per target and init segment: fragmented MP4 in, FLV out, nothing made anew.

It may read and write pipes only, knows neither the place nor the key, has a limit of memory and of
processor time, and is ended with everything it started.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import gevent

from livestream.media import ffmpeg
from livestream.media.restream_flv import Tag, TagReader

_MOST_CPU_S = 3600
_ASKED = (
    *("-f", "mp4", "-i", "pipe:0", "-map", "0", "-c", "copy"),
    *("-f", "flv", "-flvflags", "no_duration_filesize", "-flush_packets", "1", "pipe:1"),
)
"""Reads standard input, writes standard output."""


class Remuxer:
    """A running program that reads `pieces`. `tags` are read until they end; `kill` ends them at once."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._program = ffmpeg.start(_ASKED, _MOST_CPU_S)
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._into, self._out = self._program.stdin, self._program.stdout
        self._feeding = gevent.spawn(self._fed, pieces)

    def tags(self) -> Iterator[Tag]:
        """What it writes, as it comes.

        Raises:
            Cut: that is no FLV.
        """
        reader = TagReader()
        for data in ffmpeg.read(self._out.fileno()):
            yield from reader.feed(data)

    def kill(self) -> None:
        """End it and all it started, without waiting: `tags` then end."""
        ffmpeg.kill(self._program)

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
