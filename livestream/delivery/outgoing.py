"""What waits to be written to one viewer: nothing as a rule, in order always, never without bound.

A frame goes out at once where nothing waits and the socket takes it; else it waits for a greenlet that
lives only as long as something does. Stands in the place of Engine.IO's queue and its writer, which is a
greenlet for each viewer. A client for which more than 256 frames wait loses its connection (`live.md`).
"""

import struct
import time
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import engineio
import gevent
import structlog
from engineio.packet import PING, Packet
from engineio.socket import Socket
from gevent import Greenlet

log = structlog.get_logger()

MOST_WAITING = 256


class Line(Protocol):
    """A websocket as it is written to."""

    def send_at_once(self, frame: bytes) -> bool:
        """Write `frame` without waiting; False if nothing of it was written."""

    def send_frame(self, frame: bytes) -> None:
        """Write all of `frame`, however long that takes; raises OSError if it cannot."""

    def close(self) -> None:
        """Say goodbye."""


class Outgoing:
    """Takes the place of one Engine.IO socket's queue; `None` in it is the end, as there."""

    __slots__ = ("_hang_up", "_is_over", "_line", "_waiting", "_writer")

    def __init__(self, line: Line, hang_up: Callable[[], None]) -> None:
        """`hang_up` is called if the client reads too slowly; it puts the end."""
        self._line = line
        self._hang_up = hang_up
        self._waiting: deque[bytes | None] | None = None
        self._writer: Greenlet[[], None] | None = None
        self._is_over = False

    def put(self, packet: Packet | None) -> None:
        """Send a packet, or after all others the goodbye."""
        if packet is None:
            self._wait(None)
        else:
            self.send(text_frame(packet.encode()))

    def send(self, frame: bytes) -> None:
        """Send a frame after those that wait; nothing after the end."""
        if self._writer is not None or not self._line.send_at_once(frame):
            self._wait(frame)

    def join(self) -> None:
        """Wait until nothing waits."""
        if self._writer is not None:
            self._writer.join()

    def _wait(self, frame: bytes | None) -> None:
        if self._is_over:
            return
        if self._waiting is None:
            self._waiting = deque()
        if frame is None:
            self._is_over = True
        elif len(self._waiting) >= MOST_WAITING:
            log.info("slow_viewer_dropped")
            self._hang_up()
            return
        self._waiting.append(frame)
        if self._writer is None:
            self._writer = gevent.spawn(self._write)

    def _write(self) -> None:
        """Write what waits, in order; say goodbye at the end, or when nobody takes it."""
        waiting = self._waiting
        try:
            while waiting:
                frame = waiting.popleft()
                if frame is None:
                    break
                self._line.send_frame(frame)
        except OSError:
            log.info("slow_viewer_dropped")
            self._is_over = True
        if self._is_over:
            self._line.close()
        self._waiting = self._writer = None


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


def send_without_queues(server: engineio.Server) -> None:
    """Hand packets to the sockets as they are: Engine.IO looks at the clock and the log for each."""

    def send_packet(sid: str, packet: Packet) -> None:
        socket = server.sockets.get(sid)
        if socket is not None and not socket.closed:
            socket.queue.put(packet)

    server.send_packet = send_packet


def ping_by_timer(socket: Socket) -> None:
    """Have an Engine.IO socket wait for its next ping in a timer: a sleeping greenlet costs ten KB."""

    def ping() -> None:
        if not socket.closing and not socket.closed:
            socket.last_ping = time.time()
            socket.send(Packet(PING))

    def schedule_ping() -> None:
        if socket.last_ping:
            socket.last_ping = None
            gevent.spawn_later(socket.server.ping_interval, ping)

    socket.schedule_ping = schedule_ping
