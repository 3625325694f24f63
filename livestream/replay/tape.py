"""Where in a recording a moment of the day is. Pure.

A recording is pieces: while nothing was sent there is no media, so a recording is shorter than its show.
Moments are UTC milliseconds, offsets are milliseconds of media from the recording's start.
"""

from dataclasses import dataclass

from livestream.video.live_engine import Piece


@dataclass(frozen=True, slots=True)
class Tape:
    """The pieces of a recording, in the order they were sent."""

    pieces: tuple[Piece, ...]

    @property
    def length_ms(self) -> int:
        """How long it plays."""
        return sum(piece.length_ms for piece in self.pieces)

    def offset_ms(self, at_ms: int) -> int:
        """Where the recording stands at that moment: never before its start or after its end.

        A moment at which nothing was sent is where the next piece begins. Later moments never come
        earlier in the recording.
        """
        before_ms = found_ms = 0
        for piece in self.pieces:
            if at_ms >= piece.at_ms:
                found_ms = before_ms + min(at_ms - piece.at_ms, piece.length_ms)
            before_ms += piece.length_ms
        return found_ms
