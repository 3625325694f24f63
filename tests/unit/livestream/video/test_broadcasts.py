"""The stream of a session: sent by one page, interrupted and resumed by the engine's word, over for good."""

import itertools

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, vault
from core.clock import FixedClock
from core.outbox import OutboxRow
from livestream import log
from livestream.room import view
from livestream.shows import sessions
from livestream.video import broadcasts, targets
from livestream.video.broadcasts import Asked
from livestream.video.embedded import Embedded
from livestream.video.live_engine import EngineEvent
from livestream.video.targets import GivenTarget
from livestream.video.video_errors import StreamClosed, StreamTaken
from livestream.video.video_models import LiveStream
from tests.factories.livestream import Show, make_claim, make_show

ENGINE = Embedded("http://media.example", "http://127.0.0.1:1", b"secret")
FIRST, SECOND = Asked("page-one", "picture", False), Asked("page-two", "picture", False)
_numbers = itertools.count(1)


def opened(session: Session, show: Show, asked: Asked = FIRST) -> str:
    """The show's stream, granted to a page."""
    broadcasts.publishing(session, show.id, asked, ENGINE)
    return session.scalars(select(LiveStream.id).where(LiveStream.session_id == show.id)).one()


def tell(session: Session, ref: str, kind: str, number: int | None = None) -> None:
    said = number if number is not None else next(_numbers)
    broadcasts.hear(session, EngineEvent(ref, said, 0, kind, ""))


def state(session: Session, show: Show) -> tuple[str, str]:
    """How session and stream stand."""
    session.flush()
    session.expire_all()
    return view.facts(session, show.id).state, broadcasts.shown(session, show.id).state


def types(session: Session, show: Show) -> list[str]:
    return [event["type"] for event in log.entries(session, show.id, 0, None)]


def test_a_lost_picture_interrupts_the_session_and_its_return_resumes_it(either: Session) -> None:
    show = make_show(either)
    ref = opened(either, show)
    seen = [state(either, show)]
    for kind in ("started", "interrupted", "returned", "broken", "started", "ended"):
        tell(either, ref, kind)
        seen.append(state(either, show))
    live, lost = ("live", "sending"), ("interrupted", "lost")
    assert seen == [("live", "none"), live, lost, live, lost, live, lost]


def test_claims_go_on_while_the_picture_is_lost(either: Session) -> None:
    show = make_show(either, 10)
    ref = opened(either, show)
    tell(either, ref, "started")
    tell(either, ref, "interrupted")
    assert make_claim(either, show, 2).held == 2


def test_rooms_hear_that_there_is_a_picture_now(either: Session) -> None:
    show = make_show(either)
    before = types(either, show).count("session_live")
    tell(either, opened(either, show), "started")
    assert types(either, show).count("session_live") == before + 1


def test_news_are_taken_once_and_never_backwards(either: Session) -> None:
    show = make_show(either)
    ref = opened(either, show)
    tell(either, ref, "started", number=10_000_000)
    told = len(types(either, show))
    for number in (10_000_000, 9_999_999):
        tell(either, ref, "interrupted", number=number)
    assert (len(types(either, show)), state(either, show)) == (told, ("live", "sending"))


def test_an_engine_that_says_nothing_any_more_is_taken_as_lost(
    either: Session, time_at: FixedClock
) -> None:
    show = make_show(either)
    ref = opened(either, show)
    tell(either, ref, "started")
    time_at.advance(broadcasts.UNHEARD_MS - 1)
    tell(either, ref, "sending")
    time_at.advance(broadcasts.UNHEARD_MS)
    broadcasts.close_unheard(either)
    assert state(either, show) == ("live", "sending")
    time_at.advance(1)
    broadcasts.close_unheard(either)
    assert state(either, show) == ("interrupted", "lost")


def test_a_second_page_sends_only_when_it_takes_over(either: Session) -> None:
    show = make_show(either)
    tell(either, opened(either, show), "started")
    with pytest.raises(StreamTaken):
        broadcasts.publishing(either, show.id, SECOND, ENGINE)
    assert broadcasts.publishing(either, show.id, FIRST, ENGINE).way == "chunks"
    taking = Asked("page-two", "picture", True)
    assert broadcasts.publishing(either, show.id, taking, ENGINE).token
    with pytest.raises(StreamTaken):
        broadcasts.publishing(either, show.id, FIRST, ENGINE)


def test_a_picture_that_is_lost_may_come_from_another_page(either: Session) -> None:
    show = make_show(either)
    ref = opened(either, show)
    tell(either, ref, "started")
    tell(either, ref, "interrupted")
    assert broadcasts.publishing(either, show.id, SECOND, ENGINE).url.endswith(ref)


def test_the_end_of_the_session_ends_its_stream_for_good(either: Session) -> None:
    show = make_show(either)
    ref = opened(either, show)
    tell(either, ref, "started")
    sessions.end(either, show.id)
    broadcasts.close_if_over(either, show.id)
    tell(either, ref, "returned")
    assert state(either, show) == ("ended", "over")
    with pytest.raises(StreamClosed):
        broadcasts.publishing(either, show.id, FIRST, ENGINE)
    waiting = either.scalars(select(OutboxRow).where(OutboxRow.event == "StreamEnded")).all()
    assert [ref in row.payload for row in waiting] == [True, True]  # close it, note its recording


def test_a_stream_that_is_closed_early_leaves_the_sale_alone(either: Session) -> None:
    show = make_show(either, 10)
    ref = opened(either, show)
    tell(either, ref, "started")
    assert broadcasts.close(either, show.id, "order") == ref
    assert broadcasts.close(either, show.id, "order") is None
    tell(either, ref, "interrupted")
    assert state(either, show) == ("live", "over")
    assert make_claim(either, show, 1).held == 1


def test_before_the_show_the_camera_is_seen_by_nobody(either: Session) -> None:
    show = make_show(either, started=False)
    tell(either, opened(either, show), "started")
    assert state(either, show) == ("checked", "none")
    sessions.start(either, show.id)
    assert state(either, show) == ("live", "sending")


def test_news_of_a_stream_nobody_knows_change_nothing(either: Session) -> None:
    show = make_show(either)
    told = types(either, show)
    tell(either, "nobody-knows-this-stream", "interrupted")
    assert types(either, show) == told


def test_where_a_show_is_sent_on_to_is_told_when_its_stream_begins_and_heard_of(
    session: Session,
) -> None:
    show = make_show(session)
    vault_key = vault._State.cipher
    vault.use("one installation's secret key, long enough")
    target = targets.add(session, show.id, GivenTarget("facebook", "", "", "FB-1-key"), "p:host")
    ref = opened(session, show)
    before = changes_told(session)
    tell(session, ref, "started")
    assert changes_told(session) == before + 1
    later_ms = clock.now_ms() + 1
    broadcasts.hear(
        session, EngineEvent(ref, next(_numbers), later_ms, "target", "retrying-2", target)
    )
    (shown,) = targets.of_session(session, show.id)
    vault._State.cipher = vault_key
    assert (shown.state, shown.tries) == ("retrying", 2)


def changes_told(session: Session) -> int:
    rows = session.scalars(select(OutboxRow.subscriber)).all()
    return sum("sending_on" in row for row in rows)
