"""What one target is given of a stream: fragmented MP4 from the newest key frame, one init segment at a time.

Nothing is kept for a target: it reads the segments that are in memory anyhow. One that fell so far behind
that what it needs next is forgotten goes on at the newest key frame.
"""

from collections.abc import Iterator

from livestream.media.output import Output

_LOOK_S = 1.0


class Feed:
    """Reads `output` for one target."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._seen = (-1, -1)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self._output.timeline.is_over

    @property
    def is_fresh(self) -> bool:
        """Whether something can be begun with that was not there when the last pieces were read."""
        return self._start() is not None and self._output.timeline.newest != self._seen

    def wait(self) -> None:
        """Wait until something was added, at most a second."""
        self._output.wait(_LOOK_S)

    def pieces(self) -> Iterator[bytes]:
        """An init segment and what follows it; ends before another init, or where it fell behind."""
        timeline, number = self._output.timeline, self._start()
        first = timeline.segment(number) if number is not None else None
        init = timeline.init(first.init) if first else None
        if number is None or first is None or init is None:
            return
        yield init.data
        part = 0
        while (now := timeline.segment(number)) is not None and now.init == first.init:
            if part < len(now.parts):
                self._seen = (number, part + 1)
                yield now.parts[part].data
                part += 1
            elif now.is_done and timeline.newest[0] > number:
                number, part = number + 1, 0
                if timeline.segment(number) is None and not timeline.is_over:
                    self._next_comes(number)
            elif timeline.is_over:
                return
            else:
                self.wait()

    def _next_comes(self, number: int) -> None:
        """Wait while the next segment has not begun; one that was forgotten is behind the newest."""
        timeline = self._output.timeline
        while timeline.segment(number) is None and timeline.newest[0] <= number:
            if timeline.is_over:
                return
            self.wait()

    def _start(self) -> int | None:
        """The number of the newest segment that begins with a key frame."""
        found = None
        for segment in self._output.timeline:
            found = segment.number if segment.parts and segment.parts[0].is_key else found
        return found
