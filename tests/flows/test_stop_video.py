"""An officer stops a show while it is filmed: nobody sees or sends the picture five seconds later."""

import http.client
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.factories.recordings import recording, slices
from tests.flows.stage import Stage, market_and_engine, put
from tests.support.databases import SqliteTemplate

_WITHIN_S = 5.0


class Viewer(threading.Thread):
    """Somebody who watches the endless MP4; `ended` is when it came to its end."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        at = urlsplit(url)
        self.link = http.client.HTTPConnection(at.hostname or "", at.port, timeout=20)
        self.link.request("GET", at.path)
        self.answer = self.link.getresponse()
        self.ended = 0.0

    def run(self) -> None:
        while self.answer.read1(65_536):
            pass
        self.ended = time.monotonic()


@pytest.fixture
def stage(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[tuple[Stage, str]]:
    with market_and_engine(sqlite_template, tmp_path) as (server, market):
        show = Stage(server, market.tokens["staff_a"], market.ids["show_to_stop"])
        yield show, market.tokens["officer"]


def test_five_seconds_after_a_stop_nobody_watches_sends_or_claims(
    stage: tuple[Stage, str],
) -> None:
    show, officer = stage
    _, granted = show.publish("page-one-of-host")
    for at, piece in enumerate(slices(recording(), 20)):
        assert put(granted, (0, at), piece)[0] == 200
    watched = show.state_becomes("sending")["list"][0]["url"]  # type: ignore[index]
    viewer = Viewer(str(watched))
    viewer.start()
    began = time.monotonic()
    assert order(show, officer) == 303
    viewer.join(_WITHIN_S)
    assert viewer.ended, "the picture goes on"
    assert viewer.ended - began < _WITHIN_S
    assert put(granted, (0, 20), b"more")[1]["code"] == "closed"
    assert show.publish("page-one-of-host")[1]["code"] == "stream_closed"
    claim = {"code": "A1", "qty": 1, "client_id": "after-the-stop"}
    assert show.ask(f"/api/v1/live/{show.session}/claims", claim)[1]["code"] == "session_not_live"


def order(show: Stage, officer: str) -> int:
    """Send the officer's form; the answer's status."""
    at = urlsplit(show.server.url)
    form = {"client_id": "stop-by-order", "reason": "unsafe", "text": "Hàng giả", "sure": "yes"}
    link = http.client.HTTPConnection(at.hostname or "", at.port, timeout=10)
    headers = {
        "Authorization": f"Bearer {officer}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": show.server.url,
    }
    link.request("POST", f"/officer/live/{show.session}/stop", urlencode(form), headers)
    return link.getresponse().status
