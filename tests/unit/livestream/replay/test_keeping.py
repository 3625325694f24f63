"""A recording from its show's end to the day it is deleted: shown, hidden, held, never deleted too early."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from core.errors import NotFound
from core.outbox import OutboxRow
from livestream import checks
from livestream.replay import acts, asking, clips, keeping, recordings_page, replay_checks, terms
from livestream.replay.acts import By
from livestream.replay.replay_errors import BadTerm, RecordingGone
from livestream.replay.replay_events import RecordingDue
from livestream.replay.replay_models import SessionRecording
from livestream.replay.retention import Term
from livestream.room import view
from livestream.shows import sessions
from livestream.video.live_engine import Piece, Recording
from tests.factories.livestream import Show, make_show

DAY_MS = 86_400_000
YEAR_MS = 366 * DAY_MS
OFFICER = By("person:1", "Bà Hà", "Chi cục", "Đơn khiếu nại số 5")
SELLER = By("person:2", "Cô Lan")
CHECKS = {
    "live.replays_have_recordings": replay_checks.replays_have_recordings,
    "live.recordings_are_in_the_audit_trail": replay_checks.recordings_are_in_the_audit_trail,
    "live.recordings_are_kept_as_told": replay_checks.recordings_are_kept_as_told,
    "live.log_folds_to_rows": checks.log_folds_to_rows,
}
STREAM = "stream_0123456789abcdef"


def ended(session: Session, *, length_ms: int = 60_000) -> Show:
    """A show that was recorded, and is over."""
    show = make_show(session)
    pieces = (Piece(clock.now_ms(), length_ms),) if length_ms else ()
    sessions.end(session, show.id)
    keeping.note(session, show.id, STREAM, Recording(pieces, 1_500_000, "d" * 64))
    session.flush()
    return show


def state(session: Session, show: Show) -> tuple[str, str]:
    session.flush()
    session.expire_all()
    return view.facts(session, show.id).state, session.get_one(SessionRecording, show.id).state


def kinds(session: Session, show: Show) -> list[str]:
    session.flush()
    return [act.kind for act in acts.of_session(session, show.id)]


def test_a_show_with_something_to_see_becomes_a_replay_once(session: Session) -> None:
    show = ended(session)
    keeping.note(session, show.id, STREAM, Recording((), 0, "another"))
    assert state(session, show) == ("replay", "kept")
    (act,) = acts.of_session(session, show.id)
    assert (act.kind, act.digest) == ("closed", "d" * 64)
    assert view.snapshot(session, show.id)["state"] == "ended"


def test_a_show_without_picture_stays_ended(session: Session) -> None:
    show = ended(session, length_ms=0)
    keeping.look_after(session)
    assert state(session, show) == ("ended", "kept")


def test_a_stream_that_was_over_before_its_show_is_shown_after_it(session: Session) -> None:
    show = make_show(session)
    pieces = (Piece(clock.now_ms(), 9_000),)
    keeping.note(session, show.id, STREAM, Recording(pieces, 1, "d" * 64))
    assert state(session, show) == ("live", "kept")
    sessions.end(session, show.id)
    keeping.look_after(session)
    assert state(session, show) == ("replay", "kept")


def test_nothing_is_deleted_before_its_last_day_is_over(
    either: Session, time_at: FixedClock
) -> None:
    show = ended(either)
    (kept,) = recordings_page.of_seller(either, show.seller_id)
    assert kept.until_ms is not None
    time_at.at_ms = kept.until_ms - 1
    keeping.look_after(either)
    assert state(either, show) == ("replay", "kept")
    time_at.advance(1)
    keeping.look_after(either)
    assert state(either, show) == ("archived", "going")
    keeping.forgotten(either, show.id)
    assert state(either, show) == ("archived", "gone")
    assert kinds(either, show) == ["closed", "due", "deleted"]


def test_control_a_recording_without_the_rule_is_deleted_at_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = ended(session)
    monkeypatch.setattr(terms, "kept_until_ms", lambda *_: 0)
    keeping.look_after(session)
    assert state(session, show) == ("archived", "going")


def test_what_an_officer_holds_is_never_deleted_until_it_is_let_go(
    either: Session, time_at: FixedClock
) -> None:
    show = ended(either)
    keeping.hold(either, show.id, OFFICER, is_held=True)
    time_at.advance(50 * YEAR_MS)
    keeping.look_after(either)
    assert state(either, show) == ("replay", "kept")
    keeping.hold(either, show.id, OFFICER, is_held=False)
    keeping.look_after(either)
    assert state(either, show) == ("archived", "going")
    assert kinds(either, show) == ["closed", "held", "released", "due"]
    assert acts.of_session(either, show.id)[1].by == OFFICER


def test_a_longer_term_keeps_what_is_there_longer(session: Session, time_at: FixedClock) -> None:
    show = ended(session)
    terms.add(session, Term(clock.now_ms() + DAY_MS, 120, "Luật mới"), "test")
    time_at.advance(4 * YEAR_MS)
    keeping.look_after(session)
    assert state(session, show) == ("replay", "kept")


@pytest.mark.parametrize(
    ("term", "field"),
    [
        (Term(1, 36, "law"), "from"),
        (Term(2_000_000_000_000, 0, "law"), "months"),
        (Term(2_000_000_000_000, 601, "law"), "months"),
        (Term(2_000_000_000_000, 36, "  "), "source"),
    ],
)
def test_a_term_in_the_past_or_out_of_bounds_is_refused(
    session: Session, term: Term, field: str
) -> None:
    with pytest.raises(BadTerm) as refused:
        terms.add(session, term, "test")
    assert refused.value.data["field"] == field


def test_a_hidden_replay_is_seen_by_nobody_and_kept(session: Session, time_at: FixedClock) -> None:
    show = ended(session)
    for is_hidden in (True, True, False):
        keeping.hide(session, show.id, SELLER, is_hidden=is_hidden)
    assert kinds(session, show) == ["closed", "hidden", "shown"]
    assert len(clips.newest(session)) == 1
    keeping.hide(session, show.id, SELLER, is_hidden=True)
    assert clips.newest(session) == ()
    assert state(session, show) == ("replay", "kept")


@pytest.mark.parametrize("do", [keeping.hold, lambda *a, **k: keeping.hide(*a, is_hidden=True)])
def test_nothing_is_done_with_what_is_deleted_or_never_was(
    session: Session, time_at: FixedClock, do: Callable[..., None]
) -> None:
    show, other = ended(session), make_show(session)
    time_at.advance(4 * YEAR_MS)
    keeping.look_after(session)
    with pytest.raises(RecordingGone):
        do(session, show.id, OFFICER, is_held=True)
    with pytest.raises(NotFound):
        do(session, other.id, OFFICER, is_held=True)


def test_an_engine_that_was_away_is_told_again(session: Session, time_at: FixedClock) -> None:
    ended(session)
    time_at.advance(4 * YEAR_MS)
    for _ in range(3):
        keeping.look_after(session)
        time_at.advance(2_000_000)
    told = session.scalars(select(OutboxRow).where(OutboxRow.event == RecordingDue.__name__)).all()
    assert len(told) == 2
    asking.ask_missing(session)


def test_the_audit_trail_cannot_be_changed(either: Session) -> None:
    ended(either)
    for change in ("UPDATE recording_acts SET reason = 'x'", "DELETE FROM recording_acts"):
        with pytest.raises(DBAPIError, match="never changed"), either.begin_nested():
            either.execute(text(change))


def test_fsck_finds_recordings_that_are_not_as_told(either: Session) -> None:
    ended(either)
    assert broken(either) == set()
    wrong: list[tuple[dict[str, object], str]] = [
        ({"state": "going"}, "live.replays_have_recordings"),
        ({"digest": "e" * 64}, "live.recordings_are_in_the_audit_trail"),
        ({"held_ms": 5}, "live.recordings_are_kept_as_told"),
        ({"state": "gone"}, "live.recordings_are_kept_as_told"),
    ]
    for values, name in wrong:
        undone = either.begin_nested()
        either.execute(update(SessionRecording).values(**values))
        assert name in broken(either)
        undone.rollback()


def broken(session: Session) -> set[str]:
    """The checks that find something wrong."""
    return {name for name, check in CHECKS.items() if list(check(session))}
