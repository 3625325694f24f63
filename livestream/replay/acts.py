"""The audit trail of recordings: closed, hidden, held, deleted; who, when, why, and the digest then.

Rows are only added; the database refuses to change them.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from livestream.replay.replay_models import RecordingAct, SessionRecording


@dataclass(frozen=True)
class By:
    """Who does something with a recording; the market itself when nothing is said."""

    actor: str = ""
    name: str = ""
    office: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ActFacts:
    """What was done: `kind` is closed, hidden, shown, held, released, due or deleted; `at_ms` in UTC ms."""

    kind: str
    by: By
    digest: str
    at_ms: int


MARKET = By()


def write(session: Session, row: SessionRecording, kind: str, by: By = MARKET) -> None:
    """Add one act of the recording `row`."""
    session.add(
        RecordingAct(
            session_id=row.session_id,
            seller_id=row.seller_id,
            kind=kind,
            actor=by.actor,
            name=by.name,
            office=by.office,
            reason=by.reason,
            digest=row.digest,
            at_ms=clock.now_ms(),
        )
    )


def of_session(session: Session, session_id: str) -> tuple[ActFacts, ...]:
    """All that was done with a session's recording, the oldest first."""
    query = select(RecordingAct).where(RecordingAct.session_id == session_id)
    return tuple(
        ActFacts(row.kind, By(row.actor, row.name, row.office, row.reason), row.digest, row.at_ms)
        for row in session.scalars(query.order_by(RecordingAct.id))
    )
