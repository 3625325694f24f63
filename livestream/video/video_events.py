"""What is told after a stream changed, to whoever must talk to the engine about it."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class StreamEnded(Event):
    """A stream is closed here; the engine has to hear of it, and its recording can be looked at."""

    ref: str
    session_id: str
