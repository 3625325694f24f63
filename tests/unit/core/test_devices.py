"""Who sees which device, and who may sign it out."""

import pytest
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity import devices, logins
from tests.factories.identity import make_login, make_person

CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (CHROME, "Chrome · Android"),
        (SAFARI, "Safari · iPhone"),
        (CHROME + " Zalo android/24", "Zalo · Android"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_two_words(user_agent: str, words: str) -> None:
    assert devices.browser_words(user_agent) == words


def test_a_proved_device_sees_all_of_its_person_itself_first(session: Session) -> None:
    hoa = make_person(session)
    _, phone = make_login(session, hoa, verified=False)
    _, laptop = make_login(session, hoa)
    make_login(session)
    found = devices.of_login(session, laptop)
    assert [device.id for device in found] == [laptop.device_id, phone.device_id]
    assert [device.current for device in found] == [True, False]


def test_an_unproved_device_sees_itself_alone(session: Session) -> None:
    hoa = make_person(session)
    make_login(session, hoa)
    _, phone = make_login(session, hoa, verified=False)
    assert [device.id for device in devices.of_login(session, phone)] == [phone.device_id]


def test_a_device_signed_out_is_out_and_off_the_list(session: Session) -> None:
    hoa = make_person(session)
    token, phone = make_login(session, hoa)
    _, laptop = make_login(session, hoa)
    devices.sign_out(session, laptop, phone.device_id)
    assert logins.resolve(session, token) is None
    assert [device.id for device in devices.of_login(session, laptop)] == [laptop.device_id]
    with pytest.raises(NotFound):
        devices.sign_out(session, laptop, phone.device_id)


def test_nobody_signs_out_another_persons_device(session: Session) -> None:
    _, hoa = make_login(session)
    token, lan = make_login(session)
    with pytest.raises(NotFound):
        devices.sign_out(session, hoa, lan.device_id)
    assert logins.resolve(session, token) == lan


def test_an_unproved_device_signs_out_itself_alone(session: Session) -> None:
    hoa = make_person(session)
    _, laptop = make_login(session, hoa)
    token, phone = make_login(session, hoa, verified=False)
    with pytest.raises(NotFound):
        devices.sign_out(session, phone, laptop.device_id)
    devices.sign_out(session, phone, phone.device_id)
    assert logins.resolve(session, token) is None
