"""One stream: the slices of its publisher in, two timelines out (picture with sound, and sound alone).

A run is one recorder of the phone. A new run (a smaller picture, the return after an outage) ends the one
before; slices of an older run are refused. Silence is told after `SILENT_MS`, and ends the program after
`OVER_MS`: the phone then begins a new run. What is told of a stream is what its viewers see: it has begun
when the first picture came out, is broken when no more can come, is back when one comes again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import gevent
from gevent import Greenlet
from gevent.lock import RLock

from livestream.media.allowance import Allowance
from livestream.media.chunks import ChunkLine, ChunkRefused, Taken
from livestream.media.encoder import Encoder, Source
from livestream.media.fragments import Fragment
from livestream.media.health import Health
from livestream.media.media_errors import BrokenStream
from livestream.media.output import Output
from livestream.media.packager import Packager
from livestream.media.recorder import Recorder

SILENT_MS, OVER_MS = 4_000, 45_000
MOST_BURST_BYTES, BYTES_PER_S = 16 * 1024 * 1024, 512 * 1024
"""4 Mbit/s, and 30 s of an outage in one go: the sender's best picture takes 2.5 Mbit/s."""
REQUEST_BYTES = 8 * 1024
"""What a slice costs at least: a flood of tiny ones is a flood too (64 a second; a phone sends 5)."""
MOST_RUNS, RUN_MS = 6, 3_000
"""Recorders a phone may begin at once, and how long it takes until it may begin one more."""
MOST_WAITING_BYTES = 8 * 1024 * 1024
SAID_EACH_MS = 5_000
"""How often it is said that a stream goes on: who hears nothing for longer knows that the engine is gone."""
_DRAIN_S = 2.0


class News(StrEnum):
    """What a stream tells the web process of."""

    STARTED = "started"
    SENDING = "sending"
    INTERRUPTED = "interrupted"
    RETURNED = "returned"
    BROKEN = "broken"
    UNRECORDED = "unrecorded"
    ENDED = "ended"
    TARGET = "target"
    """A place it is also shown at stands otherwise: told by `restream`, with the target's id."""


@dataclass(slots=True)
class Run:
    """One recorder of the phone, and the program that reads it; `given` counts what came out of it."""

    number: int
    encoder: Encoder
    health: Health
    line: ChunkLine = field(default_factory=ChunkLine)
    reading: "list[Greenlet[..., None]]" = field(default_factory=list)
    given: int = 0
    is_given_up: bool = False


class Channel:
    """A stream while it is sent. `tell` is called with news, in order, outside of any request."""

    def __init__(self, recorder: Recorder, tell: Callable[[News, str], None]) -> None:
        self.pictures, self.sound = Output(recorder), Output()
        self._recorder, self._tell = recorder, tell
        self._run: Run | None = None
        self._beginning = RLock()
        self._last_ms = self._said_ms = 0
        self._is_seen = self._is_lost = self._is_unrecorded = False
        self._bytes = Allowance(MOST_BURST_BYTES, BYTES_PER_S)
        self._runs = Allowance(MOST_RUNS * RUN_MS, 1000)
        self.received_bytes = 0
        self.is_over = False

    @property
    def is_silent(self) -> bool:
        """Whether its viewers see nothing new: not begun, silent, or broken."""
        return self._is_lost or not self._is_seen

    @property
    def is_busy(self) -> bool:
        """Whether a program runs for it."""
        return self._run is not None and self._run.encoder.end is None

    @property
    def is_unrecorded(self) -> bool:
        """Whether the disk is full: what is sent is shown, and not kept."""
        return self._recorder.is_full

    def admit(self, length: int, now_ms: int) -> None:
        """Let a slice of `length` bytes come in: called before it is read.

        Raises:
            ChunkRefused: `ended`, or `too_fast` for more than `BYTES_PER_S` beyond what was saved up.
        """
        if self.is_over:
            raise ChunkRefused("ended", 0)
        if not self._bytes.take(max(length, REQUEST_BYTES), now_ms):
            raise ChunkRefused("too_fast", self._run.line.next if self._run else 0)

    def take(self, source: Source, place: tuple[int, int], data: bytes, now_ms: int) -> Taken:
        """Take slice `place` (run, number) of what `source` says.

        Raises:
            ChunkRefused: what `ChunkLine` refuses; `old_run` for a run that another one followed or that
                was given up; `too_many_runs`; `no_encoder` when the program cannot be started; `behind`
                when it does not read as fast as it is fed; `ended` when nothing more is taken.
        """
        run = self._run_of(source, place[0], now_ms)
        if not run.encoder.is_taking:
            raise ChunkRefused("old_run", 0)
        if run.encoder.waiting_bytes > MOST_WAITING_BYTES:
            raise ChunkRefused("behind", run.line.next)
        taken = run.line.take(place[1], data)
        self.received_bytes += len(data)
        self._last_ms = now_ms
        for slice_ in taken.ready:
            run.encoder.feed(slice_)
        return taken

    def look(self, now_ms: int) -> None:
        """Say when the publisher is silent, give up what stays so or does no work. Called each second."""
        run = self._run
        if run is None or self.is_over:
            return
        self._heard_of_disk()
        quiet_ms = now_ms - self._last_ms
        if quiet_ms >= SILENT_MS:
            run.health = Health(now_ms)
            if self._is_seen and not self._is_lost:
                self._is_lost = True
                self._tell(News.INTERRUPTED, "silent")
            if quiet_ms >= OVER_MS:
                self._given_up(run)
            return
        self._said(now_ms)
        if run.encoder.is_taking:
            reason = run.health.look(now_ms, run.given, run.encoder.used_ms)
            if reason:
                self._given_up(run)
                self._broken(reason)

    def _said(self, now_ms: int) -> None:
        if not self.is_silent and now_ms - self._said_ms >= SAID_EACH_MS:
            self._said_ms = now_ms
            self._tell(News.SENDING, "")

    def end(self) -> None:
        """Take nothing more; what is still in the program comes out first. May be called twice."""
        if self.is_over:
            return
        self.is_over = True
        with self._beginning:
            run = self._run
        if run is not None:
            _drained(run)
        self.pictures.end()
        self.sound.end()
        self._tell(News.ENDED, "")

    def _run_of(self, source: Source, number: int, now_ms: int) -> Run:
        # A program takes a moment to start, and the next slice is here already, or the end.
        with self._beginning:
            if self.is_over:
                raise ChunkRefused("ended", 0)
            if self._run is not None and number < self._run.number:
                raise ChunkRefused("old_run", 0)
            if self._run is None or number > self._run.number:
                if not self._runs.take(RUN_MS, now_ms):
                    raise ChunkRefused("too_many_runs", 0)
                self._run = self._begun(source, number, now_ms)
            return self._run

    def _begun(self, source: Source, number: int, now_ms: int) -> Run:
        """A new program; what it makes waits until the one before has given all it had."""
        try:
            encoder = Encoder(source)
        except OSError:
            self._broken("no_encoder")
            raise ChunkRefused("no_encoder", 0) from None
        before, run = self._run, Run(number, encoder, Health(now_ms))
        both, alone = (self.pictures, self.sound), (self.pictures,)
        streams = [(encoder.pictures(), alone if source.has_picture else both)]
        if encoder.has_sound_alone:
            streams.append((encoder.sound(), (self.sound,)))
        if before is not None:
            before.encoder.finish()
        run.reading = [gevent.spawn(self._read, before, run, *each) for each in streams]
        return run

    def _read(
        self, before: Run | None, run: Run, data: Iterable[bytes], outputs: tuple[Output, ...]
    ) -> None:
        if before is not None:
            _drained(before)
        packager, reason = Packager(), ""
        try:
            for piece in data:
                made = tuple(packager.feed(piece))
                for output in outputs:
                    output.add(made)
                if self.pictures in outputs and any(isinstance(one, Fragment) for one in made):
                    self._gave(run)
        except BrokenStream as broken:
            reason = broken.reason
        is_ours = run.encoder.is_finishing
        run.encoder.stop()
        if (reason or not is_ours) and not run.is_given_up and run is self._run:
            run.is_given_up = True
            self._broken(reason or _cause(run.encoder.end))

    def _gave(self, run: Run) -> None:
        """A picture came out: the stream is seen, for the first time or again."""
        run.given += 1
        if run is not self._run or run.is_given_up:
            return
        if not self._is_seen:
            self._tell(News.STARTED, "")
        elif self._is_lost:
            self._tell(News.RETURNED, "")
        self._is_seen, self._is_lost = True, False

    def _broken(self, reason: str) -> None:
        """Told each time, also before a first picture: whoever sends should know why none comes."""
        if not self.is_over:
            self._is_lost = True
            self._tell(News.BROKEN, reason)

    def _given_up(self, run: Run) -> None:
        if not run.is_given_up:
            run.is_given_up = True
            run.encoder.finish()
            gevent.spawn(run.encoder.stop)

    def _heard_of_disk(self) -> None:
        """Say once that what is sent is not recorded any more."""
        if self._recorder.is_full and not self._is_unrecorded:
            self._tell(News.UNRECORDED, "disk_full")
        self._is_unrecorded = self._recorder.is_full


def _cause(end: int | None) -> str:
    return "killed" if end is not None and end < 0 else "unreadable"


def _drained(run: Run) -> None:
    """End a run: let what its program still holds come out first, but not for ever."""
    run.encoder.finish()
    gevent.joinall(run.reading, timeout=_DRAIN_S)
    run.encoder.stop()
