"""The roads to a person: one interface, e-mail by SMTP, SMS by what the market has, others where set up.

A road says whether it leads to somebody, and what became of a letter. Refuses to try twice by itself: a
letter that may have gone counts as gone (`unknown`), because none is to come twice.
"""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from flask import Flask

from core import messages
from core.messages import NoSender, SmsOff
from shop.notices.letters import Letter
from shop.notices.notice_rules import EMAIL, SMS
from shop.notices.push_devices import Target

SENT, REFUSED, UNKNOWN = "sent", "refused", "unknown"
_OF_MESSAGES = {messages.TAKEN: SENT, messages.REFUSED: REFUSED, messages.UNKNOWN: UNKNOWN}
_PATIENCE_S = 20
_PLAIN, _TLS = "smtp", "smtps"
_PORTS = {_PLAIN: 587, _TLS: 465}


@dataclass(frozen=True)
class Recipient:
    """Where somebody can be reached: `phone` E.164 or "", `address` of a confirmed mailbox or "", devices."""

    name: str
    phone: str
    address: str
    devices: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Fate:
    """What became of a letter: SENT, REFUSED (it did not go) or UNKNOWN, with a word for operators.

    REFUSED with `again_s`: the road may take it after so many seconds. `gone` are devices (by endpoint)
    that no longer listen.
    """

    outcome: str
    detail: str = ""
    again_s: int = 0
    gone: frozenset[str] = frozenset()


class Road(Protocol):
    """A way to send letters; an adapter for a provider of SMS or of Zalo's notices has this shape."""

    name: str

    def leads_to(self, recipient: Recipient) -> bool:
        """Whether this installation can reach `recipient` by this road; asks nobody outside."""
        ...

    def send(self, recipient: Recipient, letter: Letter, key: str) -> Fate:
        """Send `letter`; `key` is its own for ever, so a provider that knows keys sends it once.

        Never raises for what a provider says: that is a fate.
        """
        ...


def merged(fates: Sequence[Fate]) -> Fate:
    """The one fate of a letter that went to several devices: it went if it went to one of them."""
    for outcome in (SENT, UNKNOWN, REFUSED):
        alike = [one for one in fates if one.outcome == outcome]
        if alike:
            break
    detail = next((one.detail for one in alike if one.detail), "")
    waits = [one.again_s for one in alike if one.again_s]
    gone = frozenset[str]().union(*(one.gone for one in fates))
    return Fate(outcome, detail, min(waits, default=0), gone)


class EmailRoad:
    """Letters by SMTP: `smtp://user:secret@host:587?from=address` (STARTTLS where offered), or `smtps://`."""

    name = EMAIL

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == _TLS
        self._host = parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._secret = unquote(parts.password or "")
        self._sender = dict(parse_qsl(parts.query)).get("from", "")

    def leads_to(self, recipient: Recipient) -> bool:
        return bool(recipient.address)

    def send(self, recipient: Recipient, letter: Letter, key: str) -> Fate:
        try:
            server = self._opened()
        except (OSError, smtplib.SMTPException) as error:
            return Fate(REFUSED, type(error).__name__)
        with server:
            try:
                server.send_message(self._message(recipient, letter, key))
            except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
                return Fate(REFUSED, type(error).__name__)
            except (OSError, smtplib.SMTPException) as error:
                return Fate(UNKNOWN, type(error).__name__)
            return Fate(SENT)

    def _opened(self) -> smtplib.SMTP:
        if self._secure:
            secure = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=_PATIENCE_S, context=secure
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=_PATIENCE_S)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if self._user:
            server.login(self._user, self._secret)
        return server

    def _message(self, recipient: Recipient, letter: Letter, key: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = recipient.address
        message["Subject"] = letter.subject
        message["Message-ID"] = f"<{key}@{self._host}>"
        message.set_content(letter.text)
        return message


class SmsRoad:
    """Short messages through the market's own sender (`core.messages`): a file in a demo, else none."""

    name = SMS

    def __init__(self, app: Flask) -> None:
        self._app = app

    def leads_to(self, recipient: Recipient) -> bool:
        off = isinstance(self._app.extensions["messages"], NoSender)
        return bool(recipient.phone) and not off

    def send(self, recipient: Recipient, letter: Letter, key: str) -> Fate:
        try:
            told = messages.send(recipient.phone, letter.text, key)
        except SmsOff as error:
            return Fate(REFUSED, error.code)
        return Fate(_OF_MESSAGES[told.outcome], told.detail)


class _State:
    roads: tuple[Road, ...] = ()


def use(roads: Sequence[Road]) -> None:
    """Have this process send by `roads` (at start; tests put their fakes here)."""
    _State.roads = tuple(roads)


def named(name: str) -> Road | None:
    """The road called `name`, or None where it is not set up."""
    return next((road for road in _State.roads if road.name == name), None)


def leading_to(recipient: Recipient) -> frozenset[str]:
    """The names of the roads that lead to `recipient`."""
    return frozenset(road.name for road in _State.roads if road.leads_to(recipient))
