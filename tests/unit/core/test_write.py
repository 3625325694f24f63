"""The one way to write."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from core.client_ids import JsonObject, each_once, key_of, once
from core.db import after_commit, db, write
from core.errors import ClientIdConflict, DomainError, NotFound
from core.group_writer import GroupWriter
from core.identity.models import Person


def new_person(session: Session, phone: str) -> None:
    session.add(Person(phone=phone, name="Người thử", created_ms=0))


def count_people() -> int:
    db.session.rollback()
    return int(db.session.scalar(text("SELECT count(*) FROM people")) or 0)


@pytest.fixture(params=["direct", "group"])
def writing_app(request: pytest.FixtureRequest, app: Flask) -> Flask:
    if request.param == "group":
        app.extensions["writer"] = GroupWriter(app.extensions["write_engine"])
    return app


def test_a_write_is_there_when_it_answers(writing_app: Flask) -> None:
    with writing_app.app_context():
        write(lambda session: new_person(session, "+84900000001"))
        assert count_people() == 1


def test_a_failed_write_leaves_nothing_and_tells_its_caller(writing_app: Flask) -> None:
    def fail(session: Session) -> None:
        new_person(session, "+84900000001")
        session.flush()
        raise NotFound()

    with writing_app.app_context():
        with pytest.raises(NotFound):
            write(fail)
        assert count_people() == 0


def test_a_failed_write_does_not_run_what_waited_for_its_commit(writing_app: Flask) -> None:
    called: list[str] = []

    def fail(session: Session) -> None:
        after_commit(session, lambda: called.append("failed"))
        raise NotFound()

    with writing_app.app_context():
        with pytest.raises(NotFound):
            write(fail)
        write(lambda session: after_commit(session, lambda: called.append("committed")))
    assert called == ["committed"]


def test_the_session_of_a_request_cannot_write(app: Flask) -> None:
    with app.app_context(), pytest.raises(OperationalError, match="readonly"):
        db.session.execute(text("UPDATE clock_mark SET at_ms = 1"))


def test_a_repeat_gets_the_same_answer_and_has_no_effect(writing_app: Flask) -> None:
    key = key_of("p:1", "client-id-1", "test", {"name": "A"})

    def register(session: Session) -> dict[str, object]:
        def act() -> dict[str, object]:
            new_person(session, "+84900000001")
            return {"ok": True}

        return once(session, key, act)

    with writing_app.app_context():
        assert write(register) == write(register) == {"ok": True}
        assert count_people() == 1


def test_an_id_used_for_something_else_is_a_conflict(app: Flask) -> None:
    with app.app_context():
        write(lambda session: once(session, key_of("p:1", "client-id-1", "a", {}), dict))
        with pytest.raises(ClientIdConflict):
            write(lambda session: once(session, key_of("p:1", "client-id-1", "b", {}), dict))


def test_a_failed_statement_is_told_without_anybodys_number(app: Flask) -> None:
    with app.app_context():
        write(lambda session: new_person(session, "+84900000001"))
        with pytest.raises(IntegrityError) as failed:
            write(lambda session: new_person(session, "+84900000001"))
        with pytest.raises(OperationalError) as missed:
            db.session.execute(text("SELECT :phone FROM nowhere"), {"phone": "+84900000001"})
    assert "+84900000001" not in str(failed.value) + str(missed.value)


def test_many_at_once_are_each_done_once(app: Flask) -> None:
    keys = [key_of("p:1", f"client-id-{n}", "test", {"n": n}) for n in (1, 2, 1)]
    other = key_of("p:1", "client-id-2", "test", {"n": 9})
    refused = key_of("p:1", "client-id-3", "test", {})
    done: list[int] = []

    def act(places: Sequence[int]) -> list[JsonObject | DomainError]:
        done.extend(places)
        return [NotFound() if place == 4 else {"place": place} for place in places]

    with app.app_context():
        told = write(lambda session: each_once(session, [*keys, other, refused], act))
        again = write(lambda session: each_once(session, [keys[1], refused], act))
    assert told[:3] == [{"place": 0}, {"place": 1}, {"place": 0}]
    assert [type(outcome) for outcome in told[3:]] == [ClientIdConflict, NotFound]
    assert again == [{"place": 1}, {"place": 1}]  # what was refused is tried again
    assert done == [0, 1, 4, 1]
