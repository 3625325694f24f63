"""The engine shows a stream on a real RTMP server, and its key is nowhere to be read."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.factories.recordings import recording, slices
from tests.support.media_engine import Engine
from tests.support.nginx_rtmp import RtmpServer, shown

STREAM, KEY, WRONG = "restream_0123456789abcdef", "FB-10-SecretAbc123", "FB-11-WrongXyz789"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RtmpServer]:
    with RtmpServer(tmp_path_factory.mktemp("nginx"), KEY) as running:
        yield running


def targets(nginx: RtmpServer) -> list[dict[str, str]]:
    return [
        {"id": "facebook", "url": nginx.url, "key": KEY},
        {"id": "youtube", "url": nginx.url, "key": WRONG},
    ]


def processes() -> bytes:
    """What every process of this machine shows of itself: how it was called, and with what settings."""
    said = b""
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) == os.getpid():
            continue
        for name in ("cmdline", "environ"):
            with suppress(OSError):
                said += (folder / name).read_bytes()
    return said


def files(*folders: Path) -> bytes:
    """All that lies in these folders."""
    found = [each for folder in folders for each in folder.rglob("*") if each.is_file()]
    return b"".join(each.read_bytes() for each in found)


def test_one_place_shows_it_one_refuses_and_no_key_can_be_read_anywhere(
    tmp_path: Path, nginx: RtmpServer
) -> None:
    log = tmp_path / "engine.log"
    with Engine(tmp_path / "data", log, RESTREAM_INSIDE="1") as engine:
        assert engine.control("targets", STREAM, targets=targets(nginx)).status == 200
        grant, seen = engine.grant(STREAM), b""
        for at, piece in enumerate(slices(recording(), 20)):
            assert engine.put(STREAM, (0, at), piece, grant).status == 200
            time.sleep(0.1)
            seen += processes() if at in (4, 12, 19) else b""
        assert engine.listener.heard("target", target="youtube", reason="refused")
        stats = json.loads(engine.control("stats", STREAM).body)
        assert stats["targets"] == {"facebook": "live", "youtube": "refused"}
        assert engine.control("close", STREAM).status == 200
        assert engine.listener.heard("target", target="facebook", reason="off")
        seen += json.dumps([engine.listener.news, stats]).encode()
    seen += files(tmp_path)
    assert b"-flvflags" in seen  # the programs were looked at while they ran
    assert not [key for key in (KEY, WRONG) if key.encode() in seen]
    assert shown(nginx.recordings(KEY)[-1])[0] > 60


@pytest.mark.parametrize(
    "said",
    [
        "x",
        [1],
        [{"id": "a", "url": "rtmp://h/live"}],
        [{"id": "a", "url": "http://h/live", "key": "k"}],
        [{"id": "a", "url": "rtmp://h/live", "key": "k k"}],
        [{"id": "../a", "url": "rtmp://h/live", "key": "k"}],
        [{"id": "a", "url": "rtmp://h/live", "key": "k"}] * 2,
        [{"id": str(at), "url": "rtmp://h/live", "key": "k"} for at in range(6)],
    ],
)
def test_a_letter_of_targets_that_cannot_be_is_refused_whole(
    quiet_engine: Engine, said: object
) -> None:
    reply = quiet_engine.control("targets", STREAM, targets=said)
    assert 400 <= reply.status < 500
    assert json.loads(quiet_engine.control("stats", STREAM).body)["targets"] == {}


@pytest.fixture(scope="module")
def quiet_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("engine")) as running:
        yield running
