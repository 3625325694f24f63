"""Viewers in a process of their own, so that they never are the limit.

    python -m tests.bench.gallery URL ROOM

Reads `join N`, `hear N` (frames), `listen 0` as lines on stdin and answers each with a line of JSON. A frame
counts for a viewer only if it follows the last one: a gap or a repeat ends the bench.
"""

import gc
import json
import re
import sys
import time
from collections import Counter

from tests.bench.lines import Broken, HttpLine, SocketLine, Watch

_BLAST = re.compile(rb'42/live,\["events",\{"blast":\s*(\d+),\s*"at":\s*(\d+)')
_HEAD_BYTES = 80
_SILENCE_S = 30.0
_READ_EVERY_S = 0.001  # several frames a read: viewers must not take the server's core


class Gallery:
    """Viewers of one room and what they heard of a blast."""

    def __init__(self, url: str, room: str) -> None:
        self._url = url
        self._join = f'42/live,1["join",{{"session":"{room}"}}]'.encode()
        self._viewers: list[SocketLine] = []
        self._watch = Watch([])
        self._heads: dict[bytes, tuple[int, int]] = {}

    def join(self, wanted: int) -> dict[str, object]:
        """Have more viewers come until there are `wanted`."""
        while len(self._viewers) < wanted:
            viewer = SocketLine(self._url)
            if b"true" not in viewer.call(self._join)[:60]:
                raise Broken("a viewer could not join")
            self._viewers.append(viewer)
            self._watch.add(viewer)
            self._answer_pings()
        return {"joined": len(self._viewers)}

    def hear(self, frames: int) -> dict[str, object]:
        """Read until all have heard `frames` frames: when the last one had, the delays, CPU used."""
        told: dict[HttpLine, int] = dict.fromkeys(self._viewers, -1)
        left, delays, cpu = frames * len(told), Counter[int](), time.process_time()
        print(json.dumps({"ready": True}), flush=True)
        until = time.monotonic() + _SILENCE_S
        while left:
            for viewer, packet in self._watch.heard(1.0):
                if found := self._head(packet):
                    number, at_us = found
                    if number != told[viewer] + 1:
                        raise Broken(f"frame {number} after {told[viewer]}")
                    told[viewer], left = number, left - 1
                    delays[(time.monotonic_ns() // 1000 - at_us) // 1000] += 1
            if time.monotonic() > until:
                raise Broken(f"{left} frames did not come")
            time.sleep(_READ_EVERY_S)
        ended_us = time.monotonic_ns() // 1000
        began_us = min(at_us for _, at_us in self._heads.values())
        self._heads.clear()
        return {
            "began_us": began_us,
            "ended_us": ended_us,
            "cpu_s": time.process_time() - cpu,
            "delays_ms": dict(delays),
        }

    def listen(self) -> None:
        """Read what comes until the process is ended."""
        print(json.dumps({"ready": True}), flush=True)
        while True:
            for _ in self._watch.heard(1.0):
                continue
            time.sleep(_READ_EVERY_S)

    def _head(self, packet: bytes) -> tuple[int, int] | None:
        """The number of a frame and when it was sent (µs); None for what is no part of the blast."""
        head = packet[:_HEAD_BYTES]
        found = self._heads.get(head)  # the same bytes come a thousand times
        if found is None and (match := _BLAST.match(head)):
            found = self._heads[head] = (int(match.group(1)), int(match.group(2)))
        return found

    def _answer_pings(self) -> None:
        """Read what has come meanwhile, or those who came first would be taken for gone."""
        if len(self._viewers) % 100 == 0:
            for _ in self._watch.heard(0):
                continue


def main() -> None:
    """Do what stdin says until it ends."""
    gallery = Gallery(sys.argv[1], sys.argv[2])
    gc.disable()
    for line in sys.stdin:
        what, number = line.split()
        if what == "listen":
            gallery.listen()
        answer = gallery.join(int(number)) if what == "join" else gallery.hear(int(number))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
