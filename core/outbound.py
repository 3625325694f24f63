"""Asking another machine over HTTP: one checked address, one try, bounded in time and in size.

Some hosts are named by strangers (a browser's push service), so the name is looked up first, the address
judged, and that very address called: what the name leads to a moment later does not matter. Refuses our
own network, redirects, and trying twice: whoever asks decides what an answer that never came means.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, urlsplit

PATIENCE_S = 8.0
_WHOLE_S = 20
_MOST_BYTES = 65_536
_PORTS = {"https": 443, "http": 80}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_BITS = 0xFFFF_FFFF


class Unreached(Exception):
    """Nothing was asked: no such host, one of our own network, nobody there, or no trust in it."""


class Unanswered(Exception):
    """Something was sent and no whole answer came: the other side may have done what it was asked."""


@dataclass(frozen=True)
class Reply:
    """What the other side answered: `headers` by name in small letters, at most 64 KiB of `body`."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Question:
    """What is asked of `url` (https, or http for `inside`): `body` is posted, without one it is a GET.

    `inside` lets it be a machine of our own network: for hosts an operator named, never a stranger. The
    other side may be silent for `patience_s` seconds at a time.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes | None = None
    inside: bool = False
    patience_s: float = PATIENCE_S


def ask(question: Question) -> Reply:
    """Ask once, in at most twenty seconds. Precondition: no write is under way.

    Raises:
        Unreached: nothing was sent. Unanswered: it may have come to them.
    """
    parts = urlsplit(question.url)
    connection = _connection(parts, question)
    ending = threading.Timer(_WHOLE_S, _cut, [connection])
    ending.daemon = True
    ending.start()
    try:
        _call(connection)
        return _answer(connection, parts, question)
    finally:
        ending.cancel()
        connection.close()


def may_be_called(address: str) -> bool:
    """Whether `address` (an IP, as text) is out on the Internet: nobody's own network, however written."""
    given = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(given, ipaddress.IPv6Address):
        hidden = given.ipv4_mapped or given.sixtofour
        if given in _NAT64:
            hidden = ipaddress.IPv4Address(int(given) & _IPV4_BITS)
        if hidden is not None:
            return may_be_called(str(hidden))
    return given.is_global and not given.is_multicast


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was looked up before."""

    def __init__(self, host: str, port: int, address: str, patience_s: float) -> None:
        super().__init__(host, port, timeout=patience_s)
        self._address, self._patience_s = address, patience_s

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), timeout=self._patience_s)


class _Secure(_Plain):
    """The same, where the other side proves that it is `host`."""

    def connect(self) -> None:
        super().connect()
        self.sock = _trust().wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _connection(parts: SplitResult, question: Question) -> _Plain:
    kind = _Secure if parts.scheme == "https" else _Plain
    try:
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, KeyError, ValueError) as error:  # UnicodeError of a wrong name is a ValueError
        raise Unreached(type(error).__name__) from error
    addresses = [str(one[4][0]) for one in known]
    if not question.inside and (kind is _Plain or not all(map(may_be_called, addresses))):
        raise Unreached("an address of our own network")
    return kind(host, port, addresses[0], question.patience_s)


def _call(connection: _Plain) -> None:
    try:
        connection.connect()
    except OSError as error:
        raise Unreached(type(error).__name__) from error


def _answer(connection: _Plain, parts: SplitResult, question: Question) -> Reply:
    path = parts.path or "/"
    method = "GET" if question.body is None else "POST"
    target = f"{path}?{parts.query}" if parts.query else path
    try:
        connection.request(method, target, question.body, question.headers)
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, said, answer.read(_MOST_BYTES))
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(type(error).__name__) from error


def _cut(connection: _Plain) -> None:
    """End a talk that takes too long: whoever waits for it gets an error at once."""
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
