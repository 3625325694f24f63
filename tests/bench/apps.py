"""What the product is compared with, each served by gunicorn as the product is.

For the blast `ours()` is the product with one more route and `stock()` is Flask-SocketIO with its defaults
(`plain_server.mjs` is node's): `/blast?room=R&frames=N&events=E&gap_ms=G` tells a room N frames of E events,
a frame each G ms (0: as fast as it goes), letting others run after each.
For claims `ungrouped()` is the product with a commit for each claim and no fast road.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

import gevent
from flask import Flask, request
from flask_socketio import SocketIO, join_room

import wsgi
from core.writer import DirectWriter
from livestream.delivery import delivery
from livestream.desk.fast_road import FastRoad

Tell = Callable[[dict[str, object], str], None]

_EVENT = json.loads(Path(__file__).with_name("event.json").read_text())


def ours() -> Flask:
    """The product; `room` is the id of a live session."""
    sockets = wsgi.app.extensions["sockets"]

    def tell(payload: dict[str, object], room: str) -> None:
        sockets.send("events", payload, delivery.everybody(room))

    return _with_blast(wsgi.app, tell)


def ungrouped() -> Flask:
    """The product with a transaction for each claim, which its own handler waits for."""
    serve = wsgi.app.extensions["serve"]

    def serve_ungrouped() -> None:
        serve()
        wsgi.app.extensions["writer"] = DirectWriter(wsgi.app.extensions["write_engine"])

    wsgi.app.extensions["serve"] = serve_ungrouped
    setattr(FastRoad, "take", lambda _road, _eio_sid, _event: False)  # noqa: B010 (a method)
    return wsgi.app


def stock() -> Flask:
    """Nothing but the library."""
    app = Flask(__name__)
    sockets = SocketIO(app, async_mode="gevent")
    app.extensions["serve"] = lambda: None
    app.add_url_rule("/readyz", "ready", lambda: "ok")

    @sockets.on("join", namespace="/live")
    def join(payload: dict[str, str]) -> dict[str, bool]:
        join_room(payload["session"])
        return {"ok": True}

    def tell(payload: dict[str, object], room: str) -> None:
        sockets.emit("events", payload, namespace="/live", to=room)

    return _with_blast(app, tell)


def _with_blast(app: Flask, tell: Tell) -> Flask:
    @app.get("/blast")
    def blast() -> str:
        room, gap_s = request.args["room"], float(request.args["gap_ms"]) / 1000
        events, began = [_EVENT] * int(request.args["events"]), time.monotonic()
        for number in range(int(request.args["frames"])):
            gevent.sleep(max(began + number * gap_s - time.monotonic(), 0))
            tell({"blast": number, "at": time.monotonic_ns() // 1000, "list": events}, room)
        return "ok"

    return app
