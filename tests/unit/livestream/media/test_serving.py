"""Who keeps a connection and does nothing with it loses it, and there are only so many."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import gevent
import pytest
from gevent import socket

from livestream.media import serving
from livestream.media.serving import Counter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_HEAD = b"PUT /x HTTP/1.1\r\nHost: x\r\n"


def _application(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    """Reads a slice, or sends without end, or refuses without reading."""
    path = environ["PATH_INFO"]
    start("200 OK" if path != "/refused" else "403 Forbidden", [])
    if path == "/endless":
        return iter(lambda: bytes(65_536), b"")
    return [b"" if path == "/refused" else environ["wsgi.input"].read()]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(serving, "IDLE_S", 0.2)
    monkeypatch.setattr(serving, "HEAD_S", 0.2)
    monkeypatch.setattr(serving, "STALLED_S", 0.3)
    monkeypatch.setattr(serving, "_REST_S", 0.2)
    made = Counter(("127.0.0.1", 0), _application)
    made.start()
    yield made
    made.stop()


def talked(server: Counter, *said: bytes, pause_s: float = 0.05) -> bytes:
    """What comes back before the server ends the connection; it has to do so in time."""
    with gevent.Timeout(5), socket.create_connection(("127.0.0.1", server.server_port)) as line:
        for one in said:
            with suppress(OSError):
                line.sendall(one)
            gevent.sleep(pause_s)
        got = b""
        with suppress(ConnectionResetError):
            while piece := line.recv(65_536):
                got += piece
        return got


def test_who_says_nothing_is_let_go(server: Counter) -> None:
    assert talked(server) == b""


def test_a_head_that_drips_in_is_let_go(server: Counter) -> None:
    assert b" 200 " not in talked(server, _HEAD, *[b"X: 1\r\n"] * 8)


def test_a_first_line_that_drips_in_is_let_go(server: Counter) -> None:
    assert b" 200 " not in talked(server, *(bytes([each]) for each in _HEAD))


def test_a_body_that_stops_is_let_go(server: Counter) -> None:
    assert b" 200 " not in talked(server, _HEAD + b"Content-Length: 100\r\n\r\nhalf")


def test_who_is_refused_hears_it_and_is_not_read_for_long(server: Counter) -> None:
    head = b"PUT /refused HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
    assert b" 403 " in talked(server, head % 1_000_000, bytes(500_000))
    assert b" 403 " in talked(server, head % 1_000_000, bytes(1_000_000))


def test_two_requests_on_one_connection_are_both_answered(server: Counter) -> None:
    one = _HEAD + b"Content-Length: 4\r\n\r\nbody"
    assert talked(server, one + one).count(b"body") == 2


def test_a_viewer_who_never_reads_is_let_go_and_holds_little(server: Counter) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port)) as line:
        line.sendall(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
        gevent.sleep(0.8)
        got = 0
        with gevent.Timeout(5), suppress(ConnectionResetError):
            while piece := line.recv(1 << 20):
                got += len(piece)
        assert got < 8_000_000


def test_a_connection_too_many_is_told_so(server: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "most", 1)
    with socket.create_connection(("127.0.0.1", server.server_port)):
        gevent.sleep(0.05)
        refused = talked(server)
    assert b" 503 " in refused
    assert refused.endswith(b'{"code": "too_many_viewers"}')
