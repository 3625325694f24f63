"""What is told after a recording changed, to whoever must tell the engine of it."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class RecordingWanted(Event):
    """A stream is over: the engine is asked what it kept."""

    ref: str
    session_id: str


@dataclass(frozen=True)
class RecordingShown(Event):
    """A seller hid the replay, or showed it again: the row says which when the engine is told."""

    ref: str
    session_id: str


@dataclass(frozen=True)
class RecordingDue(Event):
    """A recording's time is over: the engine is told to delete it."""

    ref: str
    session_id: str
