"""The market and its engine as two processes: a granted page sends, the room hears, the end is the end."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from core import clock
from tests.factories.recordings import recording, slices
from tests.flows.conftest import new_market
from tests.support.databases import SqliteTemplate
from tests.support.server import Server

Json = dict[str, object]
_PATIENCE_S = 10.0


@dataclass
class Stage:
    """A running market with its engine, asked as its host."""

    server: Server
    token: str
    session: str

    def ask(self, path: str, body: Json | None = None) -> tuple[int, Json]:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        return answered(urllib.request.Request(f"{self.server.url}{path}", data, headers))

    def video(self) -> Json:
        return self.ask(f"/api/v1/live/{self.session}/video")[1]

    def publish(self, publisher: str, *, take_over: bool = False) -> tuple[int, Json]:
        body: Json = {"publisher": publisher, "take_over": take_over}
        return self.ask(f"/api/v1/live/{self.session}/video/publish", body)

    def state_becomes(self, state: str) -> Json:
        deadline = time.monotonic() + _PATIENCE_S
        while (said := self.video())["state"] != state:
            assert time.monotonic() < deadline, said
            time.sleep(0.1)
        return said


def answered(request: urllib.request.Request) -> tuple[int, Json]:
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def put(granted: Json, place: tuple[int, int], data: bytes) -> tuple[int, Json]:
    said = "container=matroska&video=h264&sound=1"
    url = f"{granted['url']}/runs/{place[0]}/chunks/{place[1]}?{said}"
    headers = {"Authorization": f"Bearer {granted['token']}"}
    return answered(urllib.request.Request(url, data, headers, method="PUT"))


@pytest.fixture(scope="module")
def stage(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    url = sqlite_template.copy_to(folder)
    market = new_market(folder, url, clock.SystemClock().read_ms())
    clock.use(clock.SystemClock())
    market.let_go()
    server = Server(folder, url).start().start_media()
    yield Stage(server, market.tokens["staff_a"], market.ids["session_id"])
    server.stop()
    assert "Traceback" not in server.log_path.read_text()


def test_a_show_with_video_from_the_grant_to_the_end(stage: Stage) -> None:
    assert stage.video()["state"] == "none"
    status, granted = stage.publish("page-one-of-host")
    assert (status, granted["way"]) == (200, "chunks")
    for at, piece in enumerate(slices(recording(), 20)):
        assert put(granted, (0, at), piece) == (200, {"next": at + 1})
    said = stage.state_becomes("sending")
    first = said["list"][0]  # type: ignore[index]
    with urllib.request.urlopen(first["url"], timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith('video/mp4; codecs="avc1.')
        assert answer.read(8)[4:] == b"ftyp"
    status, refused = stage.publish("page-two-of-host")
    assert (status, refused["code"]) == (409, "stream_taken")
    assert stage.publish("page-two-of-host", take_over=True)[0] == 200
    status, _ = stage.ask(f"/api/v1/live/{stage.session}/end", {"client_id": "the-end-of-it"})
    assert status == 200
    stage.state_becomes("over")
    assert stage.publish("page-one-of-host")[1]["code"] == "stream_closed"
    deadline = time.monotonic() + _PATIENCE_S
    while (answer_ := put(granted, (1, 0), b"late"))[0] != 403:
        assert time.monotonic() < deadline, answer_
        time.sleep(0.1)
    assert answer_[1]["code"] == "closed"
