"""Thousands of viewers for one server, in processes of their own (`gallery`), and what they heard."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.bench.figures import counted_percentile
from tests.bench.lines import Broken
from tests.support.server import ROOT

PROCESSES = 2


@dataclass
class Heard:
    """Frames × viewers, seconds from the first frame's start to the last viewer, delays in ms, CPU."""

    deliveries: int
    wall_s: float
    client_share: float  # of one core, all processes together; the busiest of them cannot exceed 1
    busiest_share: float
    delays_ms: Counter[int] = field(default_factory=Counter)

    @property
    def per_s(self) -> float:
        return self.deliveries / self.wall_s

    def delay_ms(self, percent: int) -> float:
        return float(counted_percentile(self.delays_ms, percent))


class Crowd:
    """The viewers of one room."""

    def __init__(self, url: str, room: str) -> None:
        self.viewers = 0
        command = [sys.executable, "-m", "tests.bench.gallery", url, room]
        self._galleries = [
            subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _ in range(PROCESSES)
        ]

    def grow(self, viewers: int) -> None:
        """Have more come, until there are `viewers`."""
        each, rest = divmod(viewers, PROCESSES)
        joined = self._all(f"join {each + (1 if n < rest else 0)}" for n in range(PROCESSES))
        self.viewers = sum(answer["joined"] for answer in joined)

    @contextmanager
    def hearing(self, frames: int) -> Iterator[list[Heard]]:
        """Inside, the server tells the room `frames` frames; after it the list holds what was heard."""
        heard: list[Heard] = []
        self._all([f"hear {frames}"] * PROCESSES)  # each says that it is ready
        yield heard
        parts = [self._answer(gallery) for gallery in self._galleries]
        delays = Counter[int]()
        for part in parts:
            delays.update({int(ms): count for ms, count in part["delays_ms"].items()})
        began, ended = (pick(part[f"{word}_us"] for part in parts)
                        for pick, word in ((min, "began"), (max, "ended")))  # fmt: skip
        wall_s = (ended - began) / 1e6
        shares = [part["cpu_s"] / wall_s for part in parts]
        heard.append(Heard(frames * self.viewers, wall_s, sum(shares), max(shares), delays))

    def listen(self) -> None:
        """Read whatever the room says, until the crowd leaves."""
        self._all(["listen 0"] * PROCESSES)

    def close(self) -> None:
        """Have all of them leave."""
        for gallery in self._galleries:
            gallery.kill()
            gallery.communicate()

    def _all(self, words: Any) -> list[dict[str, Any]]:
        for gallery, word in zip(self._galleries, words, strict=True):
            assert gallery.stdin is not None
            print(word, file=gallery.stdin, flush=True)
        return [self._answer(gallery) for gallery in self._galleries]

    def _answer(self, gallery: "subprocess.Popen[str]") -> dict[str, Any]:
        assert gallery.stdout is not None
        line = gallery.stdout.readline()
        if not line:
            raise Broken("the viewers ended")
        answer: dict[str, Any] = json.loads(line)
        return answer
