"""What any video engine must do to be one of ours. A new adapter is one more row of `RIGS`."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import requests

from livestream.video.live_engine import BadEvent, EngineAway, EngineEvent, LiveEngine, Target
from tests.contracts.engine_rigs import RIGS, Rig

_WAIT_S = 15.0
_HOUR_MS = 3_600_000
_LENGTH_MS = 4_000
_AWAY_S = 5.0
_Found = TypeVar("_Found")


@pytest.fixture(scope="module", params=list(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with RIGS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="module")
def ref(rig: Rig) -> str:
    """A stream that was sent for four seconds and is open still."""
    return sent(rig)


def in_an_hour_ms() -> int:
    return time.time_ns() // 1_000_000 + _HOUR_MS


def sent(rig: Rig, publisher: str = "host-0001") -> str:
    ref = rig.engine.open()
    assert rig.send(rig.engine.publish(ref, publisher, in_an_hour_ms()))
    return ref


def soon(look: Callable[[], _Found | None]) -> _Found:
    until = time.monotonic() + _WAIT_S
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")


def events(rig: Rig, ref: str) -> list[EngineEvent]:
    """What the engine told of that stream so far, read as the web process reads it."""
    read = [rig.engine.event(headers, body) for headers, body in rig.told]
    return [event for event in read if event.ref == ref]


def heard(rig: Rig, ref: str, kind: str) -> EngineEvent:
    return soon(lambda: next((one for one in events(rig, ref) if one.kind == kind), None))


def shown(url: str) -> str:
    """What is at `url` just now; empty when there is nothing to see."""
    with requests.get(url, timeout=10, stream=True) as answer:
        is_there = answer.status_code == 200
        return next(answer.iter_content(65_536), b"").decode("latin-1") if is_there else ""


def test_each_stream_has_a_name_that_nobody_guesses(rig: Rig) -> None:
    names = {rig.engine.open() for _ in range(100)}
    assert len(names) == 100
    assert all(16 <= len(name) <= 64 and name.isascii() for name in names)


def test_what_is_sent_is_to_be_seen_at_every_address_of_the_list(rig: Rig, ref: str) -> None:
    listed = rig.engine.playback(ref)
    assert {(one.kind, one.what) for one in listed} >= {("hls", "picture"), ("hls", "sound")}
    for one in listed:
        mark = "#EXTM3U" if one.kind == "hls" else "ftyp"
        assert mark in soon(lambda url=one.url: shown(url)), one


def test_browsers_of_any_page_may_read_it(rig: Rig, ref: str) -> None:
    for one in rig.engine.playback(ref):
        with requests.get(one.url, headers={"Origin": "http://x"}, stream=True, timeout=9) as reply:
            assert reply.headers["Access-Control-Allow-Origin"] in {"*", "http://x"}


def test_the_engine_tells_of_the_beginning_and_how_it_stands(rig: Rig, ref: str) -> None:
    started = heard(rig, ref, "started")
    assert abs(started.at_ms - time.time_ns() // 1_000_000) < 120_000
    assert rig.engine.stats(ref).received_bytes > 10_000


def test_a_right_to_send_is_of_one_stream_and_ends(rig: Rig) -> None:
    engine, now_ms = rig.engine, time.time_ns() // 1_000_000
    assert not rig.send(engine.publish(engine.open(), "host-0001", now_ms - 1))
    one, other = (engine.publish(engine.open(), "host-0001", in_an_hour_ms()) for _ in range(2))
    assert not rig.send(type(one)(one.way, one.url, other.token, one.until_ms))


def test_who_takes_over_shuts_out_who_sent_before(rig: Rig) -> None:
    engine, ref = rig.engine, rig.engine.open()
    before = engine.publish(ref, "host-0001", in_an_hour_ms())
    assert rig.send(before)
    assert rig.send(engine.publish(ref, "guide-002", in_an_hour_ms() + 1_000))
    assert not rig.send(before)


def test_events_are_numbered_so_that_each_is_taken_once_in_any_order(rig: Rig, ref: str) -> None:
    heard(rig, ref, "started")
    told = rig.told
    first = [rig.engine.event(*one) for one in told]
    again = [rig.engine.event(*one) for one in reversed(told)]
    assert first == again[::-1]
    numbers = [one.number for one in first]
    assert numbers == sorted(set(numbers))


def test_an_event_with_one_changed_byte_or_no_signature_is_not_believed(rig: Rig, ref: str) -> None:
    heard(rig, ref, "started")
    headers, body = rig.told[0]
    for at in range(0, len(body), 7):
        changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        with pytest.raises(BadEvent):
            rig.engine.event(headers, changed)
    for given in ({}, {name: "0" * len(value) for name, value in headers.items()}):
        with pytest.raises(BadEvent):
            rig.engine.event(given, body)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"at_ms": 1e999}', b"[" * 5_000])
def test_nonsense_is_no_event(rig: Rig, body: bytes) -> None:
    with pytest.raises(BadEvent):
        rig.engine.event({}, body)


def test_a_target_that_is_dead_has_a_state_and_the_stream_goes_on(rig: Rig) -> None:
    engine, ref = rig.engine, sent(rig)
    engine.restream(ref, (Target("dead-1", "rtmp://127.0.0.1:1/live", "secret-key"),))
    assert rig.send(engine.publish(ref, "host-0001", in_an_hour_ms()))
    (state,) = engine.stats(ref).targets.values()
    assert (list(engine.stats(ref).targets), type(state)) == (["dead-1"], str)
    engine.restream(ref, ())
    assert engine.stats(ref).targets == {}


def test_a_stream_that_was_closed_is_a_recording_and_takes_nothing_more(rig: Rig) -> None:
    engine, ref = rig.engine, sent(rig)
    given = engine.publish(ref, "host-0001", in_an_hour_ms())
    heard(rig, ref, "started")
    for _ in range(2):
        engine.close(ref)
    kept = engine.recording(ref)
    assert kept is not None
    assert kept.length_ms == pytest.approx(_LENGTH_MS, abs=300)
    assert (kept.size_bytes > 10_000, len(kept.digest) >= 32) == (True, True)
    assert not rig.send(given)
    assert heard(rig, ref, "ended")
    assert "#EXT-X-ENDLIST" in shown(engine.replay(ref, in_an_hour_ms()))


def test_a_recording_can_be_hidden_shown_again_and_deleted(rig: Rig) -> None:
    engine, ref = rig.engine, sent(rig)
    engine.close(ref)
    address = engine.replay(ref, in_an_hour_ms())
    assert shown(address)
    engine.hide(ref, True)
    assert not shown(address)
    engine.hide(ref, False)
    assert shown(address)
    engine.forget(ref)
    assert not shown(address)
    assert engine.recording(ref) is None


def test_the_address_of_a_recording_ends(rig: Rig) -> None:
    engine, ref = rig.engine, sent(rig)
    engine.close(ref)
    assert not shown(engine.replay(ref, time.time_ns() // 1_000_000 - 1))


def test_a_stream_that_never_was_can_be_asked_about_closed_and_deleted(rig: Rig) -> None:
    engine, ref = rig.engine, rig.engine.open()
    assert not engine.stats(ref).is_sending
    assert engine.recording(ref) is None
    engine.restream(ref, ())
    engine.close(ref)
    engine.forget(ref)


@pytest.mark.parametrize("how", ["gone", "silent"])
@pytest.mark.parametrize("name", list(RIGS))
def test_an_engine_that_is_away_is_said_to_be_in_a_few_seconds(
    name: str, how: str, tmp_path: Path
) -> None:
    with RIGS[name](tmp_path) as rig:
        engine, ref = rig.engine, rig.engine.open()
        rig.away(how)
        for ask in asks(engine) if how == "gone" else asks(engine)[:1]:
            began = time.monotonic()
            with pytest.raises(EngineAway):
                ask(ref)
            assert time.monotonic() - began < _AWAY_S
        assert engine.playback(ref)
        assert engine.publish(ref, "host-0001", in_an_hour_ms())


def asks(engine: LiveEngine) -> tuple[Callable[[str], object], ...]:
    """All that talks to the engine."""
    return (
        engine.stats,
        engine.close,
        engine.recording,
        engine.forget,
        lambda ref: engine.hide(ref, True),
        lambda ref: engine.restream(ref, ()),
    )
