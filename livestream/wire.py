"""The websocket layer below Socket.IO: bounded in, whole frames out, nobody slows the room.

Each rule here was shown to bite (`live.md`, socket hygiene): messages are bounded while they arrive and
refused with 1009; nothing is read before what came earlier has been dealt with, and everybody else has
had a turn; no compression; a frame is written whole or the connection ends; a client that reads too
slowly, or talks too fast, loses its connection, never the room.
"""

import re
import struct
from collections.abc import Callable, Iterable
from functools import lru_cache
from socket import SHUT_WR
from types import MethodType
from typing import Any, ClassVar, cast
from weakref import WeakKeyDictionary

import engineio
import gevent.event
import gevent.lock
import simple_websocket
import structlog
from engineio.async_drivers.gevent import Thread
from engineio.packet import Packet

from core import clock
from core.errors import TooFast
from core.rate import Buckets, Limit

log = structlog.get_logger()

MESSAGE_BYTES = 64 * 1024
MOST_WAITING = 256
_SEND_S = 10.0
_LINGER_S = 1.0
_RECEIVE_BYTES = 1024  # at most some 170 of the smallest frames, which cost four milliseconds
_LINGER_BYTES = 64 * 1024
_PIECES = Limit("socket.pieces", burst=150, refill_ms=20)
_PACKETS = Limit("socket.packets", burst=300, refill_ms=20)
_HANDSHAKE = (
    "gunicorn.socket",
    "HTTP_HOST",
    "HTTP_UPGRADE",
    "HTTP_CONNECTION",
    "HTTP_SEC_WEBSOCKET_KEY",
    "HTTP_SEC_WEBSOCKET_VERSION",
)
# Engine.IO packets a browser sends here: close, pong, and Socket.IO's, which `packets` judges.
_KNOWN_PACKET = re.compile(r"(?:1|3|4[0-6].*)\Z", re.DOTALL)

Environ = dict[str, Any]
StartResponse = Callable[..., object]


class SlowViewer(OSError):
    """A client did not take a frame in ten seconds."""


class WholeFrames:
    """A socket whose `send` writes everything or ends the connection: half a frame corrupts a stream."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._turn = gevent.lock.Semaphore(1)
        self._broken = False
        self._deaf = False
        self._pace = Buckets(most=1)
        self.hungry = gevent.event.Event()
        self.hungry.set()

    def send(self, data: bytes) -> int:
        with self._turn:
            self._write(data)
        return len(data)

    def send_at_once(self, data: bytes) -> bool:
        """Write `data` without waiting; False if nothing of it was written, because its turn is not now.

        What the socket's buffer did not take is written by the next who is free to wait, ahead of all else.
        """
        if self._broken or not self._turn.acquire(blocking=False):
            return False
        try:
            written: int = self._sock.send(data, 0, timeout=0.0)
        except OSError:  # full, or gone: the patient road finds out which
            written = 0
        if 0 < written < len(data):
            gevent.spawn(self._write_rest, data[written:])
        else:
            self._turn.release()
        return written > 0

    def _write_rest(self, data: bytes) -> None:
        """Write the rest of a frame and then end the turn that began with it."""
        try:
            self._write(data)
        except OSError:
            log.info("slow_viewer_dropped")
        finally:
            self._turn.release()

    def _write(self, data: bytes) -> None:
        if self._broken:
            raise OSError("the connection has ended")
        try:
            with gevent.Timeout(_SEND_S, SlowViewer()):
                self._sock.sendall(data)
        except OSError:
            self._broken = True
            self._sock.close()
            raise

    def recv(self, size: int) -> bytes:
        """What the client says next, after what it said before was dealt with; others have a turn first.

        Nothing for one that sends pieces without end, be they pings or crumbs of a message.
        """
        gevent.sleep(0)
        self.hungry.wait()
        if self._deaf:
            return b""
        received: bytes = self._sock.recv(size)
        return received if is_in_pace(self._pace, _PIECES) else b""

    def stop_reading(self) -> None:
        """Hear nothing more: to whoever reads, the client is gone."""
        self._deaf = True
        self.hungry.set()

    def close(self) -> None:
        """Say goodbye and take what is still coming: data left unread would wipe out the close frame."""
        try:
            self._sock.shutdown(SHUT_WR)
            with gevent.Timeout(_LINGER_S, SlowViewer()):
                while self._sock.recv(_LINGER_BYTES):
                    gevent.sleep(0)  # or a client that goes on talking would keep the clock from us
        except OSError:
            log.debug("peer_already_gone")
        self._sock.close()

    def fileno(self) -> int:
        number: int = self._sock.fileno()
        return number


class _Connection(simple_websocket.Server):
    """A websocket that reads no faster than it is listened to, and shares what it builds to send."""

    is_closing = False

    def send(self, data: str | bytes) -> None:
        if not self.connected:
            raise simple_websocket.ConnectionClosed(self.close_reason, self.close_message)
        if isinstance(data, bytes):
            super().send(data)
        else:
            self.sock.send(text_frame(data))

    def receive(self, timeout: float | None = None) -> str | bytes | None:
        message: str | bytes | None = super().receive(timeout)
        if not self.input_buffer:
            self.sock.hungry.set()
        return message

    def _handle_events(self) -> bool:
        goes_on = bool(super()._handle_events())
        if self.input_buffer:
            self.sock.hungry.clear()
        return goes_on and not self.is_closing

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye; whoever waits for the next message learns at once that none will come."""
        self.is_closing = True
        try:
            super().close(reason, message)
        finally:
            self.event.set()

    def send_at_once(self, text: str) -> bool:
        return bool(self.connected) and self.sock.send_at_once(text_frame(text))


class LiveWebSocket:
    """What Engine.IO uses as its websocket: bounded, uncompressed, and deaf to packets we do not speak."""

    of: ClassVar["WeakKeyDictionary[object, LiveWebSocket]"] = WeakKeyDictionary()

    def __init__(self, handler: Callable[["LiveWebSocket"], object], _server: object) -> None:
        self._handler = handler
        self._connection: Any = None
        self._pace = Buckets(most=1)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        environ["gunicorn.socket"] = WholeFrames(environ["gunicorn.socket"])
        self._connection = _Connection(
            {name: environ[name] for name in _HANDSHAKE if name in environ},
            receive_bytes=_RECEIVE_BYTES,
            max_message_size=MESSAGE_BYTES,
            thread_class=Thread,
            event_class=gevent.event.Event,
        )
        self.of[cast(MethodType, self._handler).__self__] = self
        self._handler(self)
        self._connection.sock.stop_reading()
        self._connection.thread.join(_LINGER_S + 1)
        raise StopIteration  # tells gunicorn that the socket is no longer its own

    def send(self, message: str | bytes) -> None:
        try:
            self._connection.send(message)
        except simple_websocket.ConnectionClosed as error:
            raise OSError("closed") from error

    def send_at_once(self, message: str) -> bool:
        """Send without waiting; False if nothing was sent."""
        return bool(self._connection.send_at_once(message))

    def wait(self) -> str | None:
        """The next packet we speak, or None when the client is gone, sends bytes or talks without end."""
        while True:
            gevent.sleep(0)
            try:
                message = self._connection.receive()
            except simple_websocket.ConnectionClosed:
                return None
            if not isinstance(message, str) or not is_in_pace(self._pace, _PACKETS):
                return None
            if _KNOWN_PACKET.match(message):
                return message

    def close(self) -> None:
        try:
            if self._connection.connected:
                self._connection.close()
        except OSError:
            log.debug("websocket_already_gone")


def is_in_pace(pace: Buckets, limit: Limit) -> bool:
    """Whether one client may go on; one that may not is hung up on, for answers would only feed it."""
    try:
        pace.take(limit, "", clock.machine_ms())
    except TooFast:
        log.info("hasty_client_dropped", limit=limit.name)
        return False
    return True


@lru_cache(maxsize=64)
def text_frame(text: str) -> bytes:
    """`text` as one unmasked, unfragmented websocket text frame (RFC 6455, 5.2)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        header = struct.pack("!BB", 0x81, size)
    elif size < 65536:
        header = struct.pack("!BBH", 0x81, 126, size)
    else:
        header = struct.pack("!BBQ", 0x81, 127, size)
    return header + payload


def bound_outgoing(server: engineio.Server) -> None:
    """Write packets at once where nothing waits; end a connection for which more than 256 packets do."""

    def send_packet(sid: str, packet: Packet) -> None:
        socket = server.sockets.get(sid)
        if socket is None or socket.closed:
            return
        if socket.queue.empty() and _sent_at_once(socket, packet):
            return
        if socket.queue.qsize() >= MOST_WAITING:
            log.info("slow_viewer_dropped")
            socket.close(wait=False, abort=True)
            return
        socket.send(packet)

    server.send_packet = send_packet


def _sent_at_once(socket: object, packet: Packet) -> bool:
    """The fast road: a third of the time of a queue and a greenlet for each listener.

    It keeps the order: while the socket's own greenlet has packets in hand it has the turn.
    """
    websocket = LiveWebSocket.of.get(socket)
    return websocket is not None and websocket.send_at_once(packet.encode())
