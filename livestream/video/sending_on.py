"""Telling the engine where a show is sent on to: an errand, so no write waits and no key is in an event.

Refuses to tell of a stream that is over, or was never opened: when one begins it is told anew.
"""

from sqlalchemy import select

from core import errands
from core.db import db
from livestream.video import targets
from livestream.video.engines import engine
from livestream.video.targets import TargetsChanged
from livestream.video.video_models import LiveStream


def subscribe() -> None:
    """Have the engine told whenever the places of a show change."""
    errands.on(TargetsChanged, tell_engine)


def tell_engine(event: TargetsChanged) -> None:
    """How it stands there is told by the engine's own news. Raises: EngineAway, and is tried again."""
    query = select(LiveStream.id).where(
        LiveStream.session_id == event.session_id, LiveStream.state != "closed"
    )
    ref = db.session.scalar(query)
    wanted = targets.wanted(db.session(), event.session_id) if ref is not None else ()
    if ref is not None:
        engine().restream(ref, wanted)
