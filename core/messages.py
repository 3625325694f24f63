"""Sending a short text to a phone number, through whatever this installation has.

A market without an SMS contract still works: asking for a code then says so and what to do instead.
Refuses to log a number or a text, and to be called inside a write: sending is talk with the outside.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flask import Flask, current_app

from core import clock
from core.config import Settings
from core.errors import N_, DomainError

_DEMO_FILE = "messages.jsonl"


class SmsOff(DomainError):
    """This installation cannot send text messages."""

    code = "sms_off"
    status = 409
    message = N_(
        "Chợ chưa gửi được tin nhắn. Bạn cứ đặt hàng, rồi nhờ người bán gọi xác nhận số điện thoại nhé."
    )


TAKEN, REFUSED, UNKNOWN = "taken", "refused", "unknown"


@dataclass(frozen=True)
class Sent:
    """What became of a message: TAKEN, REFUSED (it did not go) or UNKNOWN, with a word for operators."""

    outcome: str
    detail: str = ""


class Sender(Protocol):
    """A road to a phone."""

    def send(self, phone: str, text: str, key: str = "") -> Sent:
        """Send `text` to `phone` (E.164); `key` is the message's own, for providers that know keys.

        Raises:
            SmsOff: there is no such road here.
        """
        ...


class NoSender:
    """The production default until a carrier is configured."""

    def send(self, phone: str, text: str, key: str = "") -> Sent:
        raise SmsOff()


class FileSender:
    """Keeps each message as a line of a file its owner alone may read, for trying the market at home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, phone: str, text: str, key: str = "") -> Sent:
        line = json.dumps(
            {"at": clock.iso(clock.now_ms()), "phone": phone, "text": text}, ensure_ascii=False
        )
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line + "\n")
        return Sent(TAKEN)


def init_app(app: Flask, settings: Settings) -> None:
    """Give `app` its sender: a file in a demo, none otherwise."""
    demo = FileSender(settings.data_dir / _DEMO_FILE)
    use(app, demo if settings.demo else NoSender())


def use(app: Flask, sender: Sender) -> None:
    """Have `app` send through `sender`."""
    app.extensions["messages"] = sender


def require_road() -> None:
    """Check that messages can be sent at all, before anything is promised.

    Raises:
        SmsOff: this installation sends no messages.
    """
    if isinstance(current_app.extensions["messages"], NoSender):
        raise SmsOff()


def send(phone: str, text: str, key: str = "") -> Sent:
    """Send `text` to `phone` (E.164) by this application's sender; what became of it.

    Raises:
        SmsOff: this installation sends no messages.
    """
    sender: Sender = current_app.extensions["messages"]
    return sender.send(phone, text, key)
