"""The websocket layer below Socket.IO: bounded in, whole frames out, nobody slows the room.

Each rule here was shown to bite (`live.md`, socket hygiene): messages are bounded while they arrive and
refused with 1009; nothing is read before what came earlier has been dealt with, and everybody else has
had a turn; no compression; a frame is written whole or the connection ends; a client that reads too
slowly, or talks too fast, loses its connection, never the room. One greenlet a viewer: it reads and serves;
what is written to the viewer is written by whoever has something to say (`outgoing`).
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from socket import SHUT_WR
from types import MethodType
from typing import Any, ClassVar, cast

import gevent
import gevent.lock
import simple_websocket
import structlog
from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import Packet
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.utilities import LocalProtocolError

from core import clock
from core.errors import TooFast
from core.rate import Buckets, Limit
from livestream.delivery.outgoing import Outgoing

log = structlog.get_logger()

MESSAGE_BYTES = 64 * 1024
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

    __slots__ = ("_broken", "_deaf", "_pace", "_sock", "_turn")

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._turn = gevent.lock.Semaphore(1)
        self._broken = False
        self._deaf = False
        self._pace = Buckets(most=1)

    def send(self, data: bytes) -> int:
        with self._turn:
            self._write(data)
        return len(data)

    def send_at_once(self, data: bytes) -> bool:
        """Write `data` without waiting; False if nothing of it was written, because its turn is not now.

        What the socket's buffer did not take is written by the next who is free to wait, ahead of all else.
        """
        if self._broken or self._turn.locked():
            return False
        try:
            written: int = self._sock._sock.send(data)  # past gevent, which would only wait
        except OSError:  # full, or gone: the patient road finds out which
            return False
        if written < len(data):
            self._turn.acquire(blocking=False)
            gevent.spawn(self._write_rest, data[written:])
        return True

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
        """What the client says next; others have a turn first.

        Nothing for one that sends pieces without end, be they pings or crumbs of a message.
        """
        gevent.sleep(0)
        if self._deaf:
            return b""
        received: bytes = self._sock.recv(size)
        return received if is_in_pace(self._pace, _PIECES) else b""

    def stop_reading(self) -> None:
        """Hear nothing more: whoever waits for what the client says next learns that none will come."""
        self._deaf = True
        gevent.get_hub().cancel_wait(self._sock._read_event, OSError("we have said goodbye"))

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


class _NoThread:
    """What `simple_websocket` gets instead of a thread to read in: here who listens reads."""

    name = ""

    def __init__(self, target: object) -> None:
        """Nothing is ever run."""

    def start(self) -> None:
        """Nothing is ever run."""


class _Connection(simple_websocket.Server):
    """A websocket that is read by who listens to it, and no faster."""

    is_closing = False

    def __init__(self, environ: Environ) -> None:
        super().__init__(
            {name: environ[name] for name in _HANDSHAKE if name in environ},
            receive_bytes=_RECEIVE_BYTES,
            max_message_size=MESSAGE_BYTES,
            thread_class=_NoThread,
            event_class=_NoEvent,
        )
        self.ws = Connection(ConnectionType.SERVER)  # the handshake's half is not needed any more

    def receive(self, timeout: float | None = None) -> str | bytes | None:
        """The next message; raises ConnectionClosed if there will be none."""
        while not self.input_buffer:
            if not self.connected or self.is_closing:
                raise simple_websocket.ConnectionClosed(self.close_reason, self.close_message)
            self._read()
        message: str | bytes = self.input_buffer.pop(0)
        return message

    def _read(self) -> None:
        try:
            if received := self.sock.recv(self.receive_bytes):
                self.ws.receive_data(received)
            self.connected = bool(received) and bool(self._handle_events())
        except (OSError, LocalProtocolError):
            self.connected = False

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye; whoever waits for the next message learns at once that none will come."""
        self.is_closing = True
        try:
            super().close(reason, message)
        finally:
            self.sock.stop_reading()


class _NoEvent:
    """What `simple_websocket` gets instead of an event to wait for: here nobody waits for a reader."""

    def set(self) -> None:
        """Nobody waits."""


class LiveWebSocket:
    """What Engine.IO uses as its websocket: bounded, uncompressed, and deaf to packets we do not speak."""

    roads: ClassVar[dict[str, Outgoing]] = {}
    """What is written to each connected viewer, by Engine.IO's sid."""

    def __init__(self, handler: Callable[["LiveWebSocket"], object], _server: object) -> None:
        self._socket: Any = cast(MethodType, handler).__self__
        self._connection: Any = None
        self._pace = Buckets(most=1)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Shake hands and serve until the client is gone (in the place of Engine.IO's own loop)."""
        sock = environ["gunicorn.socket"] = WholeFrames(environ["gunicorn.socket"])
        self._connection = _Connection(environ)
        socket = self._socket
        waited, socket.queue = (
            socket.queue,
            Outgoing(self, partial(socket.close, wait=False, abort=True)),
        )
        self.roads[socket.sid] = socket.queue
        socket.connected = socket.upgraded = True
        while not waited.empty():
            socket.queue.put(waited.get())
        try:
            self._serve(socket)
        finally:
            del self.roads[socket.sid]
            self._leave(socket, sock)
        raise StopIteration  # tells gunicorn that the socket is no longer its own

    def _serve(self, socket: Any) -> None:
        """Read and serve packets, one after the other, until no more will come."""
        while (message := self.wait()) is not None:
            try:
                socket.receive(Packet(encoded_packet=message))
            except UnknownPacketError:
                log.debug("unknown_packet")
            except SocketIsClosedError:
                return
            except Exception as error:
                log.exception("packet_failed", exc_info=error)
                return

    def _leave(self, socket: Any, sock: WholeFrames) -> None:
        """Let what was said still go out, tell Engine.IO, and end the connection."""
        socket.queue.put(None)
        socket.queue.join()
        socket.close(wait=False, abort=True, reason=socket.server.reason.TRANSPORT_CLOSE)
        socket.server.sockets.pop(socket.sid, None)
        sock.close()

    def send_at_once(self, frame: bytes) -> bool:
        """Write `frame` without waiting; False if nothing of it was written."""
        connection = self._connection
        return bool(connection.connected) and bool(connection.sock.send_at_once(frame))

    def send_frame(self, frame: bytes) -> None:
        """Write all of `frame`; raises OSError if the connection has ended or ends over it."""
        if not self._connection.connected:
            raise OSError("closed")
        self._connection.sock.send(frame)

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
