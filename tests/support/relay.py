"""A wire between a browser and the server that a test can cut or make deaf, as weak networks do.

Browsers that are told to be offline keep the sockets they have; here those break too.
"""

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

_CHUNK = 65536


@dataclass
class Relay:
    """Carries connections to `target` on 127.0.0.1 from its own `port`, while it is not cut."""

    target: int
    port: int = 0
    cut_off: bool = False
    deaf: bool = False
    most_bytes_per_s: int = 0
    """How much goes from browsers to the server, all connections together; 0: as much as they like."""
    _open: list[socket.socket] = field(default_factory=list)
    _narrow: threading.Lock = field(default_factory=threading.Lock)
    _listener: socket.socket = field(default_factory=socket.socket)

    def start(self) -> "Relay":
        """Listen; `port` is free for others until then."""
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen()
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def cut(self) -> None:
        """Break every connection and let no new one through."""
        self.cut_off = True
        while self._open:
            _hang_up(self._open.pop())

    def mend(self) -> None:
        """Carry again, both ways."""
        self.deaf = self.cut_off = False

    def stop(self) -> None:
        """Cut and stop listening."""
        self.cut()
        _hang_up(self._listener)

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            return _hang_up(near)
        self._open += [near, far]
        if self.cut_off:
            return self.cut()
        threading.Thread(target=self._carry, args=(far, near, True), daemon=True).start()
        self._carry(near, far, False)
        return None

    def _squeeze(self, length: int) -> None:
        """Wait as long as `length` bytes take on a narrow wire; one after the other."""
        if self.most_bytes_per_s:
            with self._narrow:
                time.sleep(length / (self.most_bytes_per_s or length))

    def _carry(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        """Bytes of one way until either end leaves; answers are lost while the wire is deaf."""
        try:
            while data := source.recv(_CHUNK):
                if not answers:
                    self._squeeze(len(data))
                if not (answers and self.deaf):
                    sink.sendall(data)
        except OSError:
            pass
        _hang_up(source)
        _hang_up(sink)


def _hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
