"""Making a lesson: title, guide, place, hour; with a practice shop or without. Needs no papers."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import clock
from livestream import log
from livestream.desk.hold_rule import MINUTE_MS
from livestream.lessons import practice
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from livestream.states import LESSON

_HOLD_MINUTES = 15


@dataclass(frozen=True)
class NewLesson:
    """A lesson to come: by whom (`guide`) and where, for how many minutes; times in UTC ms.

    `planned_start_ms` is None for one that starts whenever its host is ready.
    """

    seller_id: str
    title: str
    guide: str
    place: str
    minutes: int
    planned_start_ms: int | None = None
    practises: bool = True


def create(session: Session, new: NewLesson) -> str:
    """Make a lesson that may start at once; returns its session's id."""
    begins_ms = new.planned_start_ms or clock.now_ms()
    session_id = sessions.create(
        session,
        NewSession(
            seller_id=new.seller_id,
            title=new.title,
            planned_end_ms=begins_ms + new.minutes * MINUTE_MS,
            hold_rule="minutes",
            hold_minutes=_HOLD_MINUTES,
            planned_start_ms=new.planned_start_ms,
            kind=LESSON,
            guide=new.guide,
            place=new.place,
        ),
        [],
    )
    if new.practises:
        practice.stock_up(session, log.begin(session, session_id))
    return session_id
