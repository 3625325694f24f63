"""What the product is compared with, each served by gunicorn as the product is.

For the blast `ours()` is the product with one more route and `stock()` is Flask-SocketIO with its defaults;
the route `/blast?room=R&frames=N&bytes=M` tells a room N frames of M bytes, letting others run after each.
For claims `ungrouped()` is the product with a commit for each write.
"""

from collections.abc import Callable

import gevent
from flask import Flask, request
from flask_socketio import SocketIO, join_room

import wsgi
from core.writer import DirectWriter
from livestream import delivery

STOCK_ROOM = "blast"

Tell = Callable[[dict[str, object], str], None]


def ours() -> Flask:
    """The product; `room` is the id of a live session."""
    sockets = wsgi.app.extensions["sockets"]

    def tell(payload: dict[str, object], room: str) -> None:
        sockets.send("events", payload, delivery.everybody(room))

    return _with_blast(wsgi.app, tell)


def ungrouped() -> Flask:
    """The product without group commit: each write is a transaction on the loop's own thread."""
    serve = wsgi.app.extensions["serve"]

    def serve_ungrouped() -> None:
        serve()
        wsgi.app.extensions["writer"] = DirectWriter(wsgi.app.extensions["write_engine"])

    wsgi.app.extensions["serve"] = serve_ungrouped
    return wsgi.app


def stock() -> Flask:
    """Nothing but the library: everybody who joins is in one room."""
    app = Flask(__name__)
    sockets = SocketIO(app, async_mode="gevent")
    app.extensions["serve"] = lambda: None
    app.add_url_rule("/readyz", "ready", lambda: "ok")

    @sockets.on("join", namespace="/live")
    def join(_payload: object) -> dict[str, bool]:
        join_room(STOCK_ROOM)
        return {"ok": True}

    def tell(payload: dict[str, object], room: str) -> None:
        sockets.emit("events", payload, namespace="/live", to=room)

    return _with_blast(app, tell)


def _with_blast(app: Flask, tell: Tell) -> Flask:
    @app.get("/blast")
    def blast() -> str:
        payload: dict[str, object] = {"blast": True, "text": "x" * int(request.args["bytes"])}
        for number in range(int(request.args["frames"])):
            tell({"number": number, **payload}, request.args["room"])
            gevent.sleep(0)
        return "told"

    return app
