"""A market and its video engine as two processes, asked as a host would."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core import clock
from tests.flows.conftest import new_market
from tests.flows.market import Market
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


@contextmanager
def market_and_engine(template: SqliteTemplate, folder: Path) -> Iterator[tuple[Server, Market]]:
    """A filled market and its engine by the real clock, stopped at the end; neither may have stumbled."""
    url = template.copy_to(folder)
    market = new_market(folder, url, clock.SystemClock().read_ms())
    clock.use(clock.SystemClock())
    market.let_go()
    server = Server(folder, url)
    try:
        yield server.start().start_media(), market
    finally:
        server.stop()
    assert "Traceback" not in server.log_path.read_text()
