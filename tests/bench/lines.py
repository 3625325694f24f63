"""The bench's own clients: raw connections, read by one selector, so that the client never is the limit.

No library parses or copies here; one process drives five hundred sockets with a fraction of a core. The
share of a core it used is reported with each load, so that a saturated client would be seen.
"""

import re
import selectors
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_READ_BYTES = 1 << 18
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SILENCE_S = 30.0


class Broken(Exception):
    """The server closed a connection, refused one or answered nonsense: there is no figure to report."""


class HttpLine:
    """One keep-alive HTTP/1.1 connection; what is sent and read is whole requests and answers."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        self.host = where.netloc
        self.socket = socket.create_connection((where.hostname, where.port), timeout=_SILENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.waiting = bytearray()
        self.asked_at = 0.0

    def fileno(self) -> int:
        return self.socket.fileno()

    def send(self, message: bytes) -> None:
        """Send one request (small: it fits the socket's buffer)."""
        self.asked_at = time.perf_counter()
        self.socket.sendall(message)

    def read(self) -> list[bytes]:
        """What has come in whole since the last call; waits if nothing has."""
        chunk = self.socket.recv(_READ_BYTES)
        if not chunk:
            raise Broken("the server closed the connection")
        self.waiting += chunk
        return list(self._whole())

    def _whole(self) -> Iterator[bytes]:
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.waiting[: end + 2])
            length = _LENGTH.search(head)
            if length is None:
                raise Broken(f"an answer without a length: {head[:200]!r}")
            size = end + 4 + int(length.group(1))
            if len(self.waiting) < size:
                return
            yield bytes(self.waiting[:size])
            del self.waiting[:size]

    def close(self) -> None:
        self.socket.close()


class SocketLine(HttpLine):
    """One Socket.IO connection to `/live`: packets as text, pings answered here."""

    def __init__(self, url: str, token: str = "") -> None:
        super().__init__(url)
        self._upgrade()
        self._early = list(self._whole())  # may have come with the answer to the upgrade
        self._expect(b"0{")
        self.send(b"40/live," + (b'{"token":"%s"}' % token.encode() if token else b""))
        self._expect(b"40/live")

    def _upgrade(self) -> None:
        self.socket.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: " + self.host.encode()
            + b"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )  # fmt: skip
        while (end := self.waiting.find(b"\r\n\r\n")) < 0:
            chunk = self.socket.recv(_READ_BYTES)
            if not chunk:
                raise Broken("the server refused the websocket")
            self.waiting += chunk
        if not self.waiting.startswith(b"HTTP/1.1 101"):
            raise Broken(f"no websocket: {bytes(self.waiting[:200])!r}")
        del self.waiting[: end + 4]

    def _expect(self, beginning: bytes) -> bytes:
        while not self._early:
            self._early += self.read()
        packet = self._early.pop(0)
        if not packet.startswith(beginning):
            raise Broken(f"expected {beginning!r}, got {packet[:200]!r}")
        return packet

    def send(self, message: bytes) -> None:
        """Send one packet."""
        super().send(client_frame(message))

    def call(self, packet: bytes) -> bytes:
        """Send one packet and wait for its ack; what else comes first is dropped (set-up only)."""
        self.send(packet)
        while not (self._early and self._early[0].startswith(b"43/live,")):
            self._early = [*self._early[1:], *self.read()]
        return self._early.pop(0)

    def _whole(self) -> Iterator[bytes]:
        at = 0
        while (found := _server_frame(self.waiting, at)) is not None:
            opcode, start, at = found
            if opcode == 8:
                raise Broken("the server closed the websocket")
            payload = bytes(self.waiting[start:at])
            if payload == b"2":
                self.socket.sendall(client_frame(b"3"))
            else:
                yield payload
        del self.waiting[:at]


def client_frame(payload: bytes) -> bytes:
    """`payload` as a masked text frame; the mask is zero, which RFC 6455 allows and costs nothing."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BBI", 0x81, 0x80 | size, 0) + payload
    return struct.pack("!BBHI", 0x81, 0x80 | 126, size, 0) + payload


def _server_frame(data: bytearray, at: int) -> tuple[int, int, int] | None:
    """Opcode, start and end of the payload of the frame that begins at `at`, or None until it is whole."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1], at + 2
    if size == 126:
        start = at + 4
        size = int.from_bytes(data[at + 2 : at + 4])
    elif size == 127:
        start = at + 10
        size = int.from_bytes(data[at + 2 : at + 10])
    if len(data) < start + size or len(data) < start:
        return None
    return data[at] & 15, start, start + size


@dataclass
class Load:
    """What a closed loop saw: seconds per answer, how long it ran, how busy this client was."""

    latencies: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    client_share: float = 0.0

    @property
    def per_s(self) -> float:
        return len(self.latencies) / self.wall_s


class Watch:
    """All connections of one load on one selector."""

    def __init__(self, lines: Sequence[HttpLine]) -> None:
        self._selector = selectors.DefaultSelector()
        for line in lines:
            self.add(line)

    def add(self, line: HttpLine) -> None:
        """Hear one more."""
        self._selector.register(line, selectors.EVENT_READ, line)

    def heard(self, timeout_s: float) -> Iterator[tuple[HttpLine, bytes]]:
        """Everything that has come, connection by connection; waits at most `timeout_s` for something."""
        for key, _ in self._selector.select(timeout_s):
            for message in key.data.read():
                yield key.data, message

    def close(self) -> None:
        self._selector.close()


def closed_loop(
    lines: Sequence[HttpLine],
    seconds: float,
    request: Callable[[HttpLine], bytes],
    answers: Callable[[bytes], bool],
    at_once: int | None = None,
) -> Load:
    """Keep `at_once` requests under way for `seconds`, the lines in turn, then wait for the last answers.

    Without `at_once` it is one on each line. `answers` says whether a message answers the request, and
    raises Broken when it is a refusal: a figure never counts errors.
    """
    load, watch, idle = Load(), Watch(lines), deque(lines)
    began, cpu = time.perf_counter(), time.process_time()
    now, under_way = began, at_once or len(lines)
    for _ in range(under_way):
        line = idle.popleft()
        line.send(request(line))
    while under_way:
        if time.perf_counter() - now > _SILENCE_S:
            raise Broken(f"{under_way} requests were not answered in {_SILENCE_S:.0f} s")
        for answered, answer in watch.heard(1.0):
            now = time.perf_counter()
            if not answers(answer):
                continue
            load.latencies.append(now - answered.asked_at)
            idle.append(answered)
            if now - began < seconds:
                line = idle.popleft()
                line.send(request(line))
            else:
                under_way -= 1
    load.wall_s = time.perf_counter() - began
    load.client_share = (time.process_time() - cpu) / load.wall_s
    watch.close()
    return load
