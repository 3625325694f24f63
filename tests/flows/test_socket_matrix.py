"""P11 on the sockets: every event in every role, and what each of the connected hears of it.

The same market as the HTTP matrix, served by a real process; everything there belongs to seller A or to
the buyer. An event without a row fails the build.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core import clock
from livestream.delivery.packets import NAMESPACE
from livestream.delivery.sockets import socketio
from tests.flows.conftest import new_market
from tests.flows.examples_shop import client_id
from tests.flows.market import ROLES
from tests.support.databases import SqliteTemplate
from tests.support.live_client import Json, LiveSocket
from tests.support.server import Server

OK = "ok"
NOBODY, GONE = "login_required", "not_found"
_EVERYBODY = (OK,) * 6
_WITH_A_NUMBER = (NOBODY, OK, OK, OK, OK, OK)

# Columns as in `market.ROLES`: guest, stranger, buyer, other buyer, staff of B, staff of A.
ANSWERS = {
    "join": _EVERYBODY,
    "claim": _WITH_A_NUMBER,
    "comment": _WITH_A_NUMBER,
    "change": (NOBODY, GONE, OK, GONE, GONE, GONE),
    "leave": _EVERYBODY,
}
# Events told to some only, and who hears them when the buyer claims and says something unclear.
HEARD = {
    "mine": {"stranger", "buyer"},
    "host": {"staff_a"},
    "moderate": {"staff_a"},
}


@dataclass(frozen=True)
class Room:
    """A served market: its address, who may come with which token, what things are called."""

    url: str
    tokens: dict[str, str]
    ids: dict[str, str]

    def enter(self, role: str) -> LiveSocket:
        return LiveSocket(self.url, self.tokens.get(role, ""))

    def asked(self, event: str) -> Json:
        """A right payload of `event`."""
        session = {"session": self.ids["session_id"]}
        more: dict[str, dict[str, Json]] = {
            "claim": {"code": "A2", "qty": 1, "client_id": client_id()},
            "comment": {"text": "ngon quá", "client_id": client_id()},
            "change": {"claim": self.ids["claim_id"], "qty": 1, "client_id": client_id()},
        }
        return {**session, **more.get(event, {})}


@pytest.fixture(scope="module")
def room(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    with served(tmp_path_factory.mktemp("served-market"), sqlite_template) as room:
        yield room


@pytest.fixture
def new_room(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Room]:
    """A room in which nothing has been claimed that somebody might still be told of."""
    with served(tmp_path, sqlite_template) as room:
        yield room


@contextmanager
def served(folder: Path, template: SqliteTemplate) -> Iterator[Room]:
    url = template.copy_to(folder)
    market = new_market(folder, url, clock.SystemClock().read_ms())
    clock.use(clock.SystemClock())
    market.let_go()
    server = Server(folder, url).start()
    yield Room(server.url, market.tokens, market.ids)
    server.stop()
    assert "Traceback" not in server.log_path.read_text()


def verdict(answer: Json) -> str:
    return OK if answer["ok"] else str(answer["error"]["code"])


def test_every_event_has_its_row_and_every_row_an_event() -> None:
    handled = set(socketio.server.handlers[NAMESPACE])
    assert handled - {"connect", "disconnect"} == set(ANSWERS)


@pytest.mark.parametrize("event", ANSWERS)
def test_each_role_gets_its_own_answer(room: Room, event: str) -> None:
    told = {}
    for role in ROLES:
        socket = room.enter(role)
        told[role] = verdict(socket.call(event, room.asked(event)))
        socket.close()
    assert told == dict(zip(ROLES, ANSWERS[event], strict=True))


def test_each_hears_what_is_theirs_and_nobody_elses_claims(new_room: Room) -> None:
    room = new_room
    sockets = {role: room.enter(role) for role in ROLES}
    for socket in sockets.values():
        assert socket.call("join", room.asked("join"))["ok"]
    claimed = sockets["buyer"].call("claim", room.asked("claim"))["claim"]
    sockets["buyer"].call("comment", {**room.asked("comment"), "text": "A1 300g"})
    for event, listeners in HEARD.items():
        for role in listeners:
            wait_until_heard(sockets[role], event)
    heard = {role: told_until_now(room, socket) for role, socket in sockets.items()}
    for event, listeners in HEARD.items():
        assert {role for role in ROLES if event in heard[role]} == listeners, event
    assert {role for role in ROLES if claimed in json.dumps(heard[role])} == {"buyer"}


def wait_until_heard(socket: LiveSocket, event: str) -> None:
    deadline = time.monotonic() + 10
    while event not in dict(socket.events):
        socket.read(deadline)


def told_until_now(room: Room, socket: LiveSocket) -> dict[str, Json]:
    """The last of each event a socket was told, up to an answer it asks for now."""
    socket.call("leave", room.asked("leave"))
    return dict(socket.events)
