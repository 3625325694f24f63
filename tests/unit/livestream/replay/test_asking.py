"""An engine that is away for hours is asked again until it answers, and nothing is parked."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from core import clock, errands, outbox
from core.clock import FixedClock
from core.db import db, write
from livestream.replay import acts, asking, keeping
from livestream.replay.replay_models import SessionRecording
from livestream.shows import sessions
from livestream.video import broadcasts, closing
from livestream.video.broadcasts import Asked
from livestream.video.embedded import Embedded
from livestream.video.live_engine import EngineAway, Piece, Recording
from livestream.video.video_models import LiveStream
from tests.factories.livestream import make_show

HOUR_MS = 3_600_000


class Away(Embedded):
    """An engine that answers only when it is told to."""

    is_away = True
    forgotten = 0

    def close(self, ref: str) -> None:
        self._answer()

    def recording(self, ref: str) -> Recording | None:
        return Recording((Piece(clock.now_ms(), 9_000),), 5, "d" * 64)

    def forget(self, ref: str) -> None:
        self._answer()
        self.forgotten += 1

    def _answer(self) -> None:
        if self.is_away:
            raise EngineAway("away")


@pytest.fixture
def engine(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Away]:
    away = Away("http://media.example", "http://127.0.0.1:1", b"secret")
    for module in (asking, closing):
        monkeypatch.setattr(module, "engine", lambda: away)
    with app.app_context():
        yield away


def ended(session: Session) -> str:
    show = make_show(session)
    engine = Embedded("http://media.example", "http://127.0.0.1:1", b"secret")
    broadcasts.publishing(session, show.id, Asked("page-one", "picture", False), engine)
    session.execute(update(LiveStream).values(started_ms=clock.now_ms()))
    sessions.end(session, show.id)
    broadcasts.close_if_over(session, show.id)
    return show.id


def hours(time_at: FixedClock, number: int) -> None:
    """Let so many hours go by, with the runners and ticks of a server."""
    for _ in range(number * 6):
        time_at.advance(HOUR_MS // 6)
        outbox.run_pending()
        errands.run_pending()
        write(keeping.look_after)
        write(asking.ask_missing)
    errands.run_pending()


def test_a_recording_is_noted_and_deleted_however_long_its_engine_was_away(
    engine: Away, time_at: FixedClock
) -> None:
    session_id = write(ended)
    hours(time_at, 4)
    assert db.session.get(SessionRecording, session_id) is None
    engine.is_away = False
    hours(time_at, 2)
    assert kinds(session_id) == ["closed"]
    engine.is_away = True
    time_at.advance(4 * 366 * 24 * HOUR_MS)
    hours(time_at, 4)
    assert kinds(session_id) == ["closed", "due"]
    engine.is_away = False
    hours(time_at, 2)
    assert kinds(session_id) == ["closed", "due", "deleted"]
    assert engine.forgotten >= 1


def kinds(session_id: str) -> list[str]:
    db.session.rollback()
    return [act.kind for act in acts.of_session(db.session(), session_id)]
