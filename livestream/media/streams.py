"""The streams of this engine: opened by the web process, ended by it or by silence, gone from memory after.

A stream's name is made by the web process and cannot be guessed. Who may send is checked by the grant
alone; one publisher at a time: once the newest grant's publisher sends, the one before is shut out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core import clock
from livestream.media import grants
from livestream.media.channel import Channel, News
from livestream.media.chunks import ChunkRefused
from livestream.media.grants import BadGrant
from livestream.media.recorder import Recorder
from livestream.media.recordings import Recordings
from livestream.media.restream import Restreams
from livestream.media.restream_target import State

CLOSED = "closed"
"""The file in a stream's folder that says that nothing more is taken, also after a restart."""

MOST_STREAMS = 24
"""Sent at once: three cores copying, or one machine that also makes some pictures anew (ADR 0056)."""

Tell = Callable[[str, News, str, str], None]
_NAME = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(slots=True)
class _Open:
    channel: Channel
    publisher: str
    until_ms: int


class Streams:
    """Channels by name. `tell` hears (stream, news, reason, target or "").

    `shows_inside` lets a stream be shown on machines of our own network too.
    """

    def __init__(
        self, folder: Path, secret: bytes, tell: Tell, *, shows_inside: bool = False
    ) -> None:
        self.folder, self._secret, self._tell = folder, secret, tell
        self._open: dict[str, _Open] = {}
        self.recordings = Recordings(folder, secret, clock.now_ms)
        self.restreams = Restreams(self._told_of_target, shows_inside)

    def watched(self, stream: str) -> Channel | None:
        """The channel that viewers of `stream` are given; None when nothing was sent."""
        found = self._open.get(stream)
        return found.channel if found else None

    def publishing(self, stream: str, grant: str, now_ms: int) -> Channel:
        """The channel that who holds `grant` may send to; made with the first slice.

        Raises:
            BadGrant: as `grants.read` says; `closed` when the stream was ended, `taken_over` when a
                later grant was given to another.
            ChunkRefused: `too_many_streams` are sent already.
        """
        given = grants.read(grant, self._secret, self._known(stream), now_ms)
        if (self.folder / stream / CLOSED).exists():
            raise BadGrant("closed")
        found = self._open.get(stream)
        if found is None:
            if sum(each.channel.is_busy for each in self._open.values()) >= MOST_STREAMS:
                raise ChunkRefused("too_many_streams", 0)
            found = self._open[stream] = _Open(self._made(stream), given.publisher, given.until_ms)
        elif found.publisher != given.publisher and given.until_ms <= found.until_ms:
            raise BadGrant("taken_over")
        found.publisher, found.until_ms = given.publisher, max(given.until_ms, found.until_ms)
        return found.channel

    def look(self, now_ms: int) -> None:
        """Let each stream notice silence."""
        for found in list(self._open.values()):
            found.channel.look(now_ms)

    def close(self, stream: str) -> None:
        """End a stream for good and forget it; its recording stays. Does nothing a second time."""
        folder = self.folder / self._known(stream)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CLOSED).touch()
        self._leave(stream)

    def leave_all(self) -> None:
        """Let go of every stream: the process is about to stop, and the phones go on with the next one."""
        for stream in list(self._open):
            self._leave(stream)

    def _leave(self, stream: str) -> None:
        found = self._open.pop(stream, None)
        self.restreams.end(stream)
        if found is not None:
            found.channel.end()

    def _known(self, stream: str) -> str:
        """`stream` if it is a name at all: it becomes the name of a folder."""
        if not _NAME.fullmatch(stream):
            raise BadGrant("stream")
        return stream

    def _made(self, stream: str) -> Channel:
        def tell(news: News, reason: str) -> None:
            self._tell(stream, news, reason, "")

        made = Channel(Recorder(self.folder / stream), tell)
        self.restreams.begin(stream, made.pictures)
        return made

    def _told_of_target(self, stream: str, state: State, tries: int, target: str) -> None:
        self._tell(stream, News.TARGET, f"{state.value}-{tries}" if tries else state.value, target)
