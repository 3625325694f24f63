"""Cutting the picture of a stopped show at the engine, right after the stop committed.

The stream's end is also an errand of its own, and hiding what was recorded another: an engine that is away
now is told when it is back. Refuses to keep the officer waiting, or to fail, because of it.
"""

import structlog
from sqlalchemy.orm import Session

from livestream.video import broadcasts
from livestream.video.engines import engine
from livestream.video.live_engine import EngineAway

log = structlog.get_logger()


def at_once(session: Session, session_id: str) -> None:
    """Have the engine end the session's stream and show its recording to nobody; some seconds at most.

    Precondition: no write is open.
    """
    ref = broadcasts.shown(session, session_id).ref
    if not ref:
        return
    try:
        engine().close(ref)
        engine().hide(ref, True)
    except EngineAway:
        log.warning("engine_away_at_stop", session=session_id)
