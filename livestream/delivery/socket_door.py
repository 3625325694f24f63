"""Who may open a live socket at all: websocket upgrades as browsers write them, from our own pages.

Stands before Engine.IO, which would believe forwarded headers, speak polling, and answer a broken
handshake with a traceback. Refuses with a plain 400 or 403 and asks nobody else.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Request

from core.config import Settings
from core.http.origin import is_our_origin

_PATH = "/socket.io/"
_KEY = re.compile(r"[A-Za-z0-9+/]{22}==")
_VERSION = "13"

Environ = dict[str, Any]
StartResponse = Callable[..., object]


class SocketDoor:
    """Lets in websocket upgrades from our own pages and nothing else."""

    def __init__(
        self, app: Flask, inner: Callable[[Environ, StartResponse], Iterable[bytes]]
    ) -> None:
        self._settings: Settings = app.config["SETTINGS"]
        self._inner = inner

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(_PATH):
            return self._inner(environ, start_response)
        refusal = self._refusal(Request(environ))
        if refusal:
            start_response(refusal, [("Content-Type", "text/plain")])
            return [refusal.encode()]
        return self._inner(environ, start_response)

    def _refusal(self, request: Request) -> str:
        origin = request.headers.get("Origin")
        if origin is not None and not is_our_origin(origin, request.host, self._settings):
            return "403 Forbidden"
        if not _is_upgrade(request):
            return "400 Bad Request"
        if request.args.get("transport") != "websocket" or "sid" in request.args:
            return "400 Bad Request"
        return ""


def _is_upgrade(request: Request) -> bool:
    """Whether this is the opening handshake of RFC 6455, section 4.1."""
    headers = request.headers
    return (
        request.method == "GET"
        and headers.get("Upgrade", "").lower() == "websocket"
        and "upgrade" in headers.get("Connection", "").lower()
        and headers.get("Sec-WebSocket-Version") == _VERSION
        and _KEY.fullmatch(headers.get("Sec-WebSocket-Key", "")) is not None
    )
