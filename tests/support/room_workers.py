"""Serving processes and phones in little: the real sockets of `livestream.delivery`, wires held by a test.

A worker's rooms look at the log when the test says so, and what they send waits on a wire until the test
delivers or loses it. A phone follows as `_follow.js` does. Refuses to run the rooms' own greenlets.
"""

import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app, request

from core.client_ids import JsonObject
from core.ids import new_id
from livestream.delivery import sockets
from livestream.delivery.delivery import Peer
from livestream.delivery.sockets import Sockets
from livestream.room.snapshot import LogLine, Snapshot, fold
from tests.support.live_client import Json


class Worker(Sockets):
    """One process: its rooms, and a wire to each socket, in order, not yet delivered."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.places: dict[str, set[str]] = defaultdict(set)
        self.wires: dict[str, deque[Json]] = {}

    def send(self, event: str, payload: JsonObject, room: str) -> None:
        """Put an event on the wires of a place; other kinds than `events` may be lost, and are."""
        if event == "events":
            for sid in self.places[room]:
                self.wires[sid].append(json.loads(json.dumps(payload)))

    def join(self, session_id: str, after: int) -> tuple[str, Json]:
        """A new socket enters a session as the protocol says; its id, and the ack."""
        sid = new_id()
        self.peers[sid], self.wires[sid] = Peer(sid, None), deque()
        with self.app.test_request_context():
            self.app.extensions["sockets"] = self
            request.sid = sid  # type: ignore[attr-defined]
            ack = sockets.join({"session": session_id, "after_seq": after})
        return sid, json.loads(json.dumps(ack))

    def forget(self, sid: str) -> None:
        """The socket is gone, and what was on its wire with it."""
        self.wires.pop(sid, None)
        for there in self.places.values():
            there.discard(sid)
        super().forget(sid)

    def look(self) -> None:
        """Each room reads the log and tells what is new, as its greenlet does; empty ones close."""
        for session_id, room in list(self.hall._rooms.items()):
            if not room.peers:
                del self.hall._rooms[session_id]
                continue
            with self.app.app_context():
                self.hall._tell(room)


def take_place(place: str) -> None:
    """In the place of Socket.IO's `join_room`: the socket of this request hears what is told there."""
    worker = cast(Worker, current_app.extensions["sockets"])
    worker.places[place].add(request.sid)  # type: ignore[attr-defined]


@dataclass
class Phone:
    """A page that follows a session; `asked` are answers to its questions, on their way to it."""

    app: Flask
    snapshot: Snapshot
    worker: Worker | None = None
    sid: str = ""
    early: list[LogLine] = field(default_factory=list)
    asked: deque[Json] = field(default_factory=deque)

    def connect(self, worker: Worker) -> None:
        """Join with the place where it stopped."""
        self.worker = worker
        self.sid, ack = worker.join(self.snapshot["session"], self.snapshot["seq"])
        if "snapshot" not in ack:
            self.take(ack["list"])
        elif ack["snapshot"]["seq"] >= self.snapshot["seq"]:
            self.snapshot = ack["snapshot"]

    def cut(self) -> None:
        """Lose the connection and what was on its wire; the worker hears of it."""
        if self.worker:
            self.worker.forget(self.sid)
        self.worker = None

    def hear(self) -> None:
        """The next frame arrives."""
        if wire := self.wire():
            self.take(wire.popleft()["list"])

    def wire(self) -> deque[Json]:
        """What is on its way by socket."""
        return self.worker.wires[self.sid] if self.worker else deque()

    def ask(self) -> None:
        """Ask over HTTP for what is missing; the answer is on its way."""
        path = f"/api/v1/live/{self.snapshot['session']}/events?after={self.snapshot['seq']}"
        self.asked.append(self.app.test_client().get(path).get_json())

    def hear_answer(self) -> None:
        """An answer over HTTP arrives, then what waited for it."""
        if self.asked:
            self.take(self.asked.popleft()["list"])
            early, self.early = self.early, []
            self.take(sorted(early, key=lambda event: event["seq"]))

    def take(self, events: list[LogLine]) -> None:
        """Fold what is next; where something is missing, keep what came after it and ask."""
        seq, early = self.snapshot["seq"], list[LogLine]()
        for event in events:
            if event["seq"] == seq + 1:
                self.snapshot, seq = fold(self.snapshot, [event]), event["seq"]
            elif event["seq"] > seq:
                early.append(event)
        self.early += early
        if early and not self.asked:
            self.ask()
