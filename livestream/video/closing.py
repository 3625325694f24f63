"""Telling the engine that a stream is over: an errand, so no write waits for it and none is forgotten."""

from sqlalchemy.orm import Session

from core import errands
from livestream.video.engines import engine
from livestream.video.video_events import StreamEnded


def subscribe() -> None:
    """Have the engine told of each stream that ended."""
    errands.on(StreamEnded, tell_engine, _told)


def tell_engine(event: StreamEnded) -> None:
    """Raises: EngineAway, and is tried again."""
    engine().close(event.ref)


def _told(_session: Session, _event: StreamEnded, _outcome: None) -> None:
    """That the engine knows changes nothing here."""
