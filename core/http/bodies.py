"""A body is taken whole or not at all.

Under gunicorn Werkzeug reads at most the allowed size and calls that the body: one sent in pieces without
a length would be cut there, and one whose sender was cut off (a phone that lost its signal) would count
as complete. Half a form can still be a valid form, for fewer packs. Nor would anybody end the wait for a
body that never comes.
"""

import gevent
from flask import Flask, Request, current_app

from core.errors import BadRequest, TooLarge

_PATIENCE_S = 30.0
_FILE_PATIENCE_S = 180.0
_FILES = "file_bodies"


def take_files(app: Flask, endpoint: str, most_bytes: int) -> None:
    """Let bodies with files (multipart) of up to `most_bytes` reach `endpoint`; other bodies stay small."""
    app.extensions.setdefault(_FILES, {})[endpoint] = most_bytes


def most_bytes_of(request: Request, usual: int) -> int:
    """How large this request's body may be; what the form reader takes is set to the same.

    `usual` bytes, but what `take_files` said where the endpoint takes files and the body is multipart.
    """
    larger: dict[str, int] = current_app.extensions.get(_FILES, {})
    if request.mimetype != "multipart/form-data" or request.endpoint not in larger:
        return usual
    request.max_content_length = larger[request.endpoint]
    return larger[request.endpoint]


def require_whole(request: Request, most_bytes: int) -> None:
    """Read the body, which is kept for whoever wants it, and refuse a part of one.

    Raises:
        TooLarge: it has `most_bytes` or more and did not say how many (413 if it did, by Werkzeug).
        BadRequest: fewer bytes came than were announced, or not within half a minute (a file: three).
    """
    has_files = request.mimetype == "multipart/form-data"
    try:
        with gevent.Timeout(_FILE_PATIENCE_S if has_files else _PATIENCE_S):
            body = request.get_data()
    except gevent.Timeout as error:
        raise BadRequest(field="body", why="too slow") from error
    if request.content_length is None and len(body) >= most_bytes:
        raise TooLarge()
    if len(body) < (request.content_length or 0):
        raise BadRequest(field="body", why="cut off")
