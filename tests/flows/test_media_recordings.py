"""Recordings from outside: killed halfway and gone on with, hidden, deleted."""

import json
import re
import time
from pathlib import Path

from livestream.media import passes
from livestream.media.passes import Pass
from livestream.media.recordings import faults
from tests.factories.recordings import recording, slices
from tests.flows.test_media_engine import sent, waited_for
from tests.support.media_engine import Engine

STREAM = "kept_0123456789abcdefgh"


def address(engine: Engine) -> str:
    until_ms = time.time_ns() // 1_000_000 + 60_000
    return f"/recordings/{passes.signed(Pass(STREAM, until_ms), engine.secret)}"


def test_a_recording_joins_what_was_sent_before_and_after_a_kill(tmp_path: Path) -> None:
    with Engine(tmp_path) as engine:
        sent(engine, STREAM, slices(recording(), 20))
        waited_for(engine, f"{address(engine)}/index.m3u8", "000001.m4s")
        engine.kill()
    with (tmp_path / "recordings" / STREAM / "segments.jsonl").open("a") as torn:
        torn.write('{"file": "0000')
    with Engine(tmp_path) as engine:
        sent(engine, STREAM, slices(recording(), 20), run=1)
        assert engine.control("close", STREAM).status == 200
        text = engine.get(f"{address(engine)}/index.m3u8").body.decode()
        facts = json.loads(engine.control("recording", STREAM).body)
        names = re.findall(r"^\d{6}\.m4s$", text, re.MULTILINE)
        bodies = [engine.get(f"{address(engine)}/{name}").body for name in names]
    assert text.count("#EXT-X-DISCONTINUITY") == 1
    assert text.count("#EXT-X-PROGRAM-DATE-TIME") == 2
    assert all(body[4:8] == b"moof" for body in bodies)
    assert abs(sum(length for _at, length in facts["pieces"]) - facts["length_ms"]) <= 2
    assert 5_000 <= facts["length_ms"] <= 8_100
    assert faults(tmp_path / "recordings" / STREAM) == []


def test_what_is_hidden_comes_back_and_what_is_forgotten_does_not(tmp_path: Path) -> None:
    with Engine(tmp_path) as engine:
        sent(engine, STREAM, slices(recording(), 20))
        assert engine.control("close", STREAM).status == 200
        path = f"{address(engine)}/index.m3u8"
        answers = [engine.get(path).status]
        for verb, said in (("hide", True), ("hide", False), ("forget", None), ("hide", False)):
            assert engine.control(verb, STREAM, hidden=said).status == 200
            answers.append(engine.get(path).status)
        assert json.loads(engine.control("recording", STREAM).body) == {"pieces": []}
    assert answers == [200, 404, 200, 404, 404]
