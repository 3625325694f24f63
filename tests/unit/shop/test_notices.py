"""A notice is made once, climbs the ladder, keeps its fate, and never goes twice."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from core.states import BadTransition
from shop.notices import call_desk, ladder, letters, mailboxes, roads, telling
from shop.notices.ladder import Task, Told
from shop.notices.models import Notice, NoticeTry
from shop.notices.notice_rules import CALL, EMAIL, PAGE_MS, SMS, ZNS
from shop.notices.roads import REFUSED, SENT, UNKNOWN, EmailRoad, Fate, Recipient, Road
from shop.notices.telling import News, Whom
from tests.factories.identity import make_person, make_seller
from tests.factories.notices import FACTS, FakeRoad, make_notice, state_of, tries_of
from tests.support.post_office import PostOffice


@pytest.fixture(autouse=True)
def no_roads() -> Iterator[None]:
    """No test of another file finds the roads of this one."""
    before = roads._State.roads
    roads.use([])
    yield
    roads.use(before)


def climb(session: Session, time_at: FixedClock, *by: Road) -> list[Task]:
    """Let the ladder's time come once, and send what it started; what was sent."""
    roads.use(by)
    time_at.advance(PAGE_MS)
    ladder.climb(session)
    session.flush()
    started = session.scalars(select(NoticeTry.id).where(NoticeTry.outcome == "started")).all()
    return [task for one in started if (task := send(session, one))]


def send(session: Session, try_id: str) -> Task | None:
    """What the errand does, in this session."""
    task = ladder.begin(session, try_id)
    if task is None:
        ladder.record(session, try_id, Told(Fate(UNKNOWN)))
        return None
    road = roads.named(task.road)
    assert road is not None
    ((lang, whom),) = task.to
    letter = letters.written(task.kind, task.facts, "/n/x", lang)
    ladder.record(session, try_id, Told(road.send(whom, letter, task.key), letter.text))
    return task


def test_an_event_heard_twice_makes_one_notice_a_person(session: Session) -> None:
    seller, first, second = make_seller(session), make_person(session), make_person(session)
    news = News("case_opened", "one", seller, "/x", FACTS)
    told = [telling.tell(session, news, Whom(who, "Hoa", "")) for who in (first, first, second)]
    assert told == [True, False, True]


def test_nothing_is_sent_while_a_page_may_show_it(session: Session) -> None:
    notice = make_notice(session)
    roads.use([FakeRoad(SMS)])
    ladder.climb(session)
    assert state_of(session, notice) == "waiting"


def test_what_was_seen_is_not_sent(session: Session, time_at: FixedClock) -> None:
    notice = make_notice(session)
    telling.seen(session, notice)
    assert climb(session, time_at, FakeRoad(SMS)) == []
    assert state_of(session, notice) == "seen"


def test_a_notice_goes_by_one_road_with_its_words_kept(
    session: Session, time_at: FixedClock
) -> None:
    notice, sms = make_notice(session), FakeRoad(SMS)
    climb(session, time_at, sms, FakeRoad(ZNS, leads=False))
    climb(session, time_at, sms)
    assert (state_of(session, notice), tries_of(session, notice)) == ("sent", [(SMS, SENT)])
    (kept,) = session.scalars(select(NoticeTry)).all()
    assert kept.words == sms.sent[0][1].text
    assert "Chè đinh" in kept.words
    assert kept.words.endswith("/n/x")


def test_what_one_road_refuses_takes_the_next_and_a_call_at_last(
    session: Session, time_at: FixedClock
) -> None:
    notice = make_notice(session)
    by = (FakeRoad(ZNS, REFUSED), FakeRoad(SMS, REFUSED))
    for _round in range(3):
        climb(session, time_at, *by)
    assert tries_of(session, notice) == [(ZNS, REFUSED), (SMS, REFUSED)]
    assert state_of(session, notice) == "to_call"


def test_what_may_have_gone_is_not_sent_again_by_any_road(
    session: Session, time_at: FixedClock
) -> None:
    notice = make_notice(session)
    for _round in range(3):
        climb(session, time_at, FakeRoad(ZNS, UNKNOWN), FakeRoad(SMS))
    assert tries_of(session, notice) == [(ZNS, UNKNOWN)]
    assert state_of(session, notice) == "to_call"


def test_a_process_that_died_while_sending_leaves_it_unsent_again(
    session: Session, time_at: FixedClock
) -> None:
    notice, sms = make_notice(session), FakeRoad(SMS)
    roads.use([sms])
    time_at.advance(PAGE_MS)
    ladder.climb(session)
    session.flush()
    (tried,) = session.scalars(select(NoticeTry.id)).all()
    assert ladder.begin(session, tried) is not None  # and here the process dies
    assert send(session, tried) is None
    assert sms.sent == []
    assert state_of(session, notice) == "to_call"


def test_a_fate_told_twice_stands_as_it_was(session: Session, time_at: FixedClock) -> None:
    notice = make_notice(session)
    climb(session, time_at, FakeRoad(SMS))
    (tried,) = session.scalars(select(NoticeTry.id)).all()
    ladder.record(session, tried, Told(Fate(REFUSED)))
    assert tries_of(session, notice) == [(SMS, SENT)]


def test_at_night_only_the_urgent_is_sent(session: Session, time_at: FixedClock) -> None:
    time_at.advance(12 * 3_600_000 - (time_at.at_ms + 7 * 3_600_000) % 86_400_000 + 10 * 3_600_000)
    calm, urgent = make_notice(session), make_notice(session, "case_warned", "two")
    climb(session, time_at, FakeRoad(SMS))
    assert (state_of(session, calm), state_of(session, urgent)) == ("waiting", "sent")
    time_at.advance(9 * 3_600_000)
    climb(session, time_at, FakeRoad(SMS))
    assert state_of(session, calm) == "sent"


def test_what_is_too_late_is_dropped_with_that_fate(session: Session, time_at: FixedClock) -> None:
    notice = make_notice(session)
    session.get_one(Notice, notice).stale_ms = time_at.at_ms + 1
    climb(session, time_at, FakeRoad(SMS))
    assert state_of(session, notice) == "stale"


def test_a_call_that_nobody_answered_stays_and_one_that_was_ends_it(
    session: Session, time_at: FixedClock
) -> None:
    notice = make_notice(session)
    climb(session, time_at)
    seller = session.get_one(Notice, notice).seller_id
    call_desk.tick(session, seller, notice, "missed", "p:staff")
    session.flush()
    (one,) = call_desk.calls_of(session, seller)
    assert (one.missed, "Chè đinh" in one.words) == (1, True)
    call_desk.tick(session, seller, notice, "reached", "p:staff")
    session.flush()
    assert call_desk.calls_of(session, seller) == ()
    assert tries_of(session, notice) == [(CALL, "missed"), (CALL, "reached")]
    with pytest.raises(BadTransition):
        call_desk.tick(session, seller, notice, "reached", "p:staff")


def test_another_sellers_call_is_not_found(session: Session, time_at: FixedClock) -> None:
    notice = make_notice(session)
    climb(session, time_at)
    with pytest.raises(NotFound):
        call_desk.tick(session, make_seller(session), notice, "reached", "p:staff")


def test_every_kind_speaks_both_languages(session: Session) -> None:
    facts = {
        **FACTS,
        "sum": "1 đ",
        "what": "chè",
        "at": "6 giờ",
        "place": "xóm",
        "price": "1 đ",
        "day": "1/12",
        "days": "3",
        "month": "11/2026",
        "money": "1 đ",
        "number": "1C26TCP 1",
        "why": "hộ chưa có",
        "bank": "Vietcombank •••• 3456",
        "phone": "0912 345 678",
        "name": "Bà Nụ",
        "office": "Sở Công Thương",
    }
    for kind in letters.KINDS:
        vietnamese, english = (letters.written(kind, facts, "/n/x", lang) for lang in ("vi", "en"))
        assert vietnamese.text != english.text, kind
        assert len(vietnamese.text) < 300, kind


def test_an_address_is_written_to_once_its_owner_confirmed_it(session: Session) -> None:
    person = make_person(session)
    mailboxes.give(session, person, "hoa@example.vn", "en")
    token = mailboxes.token_of(session, person)
    assert not mailboxes.of_person(session, person).confirmed
    with pytest.raises(NotFound):
        mailboxes.confirm(session, token[:-1] + "x")
    mailboxes.confirm(session, token)
    assert mailboxes.of_person(session, person).confirmed
    mailboxes.give(session, person, "hoa@example.vn", "vi")
    assert mailboxes.of_person(session, person).confirmed
    mailboxes.give(session, person, "lan@example.vn", "vi")
    assert not mailboxes.of_person(session, person).confirmed
    with pytest.raises(NotFound):
        mailboxes.confirm(session, token)


def test_an_unconfirmed_address_is_no_road(session: Session, time_at: FixedClock) -> None:
    notice = make_notice(session)
    person = session.get_one(Notice, notice).person_id
    mailboxes.give(session, person, "hoa@example.vn", "vi")
    with PostOffice() as office:
        climb(session, time_at, EmailRoad(office.url))
        assert tries_of(session, notice) == []


@pytest.mark.parametrize(
    ("mood", "outcome", "letters_taken"),
    [("kind", SENT, 1), ("refuses", REFUSED, 0), ("hangs_up", UNKNOWN, 1)],
)
def test_a_letter_has_the_fate_the_server_says(mood: str, outcome: str, letters_taken: int) -> None:
    letter = letters.Letter("Đơn CP1 đang tới", "Đơn đã rời kho. /n/x")
    with PostOffice(mood) as office:
        road = EmailRoad(office.url)
        fate = road.send(Recipient("Hoa", "", "hoa@example.vn"), letter, "key-1")
        assert (fate.outcome, len(office.letters)) == (outcome, letters_taken)
        assert all("Message-ID: <key-1@" in one for one in office.letters)


def test_a_server_that_is_away_has_taken_nothing() -> None:
    road = EmailRoad("smtp://127.0.0.1:9?from=cho@example.vn")
    letter = letters.Letter("x", "y")
    assert road.send(Recipient("", "", "a@example.vn"), letter, "k").outcome == REFUSED
    assert road.name == EMAIL
