"""The embedded engine as an adapter: what needs no network, and what a missing engine means."""

import json

import pytest

from livestream.media import grants, letters, passes
from livestream.video.embedded import Embedded
from livestream.video.live_engine import BadEvent, EngineAway
from tests.support.server import free_port

SECRET = b"what both processes know"
ENGINE = Embedded("https://cho.example/media", f"http://127.0.0.1:{free_port()}", SECRET)
NEWS: dict[str, object] = {
    "stream": "s" * 24,
    "news": "started",
    "reason": "",
    "number": 7,
    "at_ms": 1_700_000_000_000,
}


def test_a_grant_is_for_its_stream_alone_and_ends() -> None:
    ref = ENGINE.open()
    given = ENGINE.publish(ref, "page-one", 1_000)
    assert given.url == f"https://cho.example/media/{ref}"
    assert grants.read(given.token, SECRET, ref, 999).publisher == "page-one"
    for stream, now_ms in ((ref, 1_000), (ENGINE.open(), 999)):
        with pytest.raises(grants.BadGrant):
            grants.read(given.token, SECRET, stream, now_ms)


def test_a_pass_for_watching_grants_no_sending() -> None:
    ref = ENGINE.open()
    watching = ENGINE.replay(ref, 1_000).split("/")[-2]
    assert passes.read(watching, SECRET, 999).stream == ref
    with pytest.raises(grants.BadGrant):
        grants.read(watching, SECRET, ref, 999)


def test_the_best_way_to_watch_comes_first() -> None:
    first, second, *_ = ENGINE.playback("ref")
    assert (first.kind, second.kind) == ("mp4", "hls")
    assert first.url == "https://cho.example/media/ref/picture/live.mp4"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"at_ms": "now"}', json.dumps({"at_ms": 1}).encode()]
)
def test_signed_nonsense_is_no_event(body: bytes) -> None:
    headers = {letters.SIGNATURE: letters.of_news(SECRET, body)}
    with pytest.raises(BadEvent):
        ENGINE.event(headers, body)


def test_news_are_believed_by_their_signature_alone() -> None:
    body = json.dumps(NEWS).encode()
    right = letters.of_news(SECRET, body)
    event = ENGINE.event({letters.SIGNATURE: right}, body)
    assert (event.kind, event.number) == ("started", 7)
    for given, said in (("", body), (right, body + b" "), ("é", body)):
        with pytest.raises(BadEvent):
            ENGINE.event({letters.SIGNATURE: given}, said)


def test_news_of_a_target_say_which_one_and_how_it_stands() -> None:
    said = {**NEWS, "news": "target", "reason": "retrying 3", "target": "facebook-1"}
    body = json.dumps(said).encode()
    event = ENGINE.event({letters.SIGNATURE: letters.of_news(SECRET, body)}, body)
    assert (event.kind, event.reason, event.target) == ("target", "retrying 3", "facebook-1")


def test_an_engine_that_is_not_there_is_away() -> None:
    with pytest.raises(EngineAway):
        ENGINE.stats(ENGINE.open())
