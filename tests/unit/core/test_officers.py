"""Who holds an office: named and let go by a command."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import LoginRequired, NotFound
from core.identity import officers, people
from tests.factories.identity import make_login, new_phone


def test_whoever_was_named_holds_the_office(session: Session) -> None:
    person_id = officers.name(session, new_phone(), "  Phòng Kinh tế  ")
    _, login = make_login(session, person_id)
    assert officers.require(session, login).office == "Phòng Kinh tế"


def test_a_device_that_proved_no_number_holds_none(session: Session) -> None:
    person_id = officers.name(session, new_phone(), "Phòng Kinh tế")
    _, login = make_login(session, person_id, verified=False)
    assert officers.held_by(session, login) is None


def test_others_are_told_there_is_no_such_page(session: Session) -> None:
    _, login = make_login(session)
    with pytest.raises(NotFound):
        officers.require(session, login)
    with pytest.raises(LoginRequired):
        officers.require(session, None)


def test_an_office_ends_and_may_begin_again(session: Session, time_at: FixedClock) -> None:
    phone = new_phone()
    person_id = officers.name(session, phone, "")
    _, login = make_login(session, person_id)
    assert [officers.let_go(session, phone), officers.let_go(session, phone)] == [True, False]
    assert officers.held_by(session, login) is None
    officers.name(session, phone, "")
    assert officers.held_by(session, login) is not None


def test_nobody_is_let_go_of_an_office_they_never_held(session: Session) -> None:
    assert not officers.let_go(session, new_phone())


def test_the_commands_name_and_let_go(app: Flask) -> None:
    runner = app.test_cli_runner()
    added = runner.invoke(args=["officer", "add", "0912 345 678", "--office", "Sở Công Thương"])
    assert (added.exit_code, '"officer": "+84912345678"' in added.output) == (0, True)
    codes = [runner.invoke(args=["officer", "remove", "0912345678"]).exit_code for _ in range(2)]
    assert codes == [0, 1]


def test_naming_an_officer_renames_nobody(session: Session) -> None:
    phone = new_phone()
    person_id = people.find_or_create(session, phone, "Hoa")
    assert officers.name(session, phone, "Phòng Kinh tế") == person_id
    assert people.facts(session, person_id).name == "Hoa"
