"""What one target is given of a stream: fragmented MP4 from the newest key frame, one init segment at a time.

Nothing is kept for a target: it reads the segments that are in memory anyhow. One that fell so far behind
that what it needs next is forgotten goes on at the newest key frame.
"""

import math
from collections.abc import Iterator

from livestream.media.output import Output
from livestream.media.watching import followed

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
        timeline = self._output.timeline
        return timeline.newest_start is not None and timeline.newest != self._seen

    def wait(self) -> None:
        """Wait until something was added, at most a second."""
        self._output.wait(_LOOK_S)

    def pieces(self) -> Iterator[bytes]:
        """An init segment and what follows it; ends before another init, or where it fell behind."""
        timeline = self._output.timeline
        first = timeline.newest_start
        init = timeline.init(first.init) if first else None
        if first is None or init is None:
            return
        yield init.data
        for place, part in followed(self._output, first, math.inf):
            self._seen = (place.segment, place.part + 1)
            yield part.data
