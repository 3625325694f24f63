"""A host adds a place, goes on air, sees its lamp, ends the show: market, engine and nginx as processes."""

import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import wsgi
from core import clock
from core.clock import FixedClock
from core.factory import create_app
from core.ids import new_id
from tests.factories.identity import make_login
from tests.factories.livestream import make_show
from tests.factories.recordings import recording, slices
from tests.flows.market import Market
from tests.flows.stage import Stage, put
from tests.support.databases import SqliteTemplate, settings_for
from tests.support.nginx_rtmp import RtmpServer, shown
from tests.support.server import Server

KEY = "FB-77-onlyTheHostKnows"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RtmpServer]:
    with RtmpServer(tmp_path_factory.mktemp("nginx"), KEY) as running:
        yield running


@pytest.fixture(scope="module")
def stage(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    url = sqlite_template.copy_to(folder)
    market = Market(
        create_app(settings_for(folder, url), wsgi.WIRINGS),
        folder / "chophien.db",
        FixedClock(clock.SystemClock().read_ms()),
    )
    show, token = market.change(_show)
    market.let_go()
    server = Server(folder, url, {"RESTREAM_INSIDE": "1"}).start().start_media()
    yield Stage(server, token, show)
    server.stop()


def _show(session: Session) -> tuple[str, str]:
    """A running show, and the token of its host."""
    show = make_show(session)
    return show.id, make_login(session, roles={show.seller_id: "owner"})[0]


def asked(stage: Stage, path: str, form: dict[str, str] | None = None) -> str:
    """A page of the host's; with a form, what comes of sending it."""
    fields = None if form is None else {"client_id": new_id(), **form}
    data = None if fields is None else urllib.parse.urlencode(fields).encode()
    url = f"{stage.server.url}/host/{stage.session}{path}"
    headers = {"Authorization": f"Bearer {stage.token}", "Accept-Language": "vi"}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
        return str(answer.read().decode())


def until(found: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not found():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


def test_a_place_goes_on_air_with_the_show_and_ends_with_it(
    stage: Stage, nginx: RtmpServer
) -> None:
    added = {"kind": "other", "name": "Trang nhà", "url": nginx.url, "stream_key": KEY}
    seen = asked(stage, "/targets", added)
    assert "Chờ hình từ điện thoại" in seen
    granted = stage.publish("page-of-the-host")[1]
    for at, piece in enumerate(slices(recording(), 20)):
        assert put(granted, (0, at), piece)[0] == 200
        time.sleep(0.1)
    until(lambda: "Đang phát" in asked(stage, "/targets"))
    seen += asked(stage, "/targets") + asked(stage, "/end", {})
    until(lambda: nginx.gate.done == [KEY])
    assert shown(nginx.recordings(KEY)[0])[0] > 60
    assert "Đang tắt" in asked(stage, "/targets")
    assert KEY not in seen + stage.server.log_path.read_text()
    assert KEY.encode() not in database(stage.server.data_dir)


def database(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.glob("*.db*"))
