"""Right requests for comments from other channels, and who gets what; a link is for whoever holds it."""

from tests.flows.example import Body, Example
from tests.flows.examples_live import step
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

_DESK = "/moderate/<session_id>/outside"
_HERE = {"session_id": "outside_session"}
_STAFF = "staff_a"


def look(market: Market) -> Body:
    return {"source": "facebook", "pasted": "Lan: chốt A1 2\nDung: đẹp quá"}


def take(market: Market) -> Body:
    return {**look(market), "client_id": client_id(), "row": 0}


def owner(market: Market) -> Body:
    """Whose device has given a number already."""
    return {}


EXAMPLES = {
    f"GET {_DESK}": Example(200, _STAFF, things=_HERE),
    f"POST {_DESK}/look": Example(
        200,
        _STAFF,
        form=look,
        things=_HERE,
        anything=frozenset({"pasted"}),
    ),
    f"POST {_DESK}": Example(
        200,
        _STAFF,
        form=take,
        things=_HERE,
        zero=frozenset({"row"}),
        anything=frozenset({"pasted"}),
    ),
    f"POST {_DESK}/leads/<lead_id>/done": Example(
        303, _STAFF, form=step, things={"session_id": "late_session"}
    ),
    "GET /nick/<key>": Example(200, needs_login=False),
    "POST /nick/<key>": Example(303, "other", needs_login=False, form=owner),
}

_WRITE = (401, 404, 404, 404, 404, 200)
CELLS = {
    f"GET {_DESK}": (303, 404, 404, 404, 404, 200),
    f"POST {_DESK}/look": _WRITE,
    f"POST {_DESK}": _WRITE,
    f"POST {_DESK}/leads/<lead_id>/done": (401, 404, 404, 404, 404, 303),
    "GET /nick/<key>": (200,) * 6,
    "POST /nick/<key>": (400, 303, 303, 303, 303, 303),
}
