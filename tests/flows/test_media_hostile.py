"""What strangers, broken phones and a broken machine do to the engine; others notice nothing."""

import json
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from livestream.media.chunks import LARGEST_BYTES
from livestream.media.recorder import digest, kept
from tests.factories.recordings import recording, slices
from tests.flows.test_media_engine import sent, waited_for
from tests.support.media_engine import Engine, Reply

_MOST_GROWTH_MB = 80


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all of them: what one does to it, the next would feel."""
    with Engine(tmp_path_factory.mktemp("engine")) as running:
        yield running


def code(reply: Reply) -> tuple[int, str]:
    return reply.status, json.loads(reply.body)["code"]


def head(engine: Engine, stream: str, *lines: str) -> bytes:
    said = (
        f"PUT /{stream}/runs/0/chunks/0?container=matroska&video=h264 HTTP/1.1",
        "Host: x",
        f"Authorization: Bearer {engine.grant(stream)}",
        *lines,
    )
    return "\r\n".join((*said, "", "")).encode()


def answered(engine: Engine, data: bytes) -> bytes:
    """All that comes back on a connection of its own, until the engine ends it or is silent."""
    with engine.connected() as line:
        line.settimeout(2)
        got = b""
        try:
            line.sendall(data)
            while piece := line.recv(65_536):
                got += piece
        except OSError:
            return got
    return got


def require_well(engine: Engine, name: str) -> None:
    """A stream of somebody else is taken and shown."""
    stream = f"{name}_0123456789abcdef"
    sent(engine, stream, slices(recording(), 20))
    waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-1.m4s")


@pytest.mark.parametrize(
    ("lines", "body", "status"),
    [
        (("Transfer-Encoding: chunked",), b"4\r\nabcd\r\n0\r\n\r\n", b"411"),
        (("Transfer-Encoding: chunked",), b"FFFFFFFFFFFF\r\n" + bytes(100_000), b"411"),
        (("Content-Length: 99999999999999999999",), bytes(100_000), b"413"),
        (("Content-Length: -5",), b"", b"400"),
        (("Content-Length: zwei",), b"", b"400"),
        (("X-Long: " + "x" * 70_000, "Content-Length: 1"), b"x", b"400"),
        ((*(f"X-{at}: 1" for at in range(500)), "Content-Length: 1"), b"x", b"400"),
    ],
)
def test_a_body_or_a_head_that_cannot_be_is_refused_and_not_read(
    engine: Engine, lines: tuple[str, ...], body: bytes, status: bytes
) -> None:
    got = answered(engine, head(engine, "strange_0123456789abcdef", *lines) + body)
    assert got[9:12] == status


def test_an_address_that_is_too_long_is_refused(engine: Engine) -> None:
    assert answered(engine, b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n")[9:12] == b"414"


def test_a_body_that_is_cut_off_is_no_slice(engine: Engine) -> None:
    stream, pieces = "cut_0123456789abcdef", slices(recording(), 20)
    with engine.connected() as line:
        line.sendall(head(engine, stream, "Content-Length: 1000") + b"half of it")
        line.shutdown(socket.SHUT_WR)
        assert b"cut_off" in b"".join(iter(lambda: line.recv(65_536), b""))
    sent(engine, stream, pieces)
    waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-1.m4s")


def test_ten_times_the_bitrate_is_refused_by_name_and_costs_no_memory(engine: Engine) -> None:
    stream, before = "fast_0123456789abcdef", engine.resident_mb
    grant, data = engine.grant(stream), bytes(LARGEST_BYTES)
    answers = [engine.put(stream, (0, 0), data, grant)]
    answers += [engine.put(stream, (0, 0), data, grant) for _ in range(12)]
    assert code(answers[-1]) == (429, "too_fast")
    assert engine.resident_mb - before < _MOST_GROWTH_MB


def test_thousands_of_tiny_requests_leave_a_stream_alone(engine: Engine) -> None:
    before = engine.resident_mb
    stolen = engine.grant("somebody_elses_stream_1")
    lines = ("Authorization: Bearer " + stolen, "Content-Length: 1", "", "x")
    one = "\r\n".join(("PUT /tiny_0123456789abcdef/runs/0/chunks/0 HTTP/1.1", "Host: x", *lines))
    with engine.connected() as line:
        for _ in range(20):
            line.sendall(one.encode() * 100)
            got = b""
            while got.count(b"HTTP/1.1 ") < 100 or not got.endswith(b"}"):
                got += line.recv(65_536)
            assert got.count(b"HTTP/1.1 409") + got.count(b"HTTP/1.1 403") == 100
    require_well(engine, "beside")
    assert engine.resident_mb - before < _MOST_GROWTH_MB


def test_viewers_who_never_read_hold_little(engine: Engine) -> None:
    stream = "unread_0123456789abcdef"
    sent(engine, stream, slices(recording(), 20)[:10])
    waited_for(engine, f"/{stream}/picture/live.m3u8", "part-0-0.m4s")
    before, lines = engine.resident_mb, [engine.connected() for _ in range(100)]
    for line in lines:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall(f"GET /{stream}/picture/live.mp4 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    for at, piece in enumerate(slices(recording(), 20)[10:], 10):
        assert engine.put(stream, (0, at), piece, engine.grant(stream)).status == 200
    waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-2.m4s")
    assert engine.resident_mb - before < _MOST_GROWTH_MB
    for line in lines:
        line.close()


def test_a_program_that_is_killed_is_told_and_the_next_run_brings_the_picture_back(
    engine: Engine,
) -> None:
    stream, pieces = "killed_0123456789abcdef", slices(recording(), 20)
    others = set(engine.programs)
    sent(engine, stream, pieces[:12])
    engine.listener.heard("started", stream=stream)
    for pid in set(engine.programs) - others:
        os.kill(pid, signal.SIGKILL)
    assert engine.listener.heard("broken", stream=stream)["reason"] == "killed"
    assert code(engine.put(stream, (0, 12), pieces[12], engine.grant(stream))) == (409, "old_run")
    sent(engine, stream, pieces, run=1)
    engine.listener.heard("returned", stream=stream)


def test_a_full_disk_stops_the_recording_alone_and_is_told(tmp_path: Path) -> None:
    stream, pieces = "full_0123456789abcdef", slices(recording(), 20)
    with Engine(tmp_path) as engine:
        sent(engine, stream, pieces)
        waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-1.m4s")
        resource.prlimit(engine.pid, resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
        sent(engine, stream, pieces, run=1)
        assert engine.listener.heard("unrecorded", stream=stream)["reason"] == "disk_full"
        again = engine.put(stream, (1, 0), pieces[0], engine.grant(stream))
        assert json.loads(again.body)["unrecorded"], "the phone that sends is told"
        resource.prlimit(engine.pid, resource.RLIMIT_FSIZE, (-1, resource.RLIM_INFINITY))
        sent(engine, stream, pieces, run=2)
        waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-8.m4s")
        again = engine.put(stream, (2, 0), pieces[0], engine.grant(stream))
        assert json.loads(again.body) == {"next": 20}
    folder, before = tmp_path / "recordings" / stream, ""
    lines = kept(folder)
    for line in lines:
        said = {name: value for name, value in line.items() if name != "digest"}
        before = digest(before, said, (folder / str(line["file"])).read_bytes())
        assert line["digest"] == before
    assert 4 <= len(lines) < 12
    assert not list(folder.glob("*.new"))


def test_without_its_program_the_engine_says_so_and_stays(tmp_path: Path) -> None:
    stream = "missing_0123456789abcdef"
    with Engine(tmp_path, IMAGEIO_FFMPEG_EXE=str(tmp_path / "none")) as engine:
        reply = engine.put(stream, (0, 0), b"x", engine.grant(stream))
        assert code(reply) == (503, "no_encoder")
        assert engine.listener.heard("broken", stream=stream)["reason"] == "no_encoder"
        assert engine.get(f"/{stream}/picture/live.mp4").status == 404


def test_the_engine_is_still_well(engine: Engine) -> None:
    began = time.monotonic()
    require_well(engine, "after")
    assert time.monotonic() - began < 10
    assert engine.get("/x/index.m3u8").status == 404


def test_many_streams_that_begin_at_once_all_begin(tmp_path: Path) -> None:
    """Starting a program lets others go on: none of them may find the list of streams half changed."""
    names, pieces = [f"at_once_0123456789_{at:02d}" for at in range(12)], slices(recording(), 20)
    with Engine(tmp_path) as engine, ThreadPoolExecutor(len(names)) as phones:
        one = [(name, engine.grant(name)) for name in names]
        answers = phones.map(lambda each: engine.put(each[0], (0, 0), pieces[0], each[1]), one)
        assert [answer.status for answer in answers] == [200] * len(names)
        assert len(engine.programs) == len(names)
