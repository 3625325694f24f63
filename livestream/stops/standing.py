"""Whether an officer stopped a session, for rooms that must not show it again. Refuses everything else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from livestream.stops.stop_models import SessionStop


def is_stopped(session: Session, session_id: str) -> bool:
    """Whether what was recorded of the session is to be shown to nobody any more."""
    query = select(SessionStop.session_id).where(SessionStop.session_id == session_id)
    return session.scalar(query) is not None
