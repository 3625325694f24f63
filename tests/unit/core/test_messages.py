"""Where text messages go."""

import json
import stat
from pathlib import Path

import pytest
from flask import Flask

from core import messages
from core.messages import FileSender, NoSender, SmsOff
from tests.support.databases import settings_for


def test_a_demo_keeps_messages_in_a_file_its_owner_alone_may_read(tmp_path: Path) -> None:
    path = tmp_path / "messages.jsonl"
    FileSender(path).send("+84912345678", "Mã vào chợ: 123456")
    FileSender(path).send("+84912345678", "Mã vào chợ: 654321")
    kept = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["text"] for line in kept] == ["Mã vào chợ: 123456", "Mã vào chợ: 654321"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_production_says_that_it_sends_nothing_and_what_to_do(tmp_path: Path) -> None:
    app = Flask("market")
    secure = {"APP_ENV": "production", "PUBLIC_URL": "https://cho.example"}
    messages.init_app(app, settings_for(tmp_path, **secure))
    with app.app_context(), pytest.raises(SmsOff) as refused:
        messages.send("+84912345678", "Mã vào chợ: 123456")
    assert (refused.value.code, refused.value.status) == ("sms_off", 409)
    assert "nhờ người bán gọi xác nhận" in refused.value.text()


def test_nothing_is_promised_where_nothing_can_be_sent(app: Flask) -> None:
    messages.use(app, NoSender())
    with app.app_context(), pytest.raises(SmsOff):
        messages.require_road()


def test_a_demo_has_a_road(app: Flask) -> None:
    with app.app_context():
        messages.require_road()
        messages.send("+84912345678", "Xin chào")
    kept = app.config["SETTINGS"].data_dir / "messages.jsonl"
    assert json.loads(kept.read_text("utf-8"))["phone"] == "+84912345678"
