"""What an address may hold: no NUL, in the path or the query, whatever a view would do with it.

PostgreSQL's texts cannot hold one, and nothing of ours is named by one.
"""

from flask import Request

from core.errors import BadRequest, NotFound

_NUL = "\0"


def require_plain(request: Request) -> None:
    """Refuse an address with NUL in it.

    Raises:
        NotFound: it is in the path, so it names nothing of ours.
        BadRequest: it is in the query, at `field`.
    """
    if _NUL in request.path:
        raise NotFound()
    for name, values in request.args.lists():
        if _NUL in name or any(_NUL in value for value in values):
            raise BadRequest(field=name.replace(_NUL, ""), why="NUL")
