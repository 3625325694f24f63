"""An operator asks how the engine is, and moves it to another machine: each is reached where it is told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from core import clock
from tests.factories.recordings import recording, slices
from tests.flows.test_settings import problems
from tests.support.media_engine import Engine, Listener
from tests.support.server import free_port

STREAM = "stream_0123456789abcdef"


def status(
    app: Flask, monkeypatch: pytest.MonkeyPatch, inside: str
) -> tuple[int, dict[str, object]]:
    """What `flask video status` answers where the engine is reached at `inside`."""
    settings = replace(app.config["SETTINGS"], media_inside=inside)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    clock.use(clock.SystemClock())  # letters of another time are not taken
    done = app.test_cli_runner().invoke(args=["video", "status"])
    return done.exit_code, json.loads(done.output)


def test_an_engine_that_is_away_is_told_with_exit_code_1(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    exit_code, said = status(app, monkeypatch, f"http://127.0.0.1:{free_port()}")
    assert (exit_code, said["engine"], said["ok"]) == (1, "embedded", False)


def test_an_engine_is_asked_where_it_is_and_tells_where_the_market_is(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(app.config["SETTINGS"].data_dir)
    with Listener(Engine(folder).secret) as market:
        web = f"http://{market.host}/"
        with Engine(folder, PORT=str(free_port()), WEB_INSIDE=web) as engine:
            exit_code, said = status(app, monkeypatch, f"http://127.0.0.1:{engine.port}")
            assert (exit_code, said["ok"]) == (0, True)
            assert "/STREAM/picture/live.mp4" in str(said["playback"])
            for at, piece in enumerate(slices(recording(), 20)):
                engine.put(STREAM, (0, at), piece, engine.grant(STREAM))
            assert market.heard("started")["stream"] == STREAM


def test_an_engine_with_another_key_is_no_engine_of_ours(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Engine(tmp_path) as stranger:
        exit_code, said = status(app, monkeypatch, f"http://127.0.0.1:{stranger.port}")
    assert (exit_code, said["ok"], said["why"]) == (1, False, "stats: 403")


@pytest.mark.parametrize("given", ["10.0.0.2:8001", "ftp://media", "http://media:8001/x"])
def test_the_place_of_the_engine_must_be_an_origin(given: str) -> None:
    assert any("MEDIA_INSIDE" in problem for problem in problems(MEDIA_INSIDE=given))
