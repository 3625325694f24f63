"""What comes out of a stream: kept in memory for its viewers, on disk for its replay, told to who waits.

Refuses to let a disk keep a viewer waiting: a disk that hangs costs the recording, never the picture.
"""

from collections import deque
from collections.abc import Iterable

import gevent
from gevent import Greenlet
from gevent.event import Event

from livestream.media.fragments import Fragment, Init
from livestream.media.recorder import Piece, Recorder
from livestream.media.timeline import Timeline

MOST_UNWRITTEN = 30
"""Segments that may wait for a disk that hangs."""
_DISK_S = 5.0


class Output:
    """A timeline, its recording if it has one, and those who wait for what comes next.

    A disk never keeps a viewer waiting: segments are written in a thread, one after the other.
    """

    def __init__(self, recorder: Recorder | None = None) -> None:
        self.timeline = Timeline()
        self._recorder = recorder
        self._unwritten: deque[Piece] = deque()
        self._writing: Greenlet[..., None] | None = None
        self._more = Event()

    def wait(self, seconds: float) -> None:
        """Wait until something was added, at most `seconds`."""
        self._more.wait(seconds)

    def add(self, made: Iterable[Init | Fragment]) -> None:
        """Take what one read gave, keep what is whole now, wake who waits."""
        for one in made:
            self.timeline.add(one)
        self._told()

    def end(self) -> None:
        """Nothing follows; returns when all is on disk, or the disk was given time enough."""
        self.timeline.end()
        self._told()
        if self._writing is not None:
            self._writing.join(_DISK_S)

    def _told(self) -> None:
        before, self._more = self._more, Event()
        before.set()
        if self._recorder is not None:
            self._keep(self._recorder)

    def _keep(self, recorder: Recorder) -> None:
        for piece in recorder.ready(self.timeline):
            if len(self._unwritten) < MOST_UNWRITTEN:
                self._unwritten.append(piece)
            else:
                recorder.miss()
        if self._unwritten and (self._writing is None or self._writing.ready()):
            self._writing = gevent.spawn(self._write, recorder)

    def _write(self, recorder: Recorder) -> None:
        while self._unwritten:
            gevent.get_hub().threadpool.apply(recorder.write, (self._unwritten.popleft(),))
