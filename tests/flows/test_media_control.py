"""What the web process alone may ask of the engine, and what players are told before they play."""

import urllib.request
from collections.abc import Iterator

import pytest

from livestream.media.recorder import kept
from tests.factories.recordings import recording, slices
from tests.flows.test_media_engine import sent, waited_for
from tests.support.media_engine import Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("engine")) as running:
        yield running


def test_a_closed_stream_stays_closed_for_who_still_holds_a_grant(engine: Engine) -> None:
    stream = "closed_0123456789abcdef"
    pieces = slices(recording(), 20)
    sent(engine, stream, pieces[:10])
    assert engine.control("close", stream).status == 200
    refused = engine.put(stream, (1, 0), pieces[0], engine.grant(stream))
    assert (refused.status, b"closed" in refused.body) == (403, True)
    assert engine.get(f"/{stream}/picture/live.m3u8").status == 404


def test_a_stream_that_was_never_sent_can_be_closed_too(engine: Engine) -> None:
    stream = "unsent_0123456789abcdef"
    assert [engine.control("close", stream).status for _ in range(2)] == [200, 200]
    assert engine.put(stream, (0, 0), b"x", engine.grant(stream)).status == 403


@pytest.mark.parametrize(
    ("verb", "late_s", "secret", "status"),
    [
        ("stats", 0, b"", 200),
        ("stats", 0, b"another", 403),
        ("stats", 120, b"", 403),
        ("stats", -120, b"", 403),
        ("open", 0, b"", 404),
    ],
)
def test_only_a_fresh_letter_of_the_web_process_is_heard(
    engine: Engine, verb: str, late_s: int, secret: bytes, status: int
) -> None:
    reply = engine.control(verb, "stream_of_letters_0123", late_s=late_s, secret=secret)
    assert reply.status == status


def test_a_name_that_is_a_path_is_no_stream(engine: Engine) -> None:
    assert engine.control("close", "..").status in {403, 404}
    assert engine.control("close", "a.b.c.d.e.f.g.h.i.j.k.l").status == 403


def test_the_endless_picture_says_its_codecs(engine: Engine) -> None:
    stream = "codecs_0123456789abcdef"
    sent(engine, stream, slices(recording(), 20))
    waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-0.m4s")
    with urllib.request.urlopen(
        f"http://127.0.0.1:{engine.port}/{stream}/picture/live.mp4"
    ) as answer:
        assert answer.headers["Content-Type"].startswith('video/mp4; codecs="avc1.')
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_recording_says_when_each_piece_was_filmed(engine: Engine) -> None:
    stream = "filmed_0123456789abcdef"
    sent(engine, stream, slices(recording(), 20))
    waited_for(engine, f"/{stream}/picture/live.m3u8", "seg-2.m4s")
    lines = kept(engine.folder / "recordings" / stream)
    ends = [int(line["at_ms"]) + int(line["length_us"]) // 1_000 for line in lines]
    assert [int(line["at_ms"]) for line in lines[1:]] == ends[:-1]
