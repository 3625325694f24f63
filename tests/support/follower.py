"""A viewer who holds the room to its promise (P8): each event once, in order, and none left out.

Strict on purpose: a frame that does not begin right after the last event is a `Gap`, though the protocol
lets a page ask again. What was seen is kept, to be compared with the log and folded into a snapshot.
"""

import time
from dataclasses import dataclass, field

import websocket

from livestream.room.snapshot import Snapshot, fold
from tests.support.live_client import Json, LiveSocket


class Gap(Exception):
    """Something was left out, came twice, or came too early."""


@dataclass
class Record:
    """What was seen of a log after its event `last`."""

    last: int
    events: list[Json] = field(default_factory=list)

    def take(self, frame: Json) -> None:
        """Add a frame's events; raises Gap unless they are exactly the next ones."""
        first, last = self.last + 1, frame["to"]
        numbers = [event["seq"] for event in frame["list"]]
        if frame["from"] != first or numbers != list(range(first, last + 1)):
            raise Gap(f"after {self.last} came {frame['from']}–{last}: {numbers}")
        self.events += frame["list"]
        self.last = last


@dataclass
class Follower:
    """One viewer of a session, whose connection may be cut and made again."""

    url: str
    session_id: str
    token: str = ""
    socket: LiveSocket = field(init=False)
    snapshot: Json = field(init=False)
    record: Record = field(init=False)
    frames: list[Json] = field(default_factory=list)

    def join(self) -> "Follower":
        """Join for the first time: the snapshot is where everything begins."""
        self.socket = LiveSocket(self.url, self.token)
        told = self.socket.call("join", {"session": self.session_id})
        assert told["seq"] == told["snapshot"]["seq"], told
        self.snapshot = told["snapshot"]
        self.record = Record(told["seq"])
        return self

    def rejoin(self) -> None:
        """Join again and be told what was missed since the last event seen."""
        self.socket = LiveSocket(self.url, self.token)
        asked = {"session": self.session_id, "after_seq": self.record.last}
        self._take(self.socket.call("join", asked))

    def cut(self) -> None:
        """Lose the connection without a word; what has arrived unread is lost with it."""
        assert self.socket.socket.sock is not None
        self.socket.socket.sock.close()

    def drain(self) -> None:
        """Read what still comes from a server that is gone."""
        try:
            while True:
                self._take(self.socket.wait_for("events", timeout=5))
        except (OSError, ConnectionError, websocket.WebSocketException):
            return

    def read_until(self, seq: int, within_s: float = 20.0) -> None:
        """Read until the event `seq` has been seen."""
        deadline = time.monotonic() + within_s
        while self.record.last < seq:
            self._take(self.socket.wait_for("events", timeout=deadline - time.monotonic()))

    def folded(self) -> Snapshot:
        """The session as this viewer's page would show it."""
        return fold(self.snapshot, self.record.events)

    def _take(self, frame: Json) -> None:
        self.frames.append(frame)
        self.record.take(frame)
