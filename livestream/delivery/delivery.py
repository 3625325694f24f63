"""Who hears what, and when: rooms that follow the log and tell it on, at most five times a second.

A room reads the log after its own position and folds it into the snapshot newcomers get, so that a
newcomer's snapshot and the frames after it meet without gap or repeat (promise P8). It is woken by
commits of this process and looks by itself every quarter second, so writes of other processes are heard
too. Chat and pulse may be dropped; events never are, a client too slow for them is closed (`wire`).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import gevent
import structlog
from flask import Flask
from gevent.event import Event

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.identity.logins import Login
from core.strict_json import JsonValue
from livestream import access, log
from livestream.delivery import boards
from livestream.desk import offers
from livestream.room import view
from livestream.room.snapshot import ClaimLine, LogLine, Snapshot, fold
from livestream.talk import chat, comments

logger = structlog.get_logger()

FRAME_GAP_S = 0.2
POLL_S = 0.25
PULSE_GAP_S = 1.0
MOST_BEHIND = 5000
_PIECE = 250  # events read at once: some milliseconds

Send = Callable[[str, JsonObject, str], None]  # event, payload, Socket.IO room
Heard = Callable[
    [str, str, str | None], None
]  # session, person, device: what is offered is known now


@dataclass(frozen=True)
class Peer:
    """One connected socket, who is behind it, the language they read.

    `viewer` tells its device from others in the count of viewers; "" for one that nothing tells apart.
    """

    sid: str
    login: Login | None
    language: str = "vi"
    viewer: str = ""


@dataclass
class Room:
    """The listeners of one live session and the position up to which all of them have been told."""

    session_id: str
    snapshot: Snapshot
    chat_position: int
    removed_position: int
    rules: JsonObject
    peers: dict[str, Peer] = field(default_factory=dict)
    awake: Event = field(default_factory=Event)
    pulse: JsonObject = field(default_factory=dict)
    pulsed_at: float = 0.0
    chatted_at: float = 0.0
    host_is_stale: bool = True

    @property
    def seq(self) -> int:
        return self.snapshot["seq"]

    def buyers(self) -> set[tuple[str, str | None]]:
        """Who of the listeners is told `mine`: a person, or one unproved device of theirs (ADR 0004)."""
        logins = [peer.login for peer in self.peers.values() if peer.login]
        return {(x.person_id, x.unproved_device_id) for x in logins if x.person_id}


def everybody(session_id: str) -> str:
    """The Socket.IO room of all listeners of a session."""
    return f"s:{session_id}"


def buyer(session_id: str, person_id: str, device_id: str | None) -> str:
    """The Socket.IO room of a person's proved devices in a session, or of one unproved device."""
    return f"d:{session_id}:{device_id}" if device_id else f"p:{session_id}:{person_id}"


def seller(session_id: str, seller_id: str) -> str:
    """The Socket.IO room of those who work for one seller concerned by a session."""
    return f"h:{session_id}:{seller_id}"


def moderators(session_id: str) -> str:
    """The Socket.IO room of those who moderate a session."""
    return f"m:{session_id}"


class Hall:
    """All rooms of this process."""

    def __init__(self, app: Flask, send: Send, heard: Heard) -> None:
        self._app = app
        self._send = send
        self._heard = heard
        self._rooms: dict[str, Room] = {}

    def wake(self, session_id: str) -> None:
        """Have the room look at the log now (called after a commit)."""
        if room := self._rooms.get(session_id):
            room.awake.set()

    def enter(self, session_id: str, peer: Peer) -> Room:
        """Add `peer` to the room; from this answer on it gets every event after `room.seq`.

        Raises:
            NotFound: there is no such session.
        """
        room = self._rooms.get(session_id)
        if room is None:
            opened = Room(
                session_id,
                view.snapshot(db.session(), session_id),
                comments.last_position(db.session()),
                chat.last_removal(db.session()),
                chat.told_rules(db.session(), session_id),
            )
            room = self._rooms.setdefault(
                session_id, opened
            )  # another greenlet may have been first
            if room is opened:
                gevent.spawn(self._serve, room)
        room.peers[peer.sid] = peer
        room.pulsed_at = 0.0
        room.host_is_stale = True
        room.awake.set()
        return room

    def leave(self, session_id: str, sid: str) -> None:
        """Forget a listener; the room closes after its last one."""
        if room := self._rooms.get(session_id):
            room.peers.pop(sid, None)

    def _serve(self, room: Room) -> None:
        while room.peers:
            room.awake.wait(timeout=POLL_S)
            room.awake.clear()
            with self._app.app_context():
                try:
                    self._tell(room)
                except (
                    Exception
                ) as error:  # the database may be away: the next round goes on from here
                    logger.warning("room_round_failed", error=repr(error))
            gevent.sleep(FRAME_GAP_S)
        self._rooms.pop(room.session_id, None)

    def _tell(self, room: Room) -> None:
        entries = log.entries(db.session(), room.session_id, after=room.seq, limit=MOST_BEHIND)
        if entries:
            room.snapshot = fold(room.snapshot, entries)
            frame = {"session": room.session_id, **events_frame(entries)}
            self._send("events", frame, everybody(room.session_id))
            self._tell_people(room, entries)
            room.host_is_stale = True
        if time.monotonic() - room.chatted_at >= chat_gap_s(len(room.peers)):
            room.chatted_at = time.monotonic()
            self._tell_chat(room)
        if time.monotonic() - room.pulsed_at >= PULSE_GAP_S:
            room.pulsed_at = time.monotonic()
            self._tell_pulse(room)
            self._tell_hosts(room)

    def _tell_people(self, room: Room, entries: list[LogLine]) -> None:
        numbers = claim_numbers(entries)
        concerned = access.people_of_numbers(db.session(), room.session_id, numbers)
        unheard = offers.unheard(db.session(), room.session_id, concerned)
        for person_id, device_id in room.buyers():
            if person_id in unheard:
                self._heard(room.session_id, person_id, device_id)
            if person_id in concerned:
                payload = boards.mine(db.session(), room.session_id, person_id, device_id)
                self._send("mine", payload, buyer(room.session_id, person_id, device_id))

    def _tell_chat(self, room: Room) -> None:
        position, lines, unclear = comments.since(db.session(), room.session_id, room.chat_position)
        room.chat_position = position
        changes = self._chat_changes(room)
        if lines or changes:
            said: JsonObject = {"session": room.session_id, "list": [*lines], **changes}
            self._send("chat", said, everybody(room.session_id))
        if unclear:
            payload: JsonObject = {"session": room.session_id, "ambiguous": [*unclear]}
            self._send("moderate", payload, moderators(room.session_id))

    def _chat_changes(self, room: Room) -> JsonObject:
        """What staff changed of the talk since the last frame: lines taken away, other rules."""
        changes: JsonObject = {}
        room.removed_position, gone = chat.removed_since(
            db.session(), room.session_id, room.removed_position
        )
        if gone:
            changes["gone"] = [*gone]
        rules = chat.told_rules(db.session(), room.session_id)
        if rules != room.rules:
            room.rules = changes["rules"] = rules
        return changes

    def _tell_pulse(self, room: Room) -> None:
        pulse = {**boards.pulse(db.session(), room.session_id), "viewers": len(room.peers)}
        if pulse != room.pulse:
            room.pulse = pulse
            self._send("pulse", pulse, everybody(room.session_id))

    def _tell_hosts(self, room: Room) -> None:
        if not room.host_is_stale:
            return
        room.host_is_stale = False
        logins = [peer.login for peer in room.peers.values() if peer.login]
        listening = {one for login in logins for one in access.money_sellers(login)}
        for seller_id in listening & access.sellers_concerned(db.session(), room.session_id):
            payload = boards.host_view(db.session(), room.session_id, (seller_id,))
            self._send("host", payload, seller(room.session_id, seller_id))


def chat_gap_s(viewers: int) -> float:
    """The seconds between frames of talk: five frames a second to a few hundred, one to two thousand.

    Each frame costs a write to each viewer, and claims come first.
    """
    return min(viewers / 2000, 1.0)


def events_frame(entries: list[LogLine]) -> JsonObject:
    """Entries in a row as the protocol sends them: `{from, to, list, server_time}`."""
    return {
        "from": entries[0]["seq"],
        "to": entries[-1]["seq"],
        "list": listed(entries),
        "server_time": clock.iso(clock.now_ms()),
    }


def entries_in_turns(session_id: str, after: int, most: int) -> list[LogLine]:
    """At most `most` events after `after`; while thousands are read, everybody else has a turn."""
    entries: list[LogLine] = []
    while len(entries) < most:
        limit = min(_PIECE, most - len(entries))
        piece = log.entries(db.session(), session_id, after + len(entries), limit)
        entries += piece
        if len(piece) < limit or len(entries) == most:
            break
        gevent.sleep(0)
    return entries


def listed(entries: list[LogLine]) -> list[JsonValue]:
    """Entries as JSON."""
    return [cast(JsonObject, entry) for entry in entries]


def claim_numbers(entries: list[LogLine]) -> set[int]:
    """The numbers of the claims that `entries` speak of."""
    lines: list[ClaimLine] = []
    for entry in entries:
        if entry["type"] == "claims":
            lines += cast(list[ClaimLine], entry["data"])
        elif entry["type"] == "claim_changed":
            lines.append(cast(dict[str, ClaimLine], entry["data"])["claim"])
    return {int(line[0]) for line in lines}
