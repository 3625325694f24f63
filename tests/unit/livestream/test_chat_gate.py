"""Talk is shed before orders suffer: only plain talk is told to come again, only while a crowd waits."""

from collections.abc import Iterator

import gevent
import pytest
from flask import Flask
from sqlalchemy import Engine

from core.client_ids import JsonObject
from core.clock import now_ms
from core.db import crowd, write
from core.errors import Busy
from core.group_writer import GroupWriter
from core.identity.logins import Login
from core.ids import new_id
from core.writer import DirectWriter, FewAtOnce
from livestream.desk import answers
from livestream.talk import chat_gate
from tests.factories.livestream import Show, make_buyer, make_show


class CrowdedWriter(DirectWriter):
    """A writer where so many wait."""

    def __init__(self, engine: Engine, waiting: int) -> None:
        super().__init__(engine)
        self.waiting = waiting

    def crowd(self) -> int:
        return self.waiting


@pytest.fixture
def room(app: Flask) -> Iterator[tuple[Show, Login]]:
    with app.test_request_context():
        room = write(make_show), write(make_buyer)
        app.extensions["writer"] = CrowdedWriter(app.extensions["write_engine"], chat_gate.CROWD)
        yield room


def say(room: tuple[Show, Login], text: str) -> JsonObject:
    show, login = room
    body: JsonObject = {"session": show.id, "text": text, "client_id": new_id()}
    return answers.comment(login, body, now_ms())


def admit(app: Flask, room: tuple[Show, Login], text: str) -> None:
    show, login = room
    chat_gate.admit(app, login, {"session": show.id, "text": text})


@pytest.mark.parametrize("text", ["chào cả nhà", "A1 còn không?"])
def test_talk_is_told_to_come_again_while_a_crowd_waits(
    room: tuple[Show, Login], text: str
) -> None:
    with pytest.raises(Busy) as busy:
        say(room, text)
    assert busy.value.data == {"retry_after_ms": 2000}


@pytest.mark.parametrize("text", ["chốt A1 2", "A1", "hủy A1", "chốt A1 A1 2"])
def test_what_may_be_an_order_goes_in_through_the_crowd(
    room: tuple[Show, Login], text: str
) -> None:
    assert say(room, text)["ok"] is True


def test_without_a_crowd_talk_goes_in(app: Flask, room: tuple[Show, Login]) -> None:
    few = chat_gate.CROWD - 1
    app.extensions["writer"] = CrowdedWriter(app.extensions["write_engine"], few)
    assert say(room, "chào cả nhà")["ok"] is True


def test_a_room_takes_no_more_talk_than_can_be_read(app: Flask, room: tuple[Show, Login]) -> None:
    app.extensions["writer"] = CrowdedWriter(app.extensions["write_engine"], 0)
    for _ in range(chat_gate.READABLE.burst):
        admit(app, room, "chào cả nhà")
    with pytest.raises(Busy):
        admit(app, room, "chào cả nhà")
    admit(app, room, "A1 A1 A1 hay B2")  # a person must look at it: counted by itself
    admit(app, room, "chốt A1 2")


def test_a_room_takes_no_more_unclear_lines_than_moderators_read(
    app: Flask, room: tuple[Show, Login]
) -> None:
    for _ in range(chat_gate.JUDGED.burst):
        admit(app, room, "A1 A1 A1 hay B2")
    with pytest.raises(Busy):
        admit(app, room, "A1 A1 A1 hay B2")
    admit(app, room, "hủy A1")


def test_what_is_no_comment_is_left_to_its_schema(app: Flask) -> None:
    chat_gate.admit(app, None, {"session": 5, "text": None})


@pytest.mark.parametrize("kind", [GroupWriter, FewAtOnce])
def test_a_writer_knows_its_crowd_and_that_it_has_gone(
    app: Flask, kind: type[GroupWriter] | type[FewAtOnce]
) -> None:
    with app.app_context():
        app.extensions["writer"] = writer = kind(app.extensions["write_engine"])
        told: list[object] = []
        for _ in range(3):
            writer.submit(lambda _session, asks: list(asks), 1, told.append)
        waiting = crowd(app)
        while len(told) < 3:
            gevent.sleep(0)
        assert (waiting > 0, crowd(app), told) == (True, 0, [1, 1, 1])
