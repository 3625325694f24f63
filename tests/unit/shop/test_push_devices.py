"""Which devices hear of what: those that proved the number, and the one that did it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import LoginRequired
from core.identity import logins
from core.identity.logins import Login
from core.identity.models import AuthSession
from shop.notices import push_devices
from shop.notices.push_devices import BadPush, Subscription
from tests.factories.identity import make_person
from tests.support.push_service import Browser

CHROME = "https://fcm.googleapis.com/fcm/send/"


def device(session: Session, person: str | None, *, verified: bool = True) -> Login:
    found = logins.resolve(session, logins.issue(session, person, verified=verified))
    assert found is not None
    return found


def told_at(name: str = "one", lang: str = "vi") -> Subscription:
    return Subscription(**Browser(endpoint=CHROME + name).fields, lang=lang)


def heard_by(session: Session, person: str, device_id: str | None = None) -> list[str]:
    return [one.endpoint for one in push_devices.targets(session, person, device_id)]


def test_a_proved_device_hears_until_it_is_switched_off(session: Session) -> None:
    person = make_person(session)
    login = device(session, person)
    push_devices.subscribe(session, login, told_at())
    assert push_devices.is_on(session, login)
    assert heard_by(session, person) == [CHROME + "one"]
    push_devices.unsubscribe(session, login.device_id)
    assert heard_by(session, person) == []
    assert not push_devices.is_on(session, login)


def test_a_device_that_only_typed_the_number_hears_of_its_own_doings_alone(
    session: Session,
) -> None:
    person = make_person(session)
    stranger = device(session, person, verified=False)
    push_devices.subscribe(session, stranger, told_at())
    assert heard_by(session, person) == []
    assert heard_by(session, person, stranger.device_id) == [CHROME + "one"]


def test_a_device_that_signed_out_hears_nothing(session: Session) -> None:
    person = make_person(session)
    login = device(session, person)
    push_devices.subscribe(session, login, told_at())
    logins.revoke(session, login.device_id)
    assert heard_by(session, person) == []


def test_a_device_now_somebody_elses_hears_nothing_of_who_had_it(session: Session) -> None:
    person, next_one = make_person(session), make_person(session)
    login = device(session, person)
    push_devices.subscribe(session, login, told_at())
    session.get_one(AuthSession, login.device_id).person_id = next_one
    session.flush()
    assert heard_by(session, person) == heard_by(session, next_one) == []


def test_a_browser_that_signs_in_anew_is_told_once(session: Session) -> None:
    person = make_person(session)
    before, now = device(session, person), device(session, person)
    given = told_at()
    push_devices.subscribe(session, before, given)
    push_devices.subscribe(session, now, given)
    assert heard_by(session, person) == [CHROME + "one"]
    assert not push_devices.is_on(session, before)


def test_another_browser_of_the_device_takes_the_place_of_the_first(session: Session) -> None:
    person = make_person(session)
    login = device(session, person)
    for name in ("one", "one", "two"):
        push_devices.subscribe(session, login, told_at(name))
    assert heard_by(session, person) == [CHROME + "two"]


def test_each_device_is_told_in_its_language_the_newest_five(session: Session) -> None:
    person = make_person(session)
    for number in range(7):
        lang = "en" if number % 2 else "vi"
        push_devices.subscribe(session, device(session, person), told_at(str(number), lang))
    told = push_devices.targets(session, person, None)
    assert len(told) == 5
    assert {one.lang for one in told} == {"vi", "en"}


def test_what_a_service_forgot_is_dropped(session: Session) -> None:
    person = make_person(session)
    push_devices.subscribe(session, device(session, person), told_at())
    push_devices.drop(session, {CHROME + "one", "https://x"})
    push_devices.drop(session, set())
    assert heard_by(session, person) == []


def test_a_device_of_nobody_is_not_told(session: Session) -> None:
    with pytest.raises(LoginRequired):
        push_devices.subscribe(session, device(session, None, verified=False), told_at())


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://example.vn/push"},
        {"p256dh": "AAAA"},
        {"p256dh": "B" + "A" * 86},
        {"auth": "AAAA"},
        {"auth": "ôôôô"},
    ],
)
def test_what_cannot_be_told_is_refused(session: Session, wrong: dict[str, str]) -> None:
    login = device(session, make_person(session))
    given = {**Browser(endpoint=CHROME).fields, "lang": "vi", **wrong}
    with pytest.raises(BadPush):
        push_devices.subscribe(session, login, Subscription(**given))
    assert session.scalars(select(AuthSession)).all()
