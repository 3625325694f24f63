"""Right requests for the call list, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_CALLS = "/host/<session_id>/calls"


def call(market: Market) -> Body:
    return {
        "client_id": "called-the-buyer",
        "seller": market.ids["seller"],
        "person": market.ids["buyer"],
        "reason": "hold",
        "result": "reached",
    }


EXAMPLES = {
    f"GET {_CALLS}": Example(who="staff_a"),
    f"POST {_CALLS}": Example(303, "staff_a", form=call, foreign={"seller": "foreign_seller"}),
}
CELLS: dict[str, Cells] = {
    f"GET {_CALLS}": (303, 404, 404, 404, 404, 200),
    f"POST {_CALLS}": (401, 404, 404, 404, 404, 303),
}
