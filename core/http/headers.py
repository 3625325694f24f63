"""Response headers every answer carries: what a page may load, and that nobody frames it."""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, request

from core.config import Settings

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: {media}; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self' {sockets} {media}"
)
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")
_LONG_S = 365 * 86400


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers to every answer; built files, named by their content, are kept for a year."""
    sockets = settings.public_url.replace("http", "ws", 1)

    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _policy(settings, sockets))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "geolocation=()")
        if request.path.startswith("/static/dist/"):
            headers["Cache-Control"] = f"public, max-age={_LONG_S}, immutable"
        elif request.path.startswith("/static/"):
            headers["Cache-Control"] = "public, max-age=86400"
        else:
            headers.setdefault("Cache-Control", "private, no-cache")
        return response

    app.after_request(add)


def _policy(settings: Settings, sockets: str) -> str:
    """The policy, with the origin of the video engine as a page asked for at this host reaches it."""
    host = request.host if _HOST.fullmatch(request.host) else "localhost"
    media = urlsplit(settings.media_address(host))
    return _POLICY.format(sockets=sockets, media=f"{media.scheme}://{media.netloc}")
