"""A body is taken whole or not at all.

Under gunicorn Werkzeug reads at most the allowed size and calls that the body: one sent in pieces without
a length would be cut there, and one whose sender was cut off (a phone that lost its signal) would count
as complete. Half a form can still be a valid form, for fewer packs. Nor would anybody end the wait for a
body that never comes. Files may be larger and slower, but only where a view takes them, from somebody who
works for a seller, or a few a minute from one buyer's device: what a stranger sends is never held in memory
by the megabyte.
"""

import gevent
from flask import Flask, Request, current_app
from gunicorn.http.errors import ParseException

from core import rate
from core.errors import BadRequest, LoginRequired, NotFound, TooLarge
from core.http.current import current_login

_PATIENCE_S = 30.0
_FILE_PATIENCE_S = 180.0
_FILES = "file_bodies"
_OF_BUYERS = "file_bodies_of_buyers"
_BUYERS_FILES = rate.Limit("files.buyer", burst=6, refill_ms=20_000)
_FILE_KINDS = ("multipart/form-data", "image/")


def take_files(app: Flask, endpoint: str, most_bytes: int, *, of_buyers: bool = False) -> None:
    """Let files (multipart, or a picture as it is) of up to `most_bytes` reach `endpoint`; the rest is small.

    Whoever sends a large one must work for a seller; for which one is the view's to judge. With
    `of_buyers` a device is enough, at most a few a minute each; keep `most_bytes` small there.
    """
    app.extensions.setdefault(_FILES, {})[endpoint] = most_bytes
    if of_buyers:
        app.extensions.setdefault(_OF_BUYERS, set()).add(endpoint)


def most_bytes_of(request: Request, usual: int) -> int:
    """How large this request's body may be; what the form reader takes is set to the same.

    `usual` bytes, but what `take_files` said where the endpoint takes files and the body is one.

    Raises:
        LoginRequired, NotFound: it is larger than usual, and its sender works for no seller.
        TooFast: a buyer sends several such bodies in a minute.
    """
    larger = _most_of_a_file(request)
    if larger is None:
        return usual
    if request.content_length is None or request.content_length >= usual:
        _require_sender(request.endpoint)
    request.max_content_length = larger
    return larger


def require_whole(request: Request, most_bytes: int) -> None:
    """Read the body, which is kept for whoever wants it, and refuse a part of one.

    Raises:
        TooLarge: it has `most_bytes` or more and did not say how many (413 if it did, by Werkzeug).
        BadRequest: fewer bytes came than were announced, or not within half a minute (a file: three), or
            pieces that do not say how long they are.
    """
    has_files = _most_of_a_file(request) is not None
    try:
        with gevent.Timeout(_FILE_PATIENCE_S if has_files else _PATIENCE_S):
            body = request.get_data()
    except gevent.Timeout as error:
        raise BadRequest(field="body", why="too slow") from error
    except ParseException as error:  # gunicorn finds broken pieces only as they are read
        raise BadRequest(field="body", why="broken") from error
    if request.content_length is None and len(body) >= most_bytes:
        raise TooLarge()
    if len(body) < (request.content_length or 0):
        raise BadRequest(field="body", why="cut off")


def _most_of_a_file(request: Request) -> int | None:
    """How large a file may be here; None where none is taken or none was sent."""
    taken: dict[str, int] = current_app.extensions.get(_FILES, {})
    is_file = request.mimetype.startswith(_FILE_KINDS)
    return taken.get(request.endpoint or "") if is_file else None


def _require_sender(endpoint: str | None) -> None:
    login = current_login()
    if login is None:
        raise LoginRequired()
    if endpoint in current_app.extensions.get(_OF_BUYERS, set()):
        rate.take(_BUYERS_FILES, login.actor)
    elif not login.seller_ids:
        raise NotFound()
