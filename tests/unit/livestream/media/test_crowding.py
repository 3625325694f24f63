"""Streams and viewers too many are refused by name, and those who were there before go on."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from livestream.media import doors, streams
from livestream.media.doors import Doors
from livestream.media.grants import Grant, signed
from livestream.media.packager import Packager
from livestream.media.streams import Streams
from tests.factories import movies
from tests.factories.recordings import recording, slices

_SECRET = b"k" * 32


class Crowd:
    """The doors of an engine without its process."""

    def __init__(self, folder: Path) -> None:
        self.streams = Streams(folder, _SECRET, lambda *_: None)
        self.client = Client(Doors(self.streams, lambda: time.time_ns() // 1_000_000, _SECRET))

    def send(self, stream: str, number: int = 0) -> TestResponse:
        until_ms = time.time_ns() // 1_000_000 + 60_000
        token = signed(Grant(stream, "host", until_ms), _SECRET)
        return self.client.put(
            f"/{stream}/runs/0/chunks/{number}?container=matroska&video=h264",
            data=slices(recording(), 20)[number],
            headers={"Authorization": f"Bearer {token}"},
        )


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Crowd]:
    made = Crowd(tmp_path)
    yield made
    made.streams.leave_all()


def test_a_stream_too_many_is_refused_and_the_others_go_on(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST_STREAMS", 2)
    names = [f"crowd_{at}_0123456789abcdef" for at in range(3)]
    answers = [crowd.send(name) for name in names]
    assert [answer.status_code for answer in answers] == [200, 200, 503]
    assert json.loads(answers[2].data)["code"] == "too_many_streams"
    assert crowd.send(names[0], 1).status_code == 200
    crowd.streams.close(names[0])
    assert crowd.send(names[2]).status_code == 200


def test_a_viewer_too_many_is_refused_and_who_leaves_makes_room(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "MOST_VIEWERS", 1)
    name = "crowd_0_0123456789abcdef"
    crowd.send(name)
    channel = crowd.streams.watched(name)
    assert channel is not None
    channel.pictures.add(Packager().feed(b"".join(movies.stream(6))))
    first = crowd.client.get(f"/{name}/picture/live.mp4")
    assert next(iter(first.response))[4:8] == b"ftyp"
    second = crowd.client.get(f"/{name}/picture/live.mp4")
    assert (second.status_code, json.loads(second.data)["code"]) == (503, "too_many_viewers")
    first.close()
    assert crowd.client.get(f"/{name}/picture/live.mp4").status_code == 200
