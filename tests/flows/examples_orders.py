"""Right requests for one order at the seller's desk, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/orders/<code>"
_LINE = {"line": "order_line"}


def called_off(market: Market) -> Body:
    return {"client_id": "order-is-called-off", "do": "off", "reason": "mưa đá"}


def nothing_of_it(market: Market) -> Body:
    return {"client_id": "order-line-short", "packs": 0, "reason": "hết hàng"}


def to_the_door(market: Market) -> Body:
    return {"client_id": "order-goes-elsewhere", "way": "own_run", "address": "Xóm Nà Hấu"}


EXAMPLES = {
    f"GET {_HERE}": Example(who="staff_a"),
    f"POST {_HERE}/step": Example(303, "staff_a", form=called_off, anything=frozenset({"reason"})),
    f"POST {_HERE}/lines/<line>": Example(
        303,
        "staff_a",
        form=nothing_of_it,
        things=_LINE,
        zero=frozenset({"packs"}),
        anything=frozenset({"reason"}),
    ),
    f"POST {_HERE}/delivery": Example(
        303, "staff_a", form=to_the_door, anything=frozenset({"address"})
    ),
}
_STAFF = (401, 404, 404, 404, 404, 200)
_STEP = (401, 404, 404, 404, 404, 303)
CELLS: dict[str, Cells] = {name: _STAFF if name.startswith("GET") else _STEP for name in EXAMPLES}
