"""How fast a room hears: five hundred joined sockets, claims going on, and when the last one knew.

A frame counts for a viewer only when it continues where the last one ended (promise P8): a gap or a
repeat ends the bench.
"""

import itertools
import json
import time
import uuid
from dataclasses import dataclass, field

from tests.bench.claims import claim_packet, is_acked
from tests.bench.lines import Broken, HttpLine, SocketLine, Watch
from tests.bench.market import Market

VIEWERS = 500
CLAIMS_PER_S = 100
_CLAIMANTS = 40
_LATE_S = 15.0


@dataclass
class Seen:
    """What reached the room: frames × viewers, events × viewers, and delays in seconds."""

    frames: int = 0
    events: int = 0
    wall_s: float = 0.0
    client_share: float = 0.0
    ack_delays: list[float] = field(default_factory=list)
    last_viewer_delays: list[float] = field(default_factory=list)


class Gallery:
    """Viewers of one session, each with the seq it has been told up to."""

    def __init__(self, market: Market, session_id: str) -> None:
        self.session_id = session_id
        self.viewers = [SocketLine(market.server.url) for _ in range(VIEWERS)]
        self.told: dict[HttpLine, int] = {}
        join = f'42/live,1["join",{{"session":"{session_id}"}}]'.encode()
        for viewer in self.viewers:
            self.told[viewer] = _ack(viewer.call(join))["seq"]
        self._frames: dict[bytes, tuple[int, int]] = {}
        self.reached: dict[int, int] = {}
        self.complete_at: dict[int, float] = {}

    def hear(self, viewer: HttpLine, packet: bytes, now: float) -> int:
        """Note a packet; returns how many events it told the viewer (0 when it was no `events` frame)."""
        if not packet.startswith(b'42/live,["events"'):
            return 0
        first, last = self._bounds(packet)
        if first != self.told[viewer] + 1:
            raise Broken(f"a frame from {first} after {self.told[viewer]}: the room lost its order")
        self.told[viewer] = last
        self.reached[last] = self.reached.get(last, 0) + 1
        if self.reached[last] == VIEWERS:
            self.complete_at[last] = now
        return last - first + 1

    def _bounds(self, packet: bytes) -> tuple[int, int]:
        if packet not in self._frames:  # the same bytes come five hundred times
            frame = json.loads(packet.partition(b",")[2])[1]
            if len(self._frames) > 100:
                self._frames.clear()
            self._frames[packet] = (frame["from"], frame["to"])
        return self._frames[packet]

    def have_heard(self, seq: int) -> bool:
        """Whether every viewer has been told up to `seq`."""
        return all(told >= seq for told in self.told.values())

    def heard_at(self, seq: int) -> float:
        """When the last viewer was told of the event `seq`."""
        return min(at for last, at in self.complete_at.items() if last >= seq)

    def close(self) -> None:
        for viewer in self.viewers:
            viewer.close()


def watch_claims(market: Market, session_id: str, seconds: float) -> Seen:
    """Claim at a steady pace for `seconds` in front of five hundred viewers; wait until all know all."""
    gallery = Gallery(market, session_id)
    claimants = [SocketLine(market.server.url, token) for token in market.tokens[:_CLAIMANTS]]
    try:
        return _follow(gallery, claimants, seconds)
    finally:
        gallery.close()
        for line in claimants:
            line.close()


def _follow(gallery: Gallery, claimants: list[SocketLine], seconds: float) -> Seen:
    seen, watch = Seen(), Watch([*gallery.viewers, *claimants])
    pace = _Pace(gallery.session_id, claimants, int(seconds * CLAIMS_PER_S))
    began, cpu = time.perf_counter(), time.process_time()
    while not (pace.all_acked and gallery.have_heard(max(pace.acked_at))):
        pace.claim_what_is_due(time.perf_counter() - began)
        for line, packet in watch.heard(0.005):
            now = time.perf_counter()
            if line in pace.asked_at:
                pace.note_ack(line, packet, now)
            elif told := gallery.hear(line, packet, now):
                seen.frames, seen.events = seen.frames + 1, seen.events + told
        if time.perf_counter() - began > seconds + _LATE_S:
            raise Broken(f"after {_LATE_S:.0f} s not every viewer had heard of every claim")
    seen.wall_s = max(gallery.complete_at.values()) - began
    seen.client_share = (time.process_time() - cpu) / (time.perf_counter() - began)
    seen.ack_delays = pace.delays
    seen.last_viewer_delays = [
        max(gallery.heard_at(seq) - at, 0.0) for seq, at in pace.acked_at.items()
    ]
    watch.close()
    return seen


class _Pace:
    """Claims at even intervals by buyers in turn, and when each was acknowledged."""

    def __init__(self, session_id: str, claimants: list[SocketLine], total: int) -> None:
        self._session_id = session_id
        self._turns = itertools.cycle(claimants)
        self._run = uuid.uuid4().hex[:12]
        self._total, self._sent = total, 0
        self.asked_at: dict[HttpLine, dict[int, float]] = {line: {} for line in claimants}
        self.acked_at: dict[int, float] = {}
        self.delays: list[float] = []

    @property
    def all_acked(self) -> bool:
        return len(self.delays) == self._total

    def claim_what_is_due(self, passed_s: float) -> None:
        while self._sent < min(self._total, int(passed_s * CLAIMS_PER_S) + 1):
            self._sent += 1
            line = next(self._turns)
            self.asked_at[line][self._sent] = time.perf_counter()
            line.send(claim_packet(self._session_id, self._run, self._sent))

    def note_ack(self, line: HttpLine, packet: bytes, now: float) -> None:
        if not is_acked(packet):
            return
        number = int(packet[8 : packet.index(b"[")])
        self.delays.append(now - self.asked_at[line].pop(number))
        self.acked_at[_ack(packet)["seq"]] = now


def _ack(packet: bytes) -> dict[str, int]:
    answer: dict[str, int] = json.loads(packet[packet.index(b"[") :])[0]
    return answer
