"""The engine's side of a connection: how many there may be, how long each may take, how much it may hold.

Everybody on the net may connect, so a connection costs little and none lasts by doing nothing: a head comes
within seconds, a body within its time (`doors`), a viewer reads what it is sent or is let go. Refuses to
read on after a refusal, and to write the strangers' nonsense into the log.
"""

import resource
import socket
from contextlib import suppress
from http.client import HTTPException
from socket import IPPROTO_TCP, SO_SNDBUF, SOL_SOCKET, TCP_NODELAY
from typing import TYPE_CHECKING

import gevent
from gevent.pywsgi import Input, WSGIHandler, WSGIServer

if TYPE_CHECKING:
    from types import TracebackType

    from _typeshed.wsgi import WSGIApplication
    from gevent.pywsgi import OldMessage

MOST_CONNECTIONS = 4_000
SPARE_FILES = 256
"""Of the files the process may open: what programs, recordings and the news need."""
_MOST_FILES = 65_536
IDLE_S, HEAD_S, STALLED_S = 30.0, 10.0, 15.0
"""Between two requests; for a request's first lines; for who does not take or give one byte more."""
SEND_BYTES = 128 * 1024
"""What the system keeps for a viewer who does not read (it doubles this): a second or two of picture."""
_REST_READ_BYTES = 16_384
_REST_BYTES, _REST_S = 4 * 1024 * 1024, 2.0
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nAccess-Control-Allow-Origin: *\r\n"
    b'Content-Type: application/json\r\nContent-Length: 28\r\n\r\n{"code": "too_many_viewers"}'
)


class Counter(WSGIServer):
    """The listening side. A connection too many is told so at once, and costs nothing more."""

    def __init__(self, address: tuple[str, int], application: "WSGIApplication") -> None:
        super().__init__(address, application, log=None, error_log=None, handler_class=Clerk)
        self.most = min(MOST_CONNECTIONS, files_allowed() - SPARE_FILES)
        self._open = 0

    def handle(self, sock: socket.socket, address: str) -> None:
        """Serve one connection until it ends."""
        sock.settimeout(STALLED_S)
        if self._open >= self.most:
            sock.sendall(_FULL)
            sock.close()
            return
        self._open += 1
        try:
            sock.setsockopt(SOL_SOCKET, SO_SNDBUF, SEND_BYTES)
            sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            super().handle(sock, address)
        except OSError:
            return  # it went away, or stood still for too long
        finally:
            self._open -= 1


class Clerk(WSGIHandler):
    """One connection's requests, each within its time."""

    def read_requestline(self) -> str:
        """The first line; an OSError, which ends the connection, when none comes."""
        with gevent.Timeout(IDLE_S, TimeoutError("timed out")):
            return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> "OldMessage":
        """The other lines of the head; a ValueError is answered with 400."""
        try:
            with gevent.Timeout(HEAD_S, TimeoutError("timed out")):
                return super().read_request(raw_requestline)
        except (OSError, HTTPException) as wrong:
            raise ValueError(type(wrong).__name__) from None

    def get_environ(self) -> dict[str, object]:
        """As ever, with a body of which no more is read than somebody wants."""
        environ: dict[str, object] = super().get_environ()
        given = self.wsgi_input
        assert given is not None  # made just now
        self._body = _Body(given.rfile, given.content_length, given.socket, given.chunked_input)
        self.wsgi_input = environ["wsgi.input"] = self._body
        return environ

    def handle_one_response(self) -> None:
        """Answer; a request whose body was left unread is the last of its connection."""
        super().handle_one_response()
        if self._body.is_left:
            self.close_connection = True

    def handle_error(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        """Who goes away or stands still is no error of ours, and gets no answer any more."""
        if isinstance(error, OSError):
            self.close_connection = True
        else:
            super().handle_error(kind, error, trace)


class _Body(Input):
    """What is left of a refused body is read for a moment, so that the refusal arrives, and then no more."""

    @property
    def is_left(self) -> bool:
        return bool(self.chunked_input or self.position < (self.content_length or 0))

    def _discard(self) -> None:
        left = (self.content_length or 0) - self.position
        if self.chunked_input or left > _REST_BYTES:
            return
        self.send_100_continue_enabled = False
        with suppress(TimeoutError), gevent.Timeout(_REST_S, TimeoutError()):
            while self.read(_REST_READ_BYTES):
                continue


def files_allowed() -> int:
    """How many files the process may have open, after asking for as many as it may ask for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, _MOST_FILES) if hard != resource.RLIM_INFINITY else _MOST_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted
