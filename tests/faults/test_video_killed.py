"""A show whose engine is killed halfway: claims go on, the replay joins both parts, chapters are right."""

import re
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from tests.factories.recordings import SLICE_MS, recording, slices
from tests.flows.stage import Json, Stage, market_and_engine, put
from tests.support.databases import SqliteTemplate

_PATIENCE_S = 15.0
_SECONDS = 3
_ids = count(1)


@dataclass
class Show(Stage):
    """A running show, its host and a buyer."""

    buyer: str = ""

    def step(self, path: str, **fields: object) -> Json:
        body: Json = {"client_id": f"killed-{next(_ids):08d}", **fields}
        status, said = self.ask(f"/api/v1/live/{self.session}/{path}", body)
        assert status == 200, said
        return said

    def claim(self) -> int:
        """The buyer claims a pack of A2; returns the claim's number."""
        host, self.token = self.token, self.buyer
        try:
            return cast(int, self.step("claims", code="A2", qty=1)["number"])
        finally:
            self.token = host

    def send(self, run: int, granted: Json) -> None:
        """Send three seconds as a phone would: in slices, as long as they are."""
        began = time.monotonic()
        for at, piece in enumerate(slices(recording(_SECONDS), _SECONDS * 1000 // SLICE_MS)):
            time.sleep(max(0.0, began + at * SLICE_MS / 1000 - time.monotonic()))
            assert put(granted, (run, at), piece)[0] == 200

    def page(self) -> str:
        with urllib.request.urlopen(f"{self.server.url}/live/{self.session}/replay") as answer:
            return str(answer.read().decode())

    def replay(self) -> str:
        """The page of the replay once there is one."""
        deadline = time.monotonic() + _PATIENCE_S
        while "data-replay" not in (page := self.page()):
            assert time.monotonic() < deadline, page
            time.sleep(0.2)
        return page


@pytest.fixture
def show(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Show]:
    with market_and_engine(sqlite_template, tmp_path) as (server, market):
        tokens = market.tokens
        yield Show(server, tokens["staff_a"], market.ids["session_id"], tokens["other"])


def seconds(page: str, code: str) -> list[int]:
    """When the page says that a product is shown, in seconds of the recording."""
    own = page.split(f'id="c-{code}"')[1].split("</li>")[0]
    return [int(found) for found in re.findall(r'data-at="(\d+)"', own)]


def test_claims_go_on_the_replay_joins_both_parts_and_chapters_are_right(show: Show) -> None:
    show.step("pins/A1/show")
    granted = show.publish("page-of-the-host")[1]
    show.send(0, granted)
    show.server.kill_media()
    numbers = [show.claim()]
    show.step("pins/A2/show")  # while nobody sees anything
    numbers.append(show.claim())
    show.server.start_media()
    show.send(1, show.publish("page-of-the-host")[1])
    show.step("pins/A1/show")
    show.send(2, granted)
    show.step("end")
    page = show.replay()
    assert numbers == sorted(numbers)  # both held, one of them while the engine was dead
    first, again = seconds(page, "A1")
    (second,) = seconds(page, "A2")
    assert first == 0
    assert 1 <= second <= _SECONDS
    assert second + _SECONDS - 1 <= again <= second + _SECONDS + 1
    assert_joined(page)
    assert show.server.flask("recordings", "verify", show.session)[0]["faults"] == []


def assert_joined(page: str) -> None:
    """One list of both parts: a break between, each file there, about as long as what was sent."""
    found = re.search(r'data-hls="([^"]+)"', page)
    assert found
    with urllib.request.urlopen(found[1]) as answer:
        text = answer.read().decode()
    assert text.count("#EXT-X-DISCONTINUITY") == 2  # the kill, and the run after it
    played = sum(float(each) for each in re.findall(r"#EXTINF:([\d.]+)", text))
    assert 3 * _SECONDS - 2 <= played <= 3 * _SECONDS + 1
    for name in re.findall(r"^\d+\.m4s$", text, re.MULTILINE):
        with urllib.request.urlopen(found[1].rpartition("/")[0] + "/" + name) as answer:
            assert answer.read(8)[4:] == b"moof"
