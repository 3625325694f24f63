"""Telling the engine that a stream is over: an errand, so no write waits for it and none is forgotten."""

from core import errands
from livestream.video.engines import engine
from livestream.video.video_events import StreamEnded


def subscribe() -> None:
    """Have the engine told of each stream that ended."""
    errands.on(StreamEnded, tell_engine)


def tell_engine(event: StreamEnded) -> None:
    """Raises: EngineAway, and is tried again."""
    engine().close(event.ref)
