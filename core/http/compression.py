"""Text answers are squeezed for phones on weak signal; what is already packed is left alone."""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

_WORTH_BYTES = 600
_LEVEL = 5
_TEXT = frozenset(
    {
        "text/html",
        "text/css",
        "text/plain",
        "text/javascript",
        "application/javascript",
        "application/json",
        "application/problem+json",
        "application/manifest+json",
        "image/svg+xml",
    }
)


def init_app(app: Flask) -> None:
    """Squeeze every text answer of 600 bytes and more for clients that accept gzip."""
    app.after_request(_squeeze)


def _squeeze(response: Response) -> Response:
    if response.mimetype not in _TEXT:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    if not request.accept_encodings["gzip"] or request.method == "HEAD":
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) < _WORTH_BYTES:
        return response
    static = request.path.startswith("/static/")
    response.set_data(_squeezed_once(plain) if static else gzip.compress(plain, _LEVEL))
    response.headers["Content-Encoding"] = "gzip"
    if etag := response.get_etag()[0]:
        response.set_etag(etag, weak=True)
    return response


@lru_cache(maxsize=256)
def _squeezed_once(plain: bytes) -> bytes:
    """Files that do not change are packed once, as small as can be."""
    return gzip.compress(plain, 9)
