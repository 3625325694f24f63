"""The fast road of claims and comments: from a packet to the desk's batch, from its commit to the ack.

The stock road makes a request context for each event and keeps the client's greenlet until the commit,
which costs more than the claim. Here nothing waits and no context is made, except to word a refusal.
Refuses every other event, and those without an ack or from outside the namespace: they go the stock
road, which answers alike (`tests/flows/test_fast_road.py`). Source: ADR 0016.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, cast

from engineio.packet import MESSAGE
from engineio.packet import Packet as Frame
from flask import Flask
from marshmallow import Schema
from socketio import Server
from socketio.packet import ACK

from core import clock, rate
from core.client_ids import JsonObject
from core.db import Tell, submit
from core.errors import Busy, DomainError, TooFast
from core.http.api import load_body
from core.http.problems import as_refusal, error_fields
from core.identity.logins import Login
from core.rate import Limit
from livestream import schemas
from livestream.delivery.delivery import Peer
from livestream.delivery.packets import NAMESPACE, Event
from livestream.desk import answers
from livestream.talk import chat_gate

_TOLD_TO_A_FLOOD = (Busy, TooFast)


class _Road(NamedTuple):
    """How often one account may ask, how that is read, what may stop it, what it asks of the desk."""

    pace: Limit
    body: type[Schema]
    admit: Callable[[Flask, Login | None, JsonObject], None] | None
    ask: Callable[[Login | None, JsonObject, int], answers.Ask]


PACE = Limit("socket", burst=60, refill_ms=100)
"""Events of any kind: sixty at once, then ten a second."""

TALKING = Limit("socket.comment", burst=10, refill_ms=1000)
"""Lines of one person: no hand types more than one a second for long."""

_ROADS = {
    "claim": _Road(PACE, schemas.SocketClaimBody, None, answers.claim_ask),
    "comment": _Road(TALKING, schemas.SocketCommentBody, chat_gate.admit, answers.comment_ask),
}


class FastRoad:
    """Takes such events of one application's sockets; `peer_of` knows who is behind a namespace's sid."""

    def __init__(self, app: Flask, server: Server, peer_of: Callable[[str], Peer | None]) -> None:
        self._app = app
        self._server = server
        self._peer_of = peer_of
        self._words: dict[tuple[str, str], JsonObject] = {}

    def take(self, eio_sid: str, event: Event) -> bool:
        """Bring an event to the desk; False if it is for the stock road.

        Answered once: when it is committed, or refused, or at once if the desk's queue is full.
        """
        road = _ROADS.get(event.name)
        if road is None or event.packet_id is None:
            return False
        peer = self._peer_of(self._server.manager.sid_from_eio_sid(eio_sid, NAMESPACE))
        if peer is None:
            return False
        tell = partial(self._tell, eio_sid, event.packet_id, peer.language)
        try:
            self._submit(road, peer, event.body, tell)
        except Exception as error:
            tell(error)
        return True

    def _submit(self, road: _Road, peer: Peer, body: JsonObject, tell: Tell[JsonObject]) -> None:
        received_ms = clock.now_ms()
        actor = peer.login.actor if peer.login else peer.sid
        rate.buckets_of(self._app).take(road.pace, actor, clock.machine_ms())
        if road.admit is not None:
            road.admit(self._app, peer.login, body)
        asked = load_body(road.body, body)
        submit(self._app, answers.serve, road.ask(peer.login, asked, received_ms), tell)

    def _tell(
        self, eio_sid: str, packet_id: int, language: str, outcome: JsonObject | Exception
    ) -> None:
        """Acknowledge, unless the client has gone: it will ask again under the same id."""
        environ = self._server.environ.get(eio_sid)
        if environ is None:
            return
        if isinstance(outcome, Exception):
            text = self._refusal(environ, language, as_refusal(outcome))
        else:
            text = _as_text(accepted(outcome))
        frame = Frame(MESSAGE, data=f"{ACK}{NAMESPACE},{packet_id}{text}")
        self._server.eio.send_packet(eio_sid, frame)

    def _refusal(self, environ: dict[str, object], language: str, error: DomainError) -> str:
        """The ack of a refusal; what a flood is told is worded once for each language."""
        known = self._words.get((language, error.code))
        if known is not None:
            return _as_text({"ok": False, "error": {**known, **error.data}})
        with self._app.request_context(environ):
            answer = refused(error)
        if isinstance(error, _TOLD_TO_A_FLOOD):
            self._words[language, error.code] = cast(JsonObject, answer["error"])
        return _as_text(answer)


def _as_text(answer: JsonObject) -> str:
    return json.dumps([answer], separators=(",", ":"))


def accepted(fields: JsonObject) -> JsonObject:
    """The ack of an event that was served."""
    return {"ok": True, **fields, "server_time": clock.iso(clock.now_ms())}


def refused(error: DomainError) -> JsonObject:
    """The ack of an event that was refused, in the language of the request at hand."""
    return {"ok": False, "error": error_fields(error)}
