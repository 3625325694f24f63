"""Who watched is counted by devices: over sockets that joined while the session sold, each device once."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from core.db import write
from tests.factories.livestream import make_show
from tests.support.databases import SqliteTemplate
from tests.support.live_client import LiveSocket
from tests.support.server import Server

_LATEST_S = 20.0


@pytest.fixture(scope="module")
def server(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("viewers")
    started = Server(folder, sqlite_template.copy_to(folder)).start()
    yield started
    started.stop()


def viewers(folder: Path, session_id: str) -> int:
    with closing(sqlite3.connect(folder / "chophien.db")) as book:
        query = "SELECT COUNT(*) FROM session_viewers WHERE session_id = ?"
        return int(book.execute(query, (session_id,)).fetchone()[0])


def test_two_sockets_of_one_device_are_one_viewer(server: Server) -> None:
    session_id = str(server.flask("demo", "live", "--packs", "10", "--limit", "5")[0]["session"])
    first, second = (str(one["token"]) for one in server.flask("demo", "buyers", "2"))
    opened = [LiveSocket(server.url, token) for token in (first, first, second)]
    for socket in opened:
        assert socket.call("join", {"session": session_id})["ok"]
    deadline = time.monotonic() + _LATEST_S
    while viewers(server.data_dir, session_id) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    for socket in opened:
        socket.close()
    assert viewers(server.data_dir, session_id) == 2


def test_a_browser_gets_a_name_of_its_own_once(client: FlaskClient) -> None:
    with client.application.app_context():
        show = write(make_show)
    first = client.get(f"/live/{show.id}")
    assert "viewer=" in first.headers["Set-Cookie"]
    assert "HttpOnly" in first.headers["Set-Cookie"]
    assert "Set-Cookie" not in client.get(f"/live/{show.id}").headers
