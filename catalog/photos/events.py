"""What the photo room tells itself: slow work that waits in the outbox (`core.errands`)."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class PhotoSent(Event):
    """An original lies in the storage and its row waits for copies."""

    photo_id: str


@dataclass(frozen=True)
class OriginalDone(Event):
    """The copies are made, or never will be: what was sent, with all it tells, may go."""

    photo_id: str


@dataclass(frozen=True)
class PhotoDropped(Event):
    """Its row is gone, or nobody refers to what lies under this id; the files may go."""

    photo_id: str


@dataclass(frozen=True)
class SweepDue(Event):
    """It is time to look for originals without a row that are older than `before_ms`."""

    before_ms: int
