"""The market and its engine as two processes: a granted page sends, the room hears, the end is the end."""

import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.recordings import recording, slices
from tests.flows.stage import Stage, market_and_engine, put
from tests.support.databases import SqliteTemplate

_PATIENCE_S = 10.0


@pytest.fixture
def stage(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Stage]:
    with market_and_engine(sqlite_template, tmp_path) as (server, market):
        yield Stage(server, market.tokens["staff_a"], market.ids["session_id"])


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
