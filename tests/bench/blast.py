"""The same frames to the same sockets as fast as they go: our wire, node's `socket.io` and the library's own.

The room's own pace (five frames a second) is left out of the race: this is what each could carry; a late
viewer then waits for all frames before its own, so how long a frame takes is measured at that pace. What
the pace is for is measured apart: events gathered into a frame each 20 and each 200 ms.
"""

import os
from pathlib import Path

from tests.bench.crowd import Crowd, Heard
from tests.bench.market import fetch
from tests.support.server import Server

SIZES = (1_000, 5_000)
DELIVERIES = 100_000
GATHERED_EVENTS_PER_S = 3_000
GAPS_MS = (20, 200)
_WARM_FRAMES = 5
_WARM_VIEWERS = 20
_GATHERED_S = 2.0
ROOM_GAP_MS = 200
_ROOM_FRAMES = 10

Measured = dict[str, float]


def race(
    name: str,
    server: Server,
    room: str,
    sizes: tuple[int, ...] = SIZES,
    gathered: bool = False,
) -> Measured:
    """One event a frame to a growing room of a server started anew; also its memory per viewer.

    With `gathered`, the smallest room is then told three thousand events a second in fewer frames.
    """
    measured: Measured = {}
    server.start()
    _warm_up(server, room)
    empty_kb, crowd = memory_kb(server), Crowd(server.url, room)
    try:
        for size in sizes:
            crowd.grow(size)
            measured[f"blast.{name}.{size}.viewer_kb"] = (memory_kb(server) - empty_kb) / size
            measured |= _raced(f"blast.{name}.{size}", crowd, server, room)
            paced = tell(crowd, server, room, _ROOM_FRAMES, 1, ROOM_GAP_MS)
            measured[f"blast.{name}.{size}.paced_p99_ms"] = paced.delay_ms(99)
            if gathered and size == sizes[0]:
                measured |= _gathered(name, crowd, server, room)
    finally:
        crowd.close()
        server.stop()
    return measured


def _raced(key: str, crowd: Crowd, server: Server, room: str) -> Measured:
    used_s, heard = cpu_s(server), tell(crowd, server, room)
    return {
        f"{key}.per_s": heard.per_s,
        f"{key}.p50_ms": heard.delay_ms(50),
        f"{key}.p99_ms": heard.delay_ms(99),
        f"{key}.cpu_us": (cpu_s(server) - used_s) / heard.deliveries * 1e6,
        f"{key}.viewers_busy": heard.busiest_share * 100,
    }


def _gathered(name: str, crowd: Crowd, server: Server, room: str) -> Measured:
    measured: Measured = {}
    for gap_ms in GAPS_MS:
        events = GATHERED_EVENTS_PER_S * gap_ms // 1000
        frames = int(_GATHERED_S * 1000 / gap_ms)
        heard = tell(crowd, server, room, frames, events, gap_ms)
        measured[f"gathered.{name}.{gap_ms}.per_s"] = heard.per_s * events
        measured[f"gathered.{name}.{gap_ms}.p99_ms"] = heard.delay_ms(99)
    return measured


def tell(
    crowd: Crowd, server: Server, room: str, frames: int = 0, events: int = 1, gap_ms: int = 0
) -> Heard:
    """Have the server tell the room `frames` frames, about 100,000 deliveries if none are named."""
    frames = frames or max(DELIVERIES // crowd.viewers, 1)
    with crowd.hearing(frames) as heard:
        fetch(server.url, f"/blast?room={room}&frames={frames}&events={events}&gap_ms={gap_ms}")
    return heard[0]


def memory_kb(server: Server) -> float:
    """The resident memory of the process that serves, in KB (1,024 bytes)."""
    status = Path(f"/proc/{_serving(server)}/status").read_text()
    return float(status.partition("VmRSS:")[2].split()[0])


def cpu_s(server: Server) -> float:
    """The processor time the process that serves has used: the same on a machine with other work."""
    fields = Path(f"/proc/{_serving(server)}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _serving(server: Server) -> str:
    """The process id of gunicorn's worker, or of node."""
    assert server.process is not None
    master = server.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return children[0] if children else str(master)


def _warm_up(server: Server, room: str) -> None:
    """What is made once for the first viewers is no memory of each."""
    crowd = Crowd(server.url, room)
    crowd.grow(_WARM_VIEWERS)
    tell(crowd, server, room, _WARM_FRAMES)
    crowd.close()
