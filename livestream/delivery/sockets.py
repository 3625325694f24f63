"""The `/live` namespace: five events in, six out, by the public contract in `live.md`.

The same bodies, rules and answers as the HTTP API (`livestream.desk.answers`); here they become acks. A
handler never raises to the transport: every refusal is `{"ok": false, "error": {...}}`.
"""

from typing import Any, cast

import gevent
import structlog
from engineio.async_drivers import gevent as driver
from flask import Flask, current_app, request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO, join_room, leave_room
from socketio.packet import ACK
from sqlalchemy.exc import SQLAlchemyError

from core import clock, rate
from core.client_ids import JsonObject
from core.config import Settings
from core.db import db
from core.errors import DomainError
from core.http.api import load_body
from core.http.current import presented_token
from core.http.pages import language
from core.http.problems import as_refusal
from core.identity import logins
from core.identity.logins import Login
from livestream import access, log, schemas
from livestream.delivery import delivery, fast_frames, outgoing, packets, wire
from livestream.delivery.delivery import Hall, Peer, Room
from livestream.delivery.packets import NAMESPACE
from livestream.delivery.socket_door import SocketDoor
from livestream.desk import answers
from livestream.desk.fast_road import PACE, TALKING, FastRoad, accepted, refused
from livestream.figures import viewers
from livestream.room.snapshot import LogLine
from livestream.states import RUNNING

logger = structlog.get_logger()

_JOIN_WITHIN_S = 10.0
_REVOKED_EVERY_S = 1.0
_CATCHING_UP = rate.Limit("socket.catch_up", burst=5, refill_ms=2000)

socketio = SocketIO()


class Gone(DomainError):
    """The socket has ended; nobody hears this."""

    code = "gone"
    status = 410


class Sockets:
    """The live sockets of one application: its hall of rooms and who is connected."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.hall = Hall(app, self.send, answers.heard)
        self.peers: dict[str, Peer] = {}
        self.joined: dict[str, set[str]] = {}

    def send(self, event: str, payload: JsonObject, room: str) -> None:
        fast_frames.tell(socketio.server, event, payload, room)

    def forget(self, sid: str) -> None:
        """Let go of a socket that is gone, and of its places; a room ends with its last listener."""
        self.peers.pop(sid, None)
        for session_id in self.joined.pop(sid, set()):
            self.hall.leave(session_id, sid)


def init_app(app: Flask) -> None:
    """Put the sockets in front of `app`: websocket only, strict packets, bounded both ways."""
    socketio.init_app(
        app,
        async_mode="gevent",
        transports=["websocket"],
        async_handlers=False,
        manage_session=False,
        max_http_buffer_size=wire.MESSAGE_BYTES,
        cors_allowed_origins=[],  # `SocketDoor` has checked the origin
        cookie=None,
    )
    app.wsgi_app = SocketDoor(app, app.wsgi_app)  # type: ignore[method-assign, arg-type]
    server = socketio.server
    server.eio._async = {**driver._async, "websocket": wire.LiveWebSocket}
    outgoing.send_without_queues(server.eio)
    server.eio.on("connect", _close_unless_joined)
    server.eio.on("message", _read_strictly)
    sockets = Sockets(app)
    app.extensions["sockets"] = sockets
    app.extensions["fast_road"] = FastRoad(app, server, sockets.peers.get)
    log.on_append(sockets.hall.wake)
    app.extensions.setdefault("background", []).append(_close_revoked)


def _sockets() -> Sockets:
    sockets: Sockets = current_app.extensions["sockets"]
    return sockets


def _close_unless_joined(eio_sid: str, environ: dict[str, Any]) -> None:
    """Accept a transport, and close it again if it is in no namespace ten seconds later."""
    server = socketio.server
    outgoing.ping_by_timer(server.eio.sockets[eio_sid])
    server._handle_eio_connect(eio_sid, environ)

    def check() -> None:
        if eio_sid in server.environ and not server.manager.sid_from_eio_sid(eio_sid, NAMESPACE):
            server.eio.disconnect(eio_sid)

    gevent.spawn_later(_JOIN_WITHIN_S, check)


def _read_strictly(eio_sid: str, data: object) -> None:
    """Let Socket.IO read a packet only after the strict reader has."""
    server = socketio.server
    verdict = packets.judge(data) if isinstance(data, str) else packets.Hopeless()
    if isinstance(verdict, packets.Accepted):
        if verdict.event is None or not _fast_road().take(eio_sid, verdict.event):
            server._handle_eio_message(eio_sid, data)
    elif isinstance(verdict, packets.Answered):
        with _sockets_app().test_request_context():
            answer = refused(verdict.error)
        packet = server.packet_class(ACK, namespace=NAMESPACE, id=verdict.packet_id, data=[answer])
        server._send_packet(eio_sid, packet)
    else:
        server.eio.disconnect(eio_sid)


def _sockets_app() -> Flask:
    app: Flask = socketio.sockio_mw.flask_app
    return app


def _fast_road() -> FastRoad:
    fast_road: FastRoad = _sockets_app().extensions["fast_road"]
    return fast_road


@socketio.on("connect", namespace=NAMESPACE)
def connect(auth: object = None) -> None:
    """Sign the socket in by its handshake token, else the cookie, else let a guest watch."""
    settings: Settings = current_app.config["SETTINGS"]
    given = auth.get("token") if isinstance(auth, dict) else None
    token = given if isinstance(given, str) else presented_token(request, settings)
    login = logins.resolve(db.session(), token) if token else None
    if given is not None and login is None:
        raise Refused("login_required")
    sid: str = request.sid  # type: ignore[attr-defined]
    viewer = request.cookies.get(viewers.COOKIE) or (login.device_id if login else "")
    _sockets().peers[sid] = Peer(sid, login, language(), viewer)


@socketio.on("disconnect", namespace=NAMESPACE)
def disconnect(*_reason: object) -> None:
    """Forget the socket and its places."""
    sid: str = request.sid  # type: ignore[attr-defined]
    _sockets().forget(sid)


@socketio.on("join", namespace=NAMESPACE)
def join(payload: JsonObject) -> JsonObject:
    """Enter a session's room; answer a snapshot, or what was missed since `after_seq`.

    From reading `room.seq` for the answer to entering the room nothing yields, so that the first frame
    this socket gets follows its answer without gap or repeat.
    """
    peer = _peer()
    body = load_body(schemas.JoinBody, payload)
    session_id, after = str(body["session"]), body.get("after_seq")
    if isinstance(after, int):
        rate.take(_CATCHING_UP, peer.sid)
    room = _sockets().hall.enter(session_id, peer)
    _sockets().joined.setdefault(peer.sid, set()).add(session_id)
    places = _places(session_id, peer.login)
    answer = _missed(room, after) if isinstance(after, int) else None
    if peer.sid not in _sockets().peers:  # it was hung up on while we read
        _sockets().forget(peer.sid)
        raise Gone()
    for place in places:
        join_room(place)
    if room.snapshot["state"] in RUNNING:
        viewers.saw(session_id, peer.viewer)
    return accepted(
        answer
        or {"session": session_id, "seq": room.seq, "snapshot": cast(JsonObject, room.snapshot)}
    )


@socketio.on("leave", namespace=NAMESPACE)
def leave(payload: JsonObject) -> JsonObject:
    """Leave a session's room."""
    peer = _peer()
    session_id = str(load_body(schemas.LeaveBody, payload)["session"])
    for room in _places(session_id, peer.login):
        leave_room(room)
    _sockets().hall.leave(session_id, peer.sid)
    _sockets().joined.get(peer.sid, set()).discard(session_id)
    return {"ok": True}


@socketio.on("claim", namespace=NAMESPACE)
def claim(payload: JsonObject) -> JsonObject:
    """Claim packs of a pin; answered after the commit."""
    received_ms = clock.now_ms()
    return accepted(
        answers.claim(_peer().login, load_body(schemas.SocketClaimBody, payload), received_ms)
    )


@socketio.on("comment", namespace=NAMESPACE)
def comment(payload: JsonObject) -> JsonObject:
    """Say something; what reads as a claim is one."""
    received_ms = clock.now_ms()
    return accepted(
        answers.comment(
            _peer(TALKING).login, load_body(schemas.SocketCommentBody, payload), received_ms
        )
    )


@socketio.on("change", namespace=NAMESPACE)
def change(payload: JsonObject) -> JsonObject:
    """Lower a claim or, with 0, withdraw it."""
    return accepted(
        answers.change(_peer().login, load_body(schemas.SocketChangeBody, payload), clock.now_ms())
    )


@socketio.on_error(NAMESPACE)
def _answer_error(error: Exception) -> JsonObject:
    return refused(as_refusal(error))


def _peer(pace: rate.Limit = PACE) -> Peer:
    sid: str = request.sid  # type: ignore[attr-defined]
    peer = _sockets().peers[sid]
    rate.take(pace, peer.login.actor if peer.login else sid)
    return peer


def _missed(room: Room, after: int) -> JsonObject | None:
    """What was said after `after`, up to where the room's frames go on; None if that is too much."""
    if not 0 <= room.seq - after <= delivery.MOST_BEHIND:
        return None
    entries: list[LogLine] = []
    while (read := after + len(entries)) < room.seq:
        with (
            current_app.app_context()
        ):  # a fresh look: the room may have told what is younger than ours
            entries += delivery.entries_in_turns(room.session_id, read, room.seq - read)
    return {
        "session": room.session_id,
        "from": after + 1,
        "to": room.seq,
        "list": delivery.listed(entries),
    }


def _places(session_id: str, login: Login | None) -> list[str]:
    """The Socket.IO rooms in which this login hears of a session."""
    places = [delivery.everybody(session_id)]
    if login is None:
        return places
    if login.person_id:
        places.append(delivery.buyer(session_id, login.person_id, login.unproved_device_id))
    concerned = access.sellers_concerned(db.session(), session_id)
    places += [
        delivery.seller(session_id, s) for s in access.money_sellers(login) if s in concerned
    ]
    if access.moderates(db.session(), session_id, login):
        places.append(delivery.moderators(session_id))
    return places


def _close_revoked(app: Flask) -> None:
    """Close the sockets of devices that were signed out, within two seconds."""
    sockets: Sockets = app.extensions["sockets"]
    while True:
        gevent.sleep(_REVOKED_EVERY_S)
        peers = [peer for peer in sockets.peers.values() if peer.login]
        devices = {peer.login.device_id for peer in peers if peer.login}
        if not devices:
            continue
        with app.app_context():
            try:
                revoked = logins.revoked_among(db.session(), list(devices))
            except SQLAlchemyError as error:  # the database is away: asked again in a second
                logger.warning("revoked_devices_unknown", error=type(error).__name__)
                continue
        for peer in peers:
            if peer.login and peer.login.device_id in revoked:
                socketio.server.disconnect(peer.sid, namespace=NAMESPACE)
