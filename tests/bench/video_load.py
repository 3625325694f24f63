"""What video costs: ten streams on one core, and three hundred viewers of one, beside nothing else.

Processor time is that of the engine with all its programs, read from /proc; memory is the engine's own.
"""

import os
import re
import selectors
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.figures import percentile
from tests.bench.lines import Broken
from tests.factories.recordings import recording
from tests.support.live_feed import fed
from tests.support.media_engine import Engine

STREAMS, VIEWERS = 10, 300
KBITS = 900
_SECONDS = 8.0
_RECORDED_S = 20
_WARM_S = 3.0
_READ_BYTES = 1 << 18
_TICKS = os.sysconf("SC_CLK_TCK")


def ten_streams(folder: Path) -> dict[str, float]:
    """Ten phones send, engine and programs on one core: how busy it is, how fast the slowest stream is."""
    recording(_RECORDED_S, kbits=KBITS)  # made before anything is measured
    with Engine(folder) as engine, ExitStack() as feeds:
        core = min(os.sched_getaffinity(0))
        os.sched_setaffinity(engine.pid, {core})
        names = [f"ten_{number:02d}_0123456789abcdef" for number in range(STREAMS)]
        sending = [feeds.enter_context(fed(engine, name, _RECORDED_S, KBITS)) for name in names]
        for feed in sending:
            feed.wait_for_picture()
        time.sleep(_WARM_S)
        before, ends = _used_s(engine), [_end_s(engine, name) for name in names]
        began = time.monotonic()
        time.sleep(_SECONDS)
        passed_s = time.monotonic() - began
        grown = [_end_s(engine, name) - end for name, end in zip(names, ends, strict=True)]
        busy = (_used_s(engine) - before) / passed_s
    return {
        "video.ten.busy": busy * 100,
        "video.stream.busy": busy * 100 / STREAMS,
        "video.ten.speed": min(grown) / passed_s * 100,
    }


def many_viewers(folder: Path) -> dict[str, float]:
    """Three hundred watch one stream: what each costs, whether one of them gets less than the others."""
    name = "many_0123456789abcdef"
    with Engine(folder) as engine, fed(engine, name, _RECORDED_S, KBITS) as feed:
        feed.wait_for_picture()
        alone_s = _busy(engine, _WARM_S)
        memory_mb, crowd = engine.resident_mb, _Watchers(engine, name)
        crowd.read(_WARM_S)
        before, heard = _used_s(engine), dict(crowd.heard)
        crowd.pauses.clear()
        crowd.read(_SECONDS)
        busy = (_used_s(engine) - before) / _SECONDS
        got = [crowd.heard[line] - heard[line] for line in heard]
        measured = {
            "video.viewer.busy": (busy - alone_s) * 100 / VIEWERS,
            "video.viewer.kb": (engine.resident_mb - memory_mb) * 1024 / VIEWERS,
            "video.viewers.least": min(got) / percentile([float(one) for one in got], 50) * 100,
            "video.viewers.pause_ms": max(crowd.pauses) * 1000,
        }
        crowd.close()
    return measured


@dataclass
class _Watchers:
    """Raw connections that read the endless picture as it comes."""

    engine: Engine
    stream: str
    heard: dict[socket.socket, int] = field(default_factory=dict)
    pauses: list[float] = field(default_factory=list)
    _last: dict[socket.socket, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        asked = f"GET /{self.stream}/picture/live.mp4 HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        for _ in range(VIEWERS):
            line = self.engine.connected()
            line.sendall(asked)
            self._selector.register(line, selectors.EVENT_READ)
            self.heard[line] = 0
            self._last[line] = time.monotonic()

    def read(self, seconds: float) -> None:
        """Read what comes; note the longest time that one of them got nothing."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for key, _ in self._selector.select(0.1):
                line = key.fileobj
                assert isinstance(line, socket.socket)
                data, now = line.recv(_READ_BYTES), time.monotonic()
                if not data:
                    raise Broken("a viewer was let go")
                self.heard[line] += len(data)
                self.pauses.append(now - self._last[line])
                self._last[line] = now
            time.sleep(0.005)  # several parts a read: viewers must not take the engine's core

    def close(self) -> None:
        for line in self.heard:
            line.close()
        self._selector.close()


def _end_s(engine: Engine, stream: str) -> float:
    """How far a stream has come: seconds of media up to the newest segment that is listed."""
    text = engine.get(f"/{stream}/picture/live.m3u8").body
    sequence = int(text.partition(b"MEDIA-SEQUENCE:")[2].split()[0])
    kept = re.findall(rb"#EXTINF:([\d.]+)", text)
    newest = text[text.rfind(b"seg-") :]
    parts = re.findall(rb"#EXT-X-PART:DURATION=([\d.]+)", newest)
    average = sum(map(float, kept)) / len(kept)
    return sequence * average + sum(map(float, kept)) + sum(map(float, parts))


def _busy(engine: Engine, seconds: float) -> float:
    before = _used_s(engine)
    time.sleep(seconds)
    return (_used_s(engine) - before) / seconds


def _used_s(engine: Engine) -> float:
    """Processor time of the engine and the programs it runs now."""
    return sum(map(_used_by, [engine.pid, *engine.programs]))


def _used_by(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS  # its own, and that of programs that ended
