"""A notice goes to devices: sealed, signed, to each in its language; what a service says is its fate."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.identity import logins
from shop.notices import ladder, letters, push_devices, push_keys, roads, telling
from shop.notices.models import Notice, NoticeTry
from shop.notices.notice_rules import MOST_TRIES, PAGE_MS, PUSH, SMS
from shop.notices.push_devices import Subscription
from shop.notices.push_road import PushRoad
from shop.notices.roads import REFUSED, SENT, UNKNOWN
from tests.factories.notices import FakeRoad, make_notice, state_of, tries_of
from tests.support.push_service import Browser, PushService, verify

MINUTE_MS = 60_000


@pytest.fixture(autouse=True)
def own_roads(tmp_path: Path) -> Iterator[None]:
    """A key of this test's own, and no road of another file's."""
    before, signer = roads._State.roads, push_keys._State.signer
    push_keys.use(tmp_path)
    yield
    roads.use(before)
    push_keys._State.signer = signer


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


def subscribed(session: Session, notice: str, service: PushService, lang: str = "vi") -> Browser:
    """A browser of whom the notice is for."""
    person = session.get_one(Notice, notice).person_id
    login = logins.resolve(session, logins.issue(session, person, verified=True))
    assert login is not None
    made = service.browser()
    given = Subscription(**made.fields, lang=lang)
    push_devices.subscribe(session, login, given, [service.url])
    return made


def climb(session: Session, time_at: FixedClock, service: PushService, wait_ms: int) -> None:
    """The ladder's time comes, and what it started is sent."""
    roads.use([PushRoad("mailto:cho@example.vn", [service.url]), FakeRoad(SMS)])
    time_at.advance(wait_ms)
    ladder.climb(session)
    session.flush()
    for tried in session.query(NoticeTry).filter_by(outcome="started").all():
        task = ladder.begin(session, tried.id)
        assert task is not None
        road, fates = roads.named(task.road), []
        assert road is not None
        for lang, whom in task.to:
            letter = letters.written(task.kind, task.facts, "http://cho/n/x", lang)
            fates.append(road.send(whom, letter, task.key))
        ladder.record(session, tried.id, ladder.Told(roads.merged(fates), letter.text))


def test_each_device_reads_it_in_its_language_and_learns_no_more_than_may_be_seen(
    session: Session, time_at: FixedClock, service: PushService
) -> None:
    notice = make_notice(session, "order_paid")
    row = session.get_one(Notice, notice)
    row.facts = '{"code": "CP1", "seller": "HTX A", "sum": "120.000 đ"}'
    devices = [subscribed(session, notice, service, lang) for lang in ("vi", "en", "en")]
    climb(session, time_at, service, PAGE_MS)
    assert (state_of(session, notice), tries_of(session, notice)) == ("sent", [(PUSH, SENT)])
    titles = [one.opened[0]["title"] for one in devices]
    assert titles == ["Đã nhận tiền đơn CP1", titles[1], titles[1]]
    assert titles[1] != titles[0]
    for one in devices:
        assert len(one.opened) == 1
        assert one.opened[0]["url"] == one.opened[0]["tag"] == "http://cho/n/x"
        assert "120.000" not in one.plain[0]
        assert "Hoa" not in one.plain[0]
        assert one.headers[0]["TTL"] == "86400"


def test_the_market_says_who_it_is_until_when(
    session: Session, time_at: FixedClock, service: PushService
) -> None:
    notice = make_notice(session)
    browser = subscribed(session, notice, service)
    climb(session, time_at, service, PAGE_MS)
    claims = verify(browser.headers[0]["Authorization"], service.url)
    assert claims["sub"] == "mailto:cho@example.vn"
    assert claims["exp"] == time_at.at_ms // 1000 + 12 * 3_600
    assert browser.headers[0]["Authorization"].endswith(f"k={push_keys.public()}")


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_device_that_left_is_forgotten_and_the_next_road_is_taken(
    session: Session, time_at: FixedClock, service: PushService, status: int
) -> None:
    notice = make_notice(session)
    subscribed(session, notice, service).status = status
    climb(session, time_at, service, PAGE_MS)
    person = session.get_one(Notice, notice).person_id
    assert push_devices.targets(session, person, None) == ()
    climb(session, time_at, service, 0)
    assert tries_of(session, notice) == [(PUSH, REFUSED), (SMS, SENT)]


def test_a_busy_service_is_asked_again_when_it_says_and_then_no_more(
    session: Session, time_at: FixedClock, service: PushService
) -> None:
    notice = make_notice(session)
    browser = subscribed(session, notice, service)
    browser.status, browser.retry_after = 429, "600"
    climb(session, time_at, service, PAGE_MS)
    climb(session, time_at, service, 599_000)
    assert tries_of(session, notice) == [(PUSH, REFUSED)]
    for _time in range(MOST_TRIES):
        climb(session, time_at, service, 600_000)
    assert tries_of(session, notice) == [(PUSH, REFUSED)] * MOST_TRIES + [(SMS, SENT)]
    assert browser.opened == []


def test_what_a_busy_service_takes_later_has_come_once(
    session: Session, time_at: FixedClock, service: PushService
) -> None:
    notice = make_notice(session)
    browser = subscribed(session, notice, service)
    browser.status = 503
    climb(session, time_at, service, PAGE_MS)
    browser.status = 201
    climb(session, time_at, service, MINUTE_MS)
    climb(session, time_at, service, MINUTE_MS)
    assert tries_of(session, notice) == [(PUSH, REFUSED), (PUSH, SENT)]
    assert len(browser.opened) == 1


def test_a_service_that_hangs_up_may_have_taken_it(
    session: Session, time_at: FixedClock, service: PushService
) -> None:
    notice = make_notice(session)
    subscribed(session, notice, service)
    service.hangs_up = True
    climb(session, time_at, service, PAGE_MS)
    climb(session, time_at, service, MINUTE_MS)
    assert (state_of(session, notice), tries_of(session, notice)) == ("to_call", [(PUSH, UNKNOWN)])


def test_one_device_that_took_it_is_enough(
    session: Session, time_at: FixedClock, service: PushService
) -> None:
    notice = make_notice(session)
    gone, there = (subscribed(session, notice, service) for _each in range(2))
    gone.status = 410
    climb(session, time_at, service, PAGE_MS)
    assert tries_of(session, notice) == [(PUSH, SENT)]
    assert len(there.opened) == 1


def test_at_night_a_busy_service_is_not_asked_again(
    session: Session, time_at: FixedClock, service: PushService
) -> None:
    in_vietnam = (time_at.at_ms + 7 * 3_600_000) % 86_400_000
    time_at.advance(86_400_000 - in_vietnam + 20 * 3_600_000 + 50 * MINUTE_MS)  # 20:50
    notice = make_notice(session)
    browser = subscribed(session, notice, service)
    browser.status, browser.retry_after = 429, "1800"
    climb(session, time_at, service, PAGE_MS)
    climb(session, time_at, service, 9 * 3_600_000)
    assert tries_of(session, notice) == [(PUSH, REFUSED)]
    climb(session, time_at, service, 2 * 3_600_000)
    assert len(tries_of(session, notice)) == 2


def test_a_device_that_says_it_showed_it_is_believed_once(
    session: Session, time_at: FixedClock, service: PushService, app: Flask
) -> None:
    notice = make_notice(session)
    telling.shown(session, notice)  # nothing was pushed yet
    subscribed(session, notice, service)
    climb(session, time_at, service, PAGE_MS)
    telling.shown(session, notice)
    first = session.query(NoticeTry).one().shown_ms
    time_at.advance(5)
    telling.shown(session, notice)
    assert first == session.query(NoticeTry).one().shown_ms == time_at.at_ms - 5


def test_one_key_is_made_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    push_keys.use(tmp_path / "keys")
    first = push_keys.public()
    push_keys.use(tmp_path / "keys")
    assert push_keys.public() == first
    assert (tmp_path / "keys" / "push.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"\0" * 32, b"\xff" * 32, b"x" * 31])
def test_a_file_that_is_no_key_stops_the_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "push.key").write_bytes(content)
    with pytest.raises(push_keys.BadPushKey):
        push_keys.use(tmp_path)
