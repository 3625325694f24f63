"""The engine from outside: a phone's slices in over HTTP, what players ask for out."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from livestream.media import passes
from livestream.media.passes import Pass
from tests.factories.recordings import recording, slices
from tests.support.media_engine import Engine

STREAM = "stream_0123456789abcdef"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("engine")) as running:
        yield running


def sent(engine: Engine, stream: str, pieces: list[bytes], *, run: int = 0) -> None:
    grant = engine.grant(stream)
    for at, piece in enumerate(pieces):
        assert engine.put(stream, (run, at), piece, grant).status == 200


def waited_for(engine: Engine, path: str, found: str) -> str:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        reply = engine.get(path)
        if reply.status == 200 and found in reply.body.decode():
            return reply.body.decode()
        time.sleep(0.05)
    raise AssertionError(f"{path} never said {found}")


def test_what_a_phone_sends_is_listed_part_by_part_and_can_be_fetched(engine: Engine) -> None:
    sent(engine, STREAM, slices(recording(), 20))
    text = waited_for(engine, f"/{STREAM}/picture/live.m3u8", "seg-2.m4s")
    assert 'CODECS="avc1' in engine.get(f"/{STREAM}/index.m3u8").body.decode()
    for name in re.findall(
        r'(?:URI="(?!part-\d+-\d+\.m4s"$)|^)([a-z0-9-]+\.(?:mp4|m4s))', text, re.MULTILINE
    ):
        reply = engine.get(f"/{STREAM}/picture/{name}")
        assert (reply.status, reply.body[4:8]) in {(200, b"ftyp"), (200, b"moof")}, name
    assert engine.listener.heard("started")["stream"] == STREAM


def test_sound_alone_has_a_playlist_of_its_own(engine: Engine) -> None:
    stream = "sound_0123456789abcdef"
    sent(engine, stream, slices(recording(), 20))
    waited_for(engine, f"/{stream}/sound/live.m3u8", "seg-1.m4s")
    init = engine.get(f"/{stream}/sound/init-0.mp4").body
    assert b"mp4a" in init
    assert b"avc1" not in init


@pytest.mark.parametrize(
    ("grant", "code"),
    [("", "form"), ("a.b", "form"), ("AAAA.AAAA", "signature"), ("x" * 600, "form")],
)
def test_a_grant_that_is_none_is_refused(engine: Engine, grant: str, code: str) -> None:
    reply = engine.put("stream_of_nobody_at_all", (0, 0), b"x", grant)
    assert (reply.status, json.loads(reply.body)["code"]) == (403, code)


def test_a_grant_ends_and_is_worth_nothing_elsewhere(engine: Engine) -> None:
    over, other = engine.grant(STREAM, seconds=-1), engine.grant("another_stream_at_all")
    codes = [
        json.loads(engine.put(STREAM, (9, 0), b"x", each).body)["code"] for each in (over, other)
    ]
    assert codes == ["expired", "stream"]


def test_who_takes_over_shuts_out_the_one_before(engine: Engine) -> None:
    stream, pieces = "taken_0123456789abcdef", slices(recording(), 20)
    first, second = engine.grant(stream, "host"), engine.grant(stream, "guide", seconds=700)
    assert engine.put(stream, (0, 0), pieces[0], first).status == 200
    assert engine.put(stream, (1, 0), pieces[0], second).status == 200
    late = engine.put(stream, (0, 1), pieces[1], first)
    assert (late.status, json.loads(late.body)["code"]) == (403, "taken_over")


def test_slices_out_of_order_twice_and_missing_come_out_in_order(engine: Engine) -> None:
    stream, pieces = "mixed_0123456789abcdef", slices(recording(), 20)
    grant = engine.grant(stream)
    order = [0, 2, 1, 1, 0, 4, 3, *range(6, 20)]
    answers = [json.loads(engine.put(stream, (0, at), pieces[at], grant).body) for at in order]
    assert answers[-1] == {"next": 5}
    assert json.loads(engine.put(stream, (0, 5), pieces[5], grant).body) == {"next": 20}
    waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-2.m4s")


@pytest.mark.parametrize(
    ("place", "size", "status", "code"),
    [((0, 151), 10, 409, "too_far"), ((0, 0), 2 * 1024 * 1024 + 1, 413, "too_large")],
)
def test_a_slice_that_cannot_be_is_refused(
    engine: Engine, place: tuple[int, int], size: int, status: int, code: str
) -> None:
    stream = "wrong_0123456789abcdef"
    reply = engine.put(stream, place, bytes(size), engine.grant(stream))
    assert (reply.status, json.loads(reply.body)["code"]) == (status, code)


def test_bytes_that_are_no_video_hurt_no_other_stream(engine: Engine) -> None:
    bad, good = "rubbish_0123456789abcdef", "good_0123456789abcdef"
    grant = engine.grant(bad)
    answers = {engine.put(bad, (0, at), bytes(100_000), grant).status for at in range(40)}
    assert answers <= {200, 409}
    sent(engine, good, slices(recording(), 20))
    waited_for(engine, f"/{good}/picture/live.m3u8", "seg-1.m4s")


def test_what_was_never_sent_is_not_there(engine: Engine) -> None:
    paths = (
        "/x/index.m3u8",
        f"/{STREAM}/picture/seg-999.m4s",
        f"/{STREAM}/picture/../../keys",
        "/",
        "/%00",
    )
    assert {engine.get(path).status for path in paths} == {404}


def test_what_was_sent_can_be_watched_again_with_a_pass(engine: Engine) -> None:
    stream = "again_0123456789abcdef"
    sent(engine, stream, slices(recording(), 20))
    waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-2.m4s")
    until_ms = time.time_ns() // 1_000_000 + 60_000
    base = f"/recordings/{passes.signed(Pass(stream, until_ms), engine.secret)}"
    text = waited_for(engine, f"{base}/index.m3u8", "000001.m4s")
    assert text.endswith("#EXT-X-ENDLIST\n")
    assert engine.get(f"{base}/000000.m4s").body[4:8] == b"moof"
    assert "000001" not in engine.get(f"{base}/index.m3u8?to=200").body.decode()
    assert engine.get("/recordings/a.b/index.m3u8").status == 404


def test_a_stream_ends_whole_when_the_engine_stops(tmp_path: Path) -> None:
    with Engine(tmp_path) as engine:
        sent(engine, STREAM, slices(recording(), 20))
        waited_for(engine, f"/{STREAM}/picture/live.m3u8", "seg-1.m4s")
    lines = (tmp_path / "recordings" / STREAM / "segments.jsonl").read_text().splitlines()
    assert sum(json.loads(line)["length_us"] for line in lines) == pytest.approx(
        4_000_000, abs=100_000
    )
