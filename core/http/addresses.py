"""What an address may hold: no control characters in the path and no NUL in the query, whatever a view does.

PostgreSQL's texts cannot hold a NUL, a redirect cannot hold a line break; nothing of ours is named by one.
"""

import re

from flask import Request

from core.errors import BadRequest, NotFound

_NUL = "\0"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def require_plain(request: Request) -> None:
    """Refuse an address that holds what none of ours does.

    Raises:
        NotFound: a control character is in the path.
        BadRequest: NUL is in the query, at `field`.
    """
    if _CONTROL.search(request.path):
        raise NotFound()
    for name, values in request.args.lists():
        if _NUL in name or any(_NUL in value for value in values):
            raise BadRequest(field=name.replace(_NUL, ""), why="NUL")
