"""Two thousand viewers, claims at an even pace, and the same while the room's chat is ten times as much.

Open loop: a claim or a line is sent when it is due, whatever the server has answered so far, so a server
that falls behind shows it in the delays. Refused chat is chat that was shed; a refused claim ends the
bench.
"""

import itertools
import json
import time
import uuid
from dataclasses import dataclass, field

from tests.bench.claims import claim_packet, is_acked
from tests.bench.crowd import Crowd
from tests.bench.lines import Broken, HttpLine, SocketLine, Watch
from tests.bench.market import Market

VIEWERS = 2_000
CLAIMS_PER_S = 200
CHAT_PER_S = 2_000
_CLAIMANTS = 300
_LATE_S = 20.0
_TALK = (
    "chào cả nhà",
    "chè ngon quá",
    "nhà mình ở Tân Cương ạ",
    "ship về Hà Nội mấy ngày?",
    "đẹp quá 😍",
)
_CHAT_FROM = 100_000_000  # packet ids of lines of chat: no claim has one as high


@dataclass
class Flooded:
    """Seconds from claim to ack, and how many lines of chat were kept and shed."""

    delays: list[float] = field(default_factory=list)
    kept: int = 0
    shed: int = 0


@dataclass(frozen=True)
class Compared:
    """Seconds from claim to ack without and with the chat, and the share of the chat that was shed."""

    quiet: list[float]
    flooded: list[float]
    shed_share: float


def compare(market: Market, session_id: str, seconds: float) -> Compared:
    """Claim without chat and with it, in front of the same viewers."""
    crowd = Crowd(market.server.url, session_id)
    lines = [SocketLine(market.server.url, token) for token in market.tokens]
    try:
        crowd.grow(VIEWERS)
        crowd.listen()
        quiet = _Flood(session_id, lines, 0).run(seconds)
        flooded = _Flood(session_id, lines, CHAT_PER_S).run(seconds)
    finally:
        crowd.close()
        for line in lines:
            line.close()
    share = flooded.shed / max(flooded.kept + flooded.shed, 1)
    return Compared(quiet.delays, flooded.delays, share)


class _Flood:
    """One run: some of the buyers claim, the others talk."""

    def __init__(self, session_id: str, lines: list[SocketLine], chat_per_s: int) -> None:
        self._session_id = session_id
        self._claimants = itertools.cycle(lines[:_CLAIMANTS])
        self._talkers = itertools.cycle(lines[_CLAIMANTS:])
        self._watch = Watch(lines)
        self._chat_per_s = chat_per_s
        self._run = uuid.uuid4().hex[:12]
        self._due_at: dict[int, float] = {}
        self._seen = Flooded()
        self._claims = self._said = 0

    def run(self, seconds: float) -> Flooded:
        """Send what is due for `seconds`; wait until every claim is acknowledged."""
        began, passed = time.perf_counter(), 0.0
        while passed < seconds or self._due_at:
            passed = time.perf_counter() - began
            if passed > seconds + _LATE_S:
                raise Broken(f"{len(self._due_at)} claims were not acknowledged")
            self._send_due(began, min(passed, seconds))
            for _line, packet in self._watch.heard(0.002):
                self._note(packet)
        self._watch.close()
        return self._seen

    def _send_due(self, began: float, passed: float) -> None:
        while self._claims < int(passed * CLAIMS_PER_S):
            self._claims += 1
            self._due_at[self._claims] = began + self._claims / CLAIMS_PER_S
            next(self._claimants).send(claim_packet(self._session_id, self._run, self._claims))
        while self._said < int(passed * self._chat_per_s):
            self._said += 1
            self._talk(next(self._talkers))

    def _talk(self, line: HttpLine) -> None:
        said = {
            "session": self._session_id,
            "text": _TALK[self._said % len(_TALK)],
            "client_id": f"{self._run}-chat-{self._said:08}",
        }
        packet = f"42/live,{_CHAT_FROM + self._said}{json.dumps(['comment', said])}"
        line.send(packet.encode())

    def _note(self, packet: bytes) -> None:
        if not packet.startswith(b"43/live,"):
            return
        number = int(packet[8 : packet.index(b"[")])
        if number > _CHAT_FROM:
            accepted = b'"ok":true' in packet[:60]
            self._seen.kept += accepted
            self._seen.shed += not accepted
        elif is_acked(packet):
            self._seen.delays.append(time.perf_counter() - self._due_at.pop(number))
