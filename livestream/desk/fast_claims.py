"""The fast road of a claim: from its packet to the desk's batch, and from the batch's commit to its ack.

The stock road makes a request context for each event and keeps the client's greenlet until the commit,
which costs more than the claim. Here nothing waits and no context is made, except to word a refusal.
Refuses everything but claims that ask for an ack from a client in the namespace: that goes the stock
road, which answers alike (`tests/unit/livestream/test_fast_claims.py`). Source: ADR 0016.
"""

import json
from collections.abc import Callable
from functools import partial

from engineio.packet import MESSAGE
from engineio.packet import Packet as Frame
from flask import Flask
from socketio import Server
from socketio.packet import ACK

from core import clock, rate
from core.client_ids import JsonObject
from core.db import submit
from core.errors import DomainError
from core.http.api import load_body
from core.http.problems import as_refusal, error_fields
from core.rate import Limit
from livestream import schemas
from livestream.delivery.delivery import Peer
from livestream.delivery.packets import NAMESPACE, Event
from livestream.desk import answers


class FastClaims:
    """Takes claims of one application's sockets; `peer_of` knows who is behind a namespace's sid."""

    def __init__(
        self, app: Flask, server: Server, peer_of: Callable[[str], Peer | None], pace: Limit
    ) -> None:
        self._app = app
        self._server = server
        self._peer_of = peer_of
        self._pace = pace

    def take(self, eio_sid: str, event: Event) -> bool:
        """Bring a claim to the desk; False if the event is for the stock road.

        Answered once: when it is committed, or refused, or at once if the desk's queue is full.
        """
        if event.name != "claim" or event.packet_id is None:
            return False
        peer = self._peer_of(self._server.manager.sid_from_eio_sid(eio_sid, NAMESPACE))
        if peer is None:
            return False
        tell = partial(self._tell, eio_sid, event.packet_id)
        try:
            self._submit(peer, event.body, tell)
        except Exception as error:
            tell(error)
        return True

    def _submit(
        self, peer: Peer, body: JsonObject, tell: Callable[[JsonObject | Exception], None]
    ) -> None:
        received_ms = clock.now_ms()
        actor = peer.login.actor if peer.login else peer.sid
        rate.buckets_of(self._app).take(self._pace, actor, clock.machine_ms())
        asked = load_body(schemas.SocketClaimBody, body)
        submit(self._app, answers.serve, answers.claim_ask(peer.login, asked, received_ms), tell)

    def _tell(self, eio_sid: str, packet_id: int, outcome: JsonObject | Exception) -> None:
        """Acknowledge, unless the client has gone: it will ask again under the same id."""
        environ = self._server.environ.get(eio_sid)
        if environ is None:
            return
        if isinstance(outcome, Exception):
            with self._app.request_context(environ):  # the client's language
                answer = refused(as_refusal(outcome))
        else:
            answer = accepted(outcome)
        text = json.dumps([answer], separators=(",", ":"))
        frame = Frame(MESSAGE, data=f"{ACK}{NAMESPACE},{packet_id}{text}")
        self._server.eio.send_packet(eio_sid, frame)


def accepted(fields: JsonObject) -> JsonObject:
    """The ack of an event that was served."""
    return {"ok": True, **fields, "server_time": clock.iso(clock.now_ms())}


def refused(error: DomainError) -> JsonObject:
    """The ack of an event that was refused, in the language of the request at hand."""
    return {"ok": False, "error": error_fields(error)}
