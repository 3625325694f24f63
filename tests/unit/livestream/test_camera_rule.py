"""Who starts a market to try it is told once where browsers give a camera."""

from dataclasses import replace

import pytest
from flask import Flask

from livestream import commands


def test_a_market_without_https_says_where_a_camera_works(app: Flask) -> None:
    with app.app_context():
        assert "make run TLS=1" in "".join(commands.camera_rule())


def test_a_market_with_https_has_nothing_to_say(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.config["SETTINGS"], public_url="https://cho.example")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with app.app_context():
        assert commands.camera_rule() == []
