"""Asking other machines: never our own network, once, and not for longer than it takes."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core import outbound
from core.outbound import Question, Unanswered, Unreached, may_be_called


@contextmanager
def answering(raw: bytes, asked: list[bytes] | None = None) -> Iterator[str]:
    """A machine that reads one request (its first line into `asked`) and answers with `raw`."""

    class Clerk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            first = self.rfile.readline()
            while self.rfile.readline() not in (b"\r\n", b""):
                pass
            if asked is not None:
                asked.append(first)
            self.wfile.write(raw)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clerk) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/x?y=1"
        server.shutdown()


@pytest.mark.parametrize("address", ["142.250.199.10", "2404:6800:4005:80a::200a", "1.1.1.1"])
def test_the_internet_may_be_called(address: str) -> None:
    assert may_be_called(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
    ],
)
def test_no_network_of_our_own_may_be_called_however_it_is_written(address: str) -> None:
    assert not may_be_called(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:9/x",
        "https://localhost/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "http://1.1.1.1/x",
        "ftp://example.vn/x",
        "https:///x",
        "https://a..b/x",
    ],
)
def test_a_stranger_leads_us_nowhere_inside(url: str) -> None:
    with pytest.raises(Unreached):
        outbound.ask(Question(url, {}, b""))


def test_an_answer_is_read_as_far_as_it_is_of_use() -> None:
    with answering(b"HTTP/1.1 201 Made\r\nRetry-After: 5\r\nContent-Length: 2\r\n\r\nok") as url:
        reply = outbound.ask(Question(url, {"X": "y"}, b"body", inside=True))
    assert (reply.status, reply.headers["retry-after"], reply.body) == (201, "5", b"ok")


@pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 20", b"hello\r\n\r\n"])
def test_an_answer_that_is_none_may_have_been_taken(raw: bytes) -> None:
    with answering(raw) as url, pytest.raises(Unanswered):
        outbound.ask(Question(url, {}, b"body", inside=True))


def test_a_machine_that_is_away_was_asked_nothing() -> None:
    with pytest.raises(Unreached):
        outbound.ask(Question("http://127.0.0.1:9/x", {}, b"", inside=True))


def test_redirects_are_not_followed() -> None:
    with answering(b"HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:1/\r\n\r\n") as url:
        assert outbound.ask(Question(url, {}, b"", inside=True)).status == 302


@pytest.mark.parametrize(("body", "method"), [(None, b"GET"), (b"", b"POST"), (b"x", b"POST")])
def test_what_has_a_body_is_posted(body: bytes | None, method: bytes) -> None:
    asked: list[bytes] = []
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", asked) as url:
        outbound.ask(Question(url, {}, body, inside=True))
    assert asked == [method + b" /x?y=1 HTTP/1.1\r\n"]


def test_who_says_nothing_is_waited_for_as_long_as_was_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(Unanswered):
            outbound.ask(Question(url, {}, b"", inside=True, patience_s=0.05))
