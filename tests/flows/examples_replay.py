"""Right requests for replays, and who gets what: everybody looks, hosts hide, officers hold."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_REPLAY = "/live/<session_id>/replay"
_KEPT = "/console/<seller>/recordings"
_OVER = {"session_id": "ended_session"}


def hidden(market: Market) -> Body:
    return {"client_id": client_id(), "hidden": "yes"}


def held(market: Market) -> Body:
    return {"client_id": client_id(), "held": "yes", "reason": "Đơn khiếu nại số 5"}


EXAMPLES = {
    f"GET {_REPLAY}": Example(200, things=_OVER, needs_login=False, query={"c": "A1", "t": "5"}),
    f"POST {_REPLAY}/hold": Example(
        303, "officer", form=held, things=_OVER, anything=frozenset({"reason"})
    ),
    f"GET {_KEPT}": Example(200, "staff_a"),
    f"POST {_KEPT}/<session_id>/hide": Example(303, "staff_a", form=hidden, things=_OVER),
}
CELLS: dict[str, Cells] = {
    f"GET {_REPLAY}": (200,) * 6,
    # The market's roles hold no office; the officer of the examples does.
    f"POST {_REPLAY}/hold": (401, 404, 404, 404, 404, 404),
    f"GET {_KEPT}": (303, 404, 404, 404, 404, 200),
    f"POST {_KEPT}/<session_id>/hide": (401, 404, 404, 404, 404, 303),
}
