"""Many writes in one commit: one that goes wrong never takes a neighbour's promise with it."""

from collections.abc import Callable, Sequence

import gevent
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.db import after_commit, db, submit, write, write_together
from core.errors import Busy, NotFound, ReadOnly
from core.group_writer import GroupWriter
from core.identity.models import Person
from core.writer import DirectWriter, FewAtOnce

PATIENCE_S = 30
"""Longer than a write waits for the lock of the file (10 s), so that what was waited for is told."""


@pytest.fixture
def grouped(app: Flask) -> Flask:
    app.extensions["writer"] = GroupWriter(app.extensions["write_engine"])
    return app


def in_one_batch(app: Flask, *acts: Callable[[Session], object]) -> list[object]:
    """What each of several writes gets that wait together: its answer or its error."""

    def run(act: Callable[[Session], object]) -> object:
        with app.app_context():
            try:
                return write(act)
            except Exception as error:
                return error

    jobs = [gevent.spawn(run, act) for act in acts]
    gevent.joinall(jobs, timeout=PATIENCE_S, raise_error=True)
    assert all(job.ready() for job in jobs), "somebody was never answered"
    return [job.value for job in jobs]


def add_person(number: int) -> Callable[[Session], str]:
    """A write that adds somebody and answers `done`."""

    def act(session: Session) -> str:
        phone = f"+8490000{number:04}"
        session.add(Person(phone=phone, name="Người thử" * 8, created_ms=0))
        session.flush()
        return "done"

    return act


def people_in(app: Flask) -> int:
    with app.app_context():
        db.session.rollback()
        return int(db.session.scalar(text("SELECT count(*) FROM people")) or 0)


def leave_room_for(session: Session) -> None:
    """Let the database grow by three pages more: as a disk that is nearly full."""
    pages = session.execute(text("PRAGMA page_count")).scalar_one()
    session.execute(text(f"PRAGMA max_page_count={pages + 3}"))


def fill_the_disk(session: Session) -> None:
    for number in range(1000, 2000):
        add_person(number)(session)


def undo_everything(session: Session) -> None:
    """What SQLite does by itself when memory or disk fail: the transaction of all is rolled back."""
    session.execute(text("INSERT OR ROLLBACK INTO clock_mark (id, at_ms) VALUES (1, 1)"))


def test_p2_p14_a_disk_that_fills_up_in_a_batch_promises_nothing_to_anybody(grouped: Flask) -> None:
    in_one_batch(grouped, leave_room_for)
    answers = in_one_batch(grouped, add_person(1), fill_the_disk, add_person(2))
    assert [type(answer) for answer in answers] == [ReadOnly] * 3
    assert people_in(grouped) == 0


def test_p14_a_failed_batch_is_answered_and_not_printed(
    grouped: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    """gevent prints what its threads raise; where the log is on the full disk too, that never ended."""
    in_one_batch(grouped, undo_everything, add_person(1))
    assert capsys.readouterr().err == ""


def test_p2_who_shares_a_batch_that_was_undone_is_asked_to_come_again(grouped: Flask) -> None:
    answers = in_one_batch(grouped, add_person(1), undo_everything, add_person(2))
    assert [type(answer) for answer in answers] == [Busy] * 3
    assert people_in(grouped) == 0
    assert in_one_batch(grouped, add_person(1)) == ["done"]


def test_a_broken_constraint_is_its_own_writes_alone(grouped: Flask) -> None:
    answers = in_one_batch(grouped, add_person(1), add_person(1), add_person(2))
    assert [answers[0], answers[2]] == ["done", "done"]
    assert people_in(grouped) == 2


@pytest.mark.parametrize("writer", [DirectWriter, GroupWriter])
def test_what_fails_after_the_commit_stops_neither_the_answer_nor_the_next_write(
    app: Flask, writer: type[DirectWriter | GroupWriter]
) -> None:
    def fail() -> None:
        raise RuntimeError

    app.extensions["writer"] = writer(app.extensions["write_engine"])
    assert in_one_batch(app, lambda session: after_commit(session, fail), add_person(1)) == [
        None,
        "done",
    ]
    assert in_one_batch(app, add_person(2)) == ["done"]


def serve_numbers(session: Session, asks: Sequence[int]) -> list[str | Exception]:
    """Serves many at once; a negative number is refused, a hundred is a fault that undoes everything."""
    outcomes: list[str | Exception] = []
    for number in asks:
        if number >= 0:
            outcomes.append(f"{add_person(number)(session)} {number} of {len(asks)}")
        else:
            outcomes.append(NotFound())
    if 100 in asks:
        raise RuntimeError
    return outcomes


def together(app: Flask, *asks: int) -> list[object]:
    """What each of several asks gets that wait at the same time for `serve_numbers`."""
    told: dict[int, object] = {}

    def run(place: int) -> None:
        with app.app_context():
            try:
                told[place] = write_together(serve_numbers, asks[place])
            except Exception as error:
                told[place] = type(error)

    gevent.joinall([gevent.spawn(run, place) for place in range(len(asks))], timeout=PATIENCE_S)
    return [told[place] for place in range(len(asks))]


@pytest.fixture(params=[DirectWriter, GroupWriter, FewAtOnce])
def any_writer(request: pytest.FixtureRequest, app: Flask) -> Flask:
    app.extensions["writer"] = request.param(app.extensions["write_engine"])
    return app


def test_asks_that_wait_together_share_a_transaction(grouped: Flask) -> None:
    assert together(grouped, 1, 2, 3) == ["done 1 of 3", "done 2 of 3", "done 3 of 3"]


def test_each_ask_has_its_own_outcome_and_a_refusal_is_nobody_elses(any_writer: Flask) -> None:
    told = together(any_writer, 1, -1, 2)
    assert [str(told[0])[:6], told[1], str(told[2])[:6]] == ["done 1", NotFound, "done 2"]
    assert people_in(any_writer) == 2


def test_a_fault_in_serving_many_is_the_fault_of_one(any_writer: Flask) -> None:
    told = together(any_writer, 1, 100, 2)
    assert [str(told[0])[:6], told[1], str(told[2])[:6]] == ["done 1", RuntimeError, "done 2"]
    assert people_in(any_writer) == 2


def test_a_write_of_its_own_keeps_its_place_between_asks(grouped: Flask) -> None:
    seen: list[str] = []

    def serve(_session: Session, asks: Sequence[str]) -> list[str | Exception]:
        seen.extend(asks)
        return list(asks)

    def ask(word: str) -> None:
        submit(grouped, serve, word, lambda _outcome: None)

    def alone(_session: Session) -> None:
        seen.append("alone")

    ask("first")
    job = gevent.spawn(grouped.extensions["writer"].run, alone)
    gevent.sleep(0)
    ask("last")
    job.join(timeout=PATIENCE_S)
    in_one_batch(grouped, lambda _session: None)
    assert seen == ["first", "alone", "last"]


def test_who_fails_to_hear_keeps_nobody_from_hearing(grouped: Flask) -> None:
    heard: list[object] = []

    def deaf(_outcome: object) -> None:
        raise RuntimeError

    submit(grouped, serve_numbers, 1, deaf)
    submit(grouped, serve_numbers, 2, heard.append)
    in_one_batch(grouped, lambda _session: None)
    assert heard == ["done 2 of 2"]
