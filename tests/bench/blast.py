"""The same frames to the same five hundred sockets as fast as they go: our wire and the library's.

The room's own pace (five frames a second) is left out here: this is what the wire could carry.
"""

import time
from dataclasses import dataclass

from tests.bench.lines import Broken, HttpLine, SocketLine, Watch
from tests.bench.market import get_request, is_ok

VIEWERS = 500
FRAMES = 50
FRAME_BYTES = 4000
_SILENCE_S = 30.0
_READ_EVERY_S = 0.002  # several frames a read: the client must not take the server's core


@dataclass(frozen=True)
class Blast:
    """How many frames × sockets were delivered in how long."""

    deliveries: int
    wall_s: float
    client_share: float

    @property
    def per_s(self) -> float:
        return self.deliveries / self.wall_s


def tell(url: str, room: str) -> Blast:
    """Have the server tell five hundred joined sockets fifty frames; wait until all have all."""
    viewers = [SocketLine(url) for _ in range(VIEWERS)]
    asking = HttpLine(url)
    try:
        for viewer in viewers:
            if b"true" not in viewer.call(f'42/live,1["join",{{"session":"{room}"}}]'.encode()):
                raise Broken("a viewer could not join")
        return _count(viewers, asking, room)
    finally:
        for line in (*viewers, asking):
            line.close()


def _count(viewers: list[SocketLine], asking: HttpLine, room: str) -> Blast:
    watch, heard = Watch([*viewers, asking]), 0
    path = f"/blast?room={room}&frames={FRAMES}&bytes={FRAME_BYTES}"
    began, cpu = time.perf_counter(), time.process_time()
    asking.send(get_request(asking, path))
    while heard < FRAMES * VIEWERS:
        if time.perf_counter() - began > _SILENCE_S:
            raise Broken(f"{heard} of {FRAMES * VIEWERS} frames came")
        for line, message in watch.heard(1.0):
            if line is asking:
                is_ok(message)
            elif b'"blast"' in message[:120]:
                heard += 1
        time.sleep(_READ_EVERY_S)
    wall_s = time.perf_counter() - began
    watch.close()
    return Blast(heard, wall_s, (time.process_time() - cpu) / wall_s)
