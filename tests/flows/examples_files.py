"""Right requests for tables in and out, and who gets what; the market's own file waits to be applied."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.files_of import PRICES
from tests.flows.market import Market

_HERE = "/console/<seller>/files"


def sending(market: Market) -> Body:
    return {"client_id": client_id(), "kind": "listings", "pasted": PRICES}


def writing(market: Market) -> Body:
    return {"client_id": client_id(), "row": 2}


_STAFF = "staff_a"
EXAMPLES = {
    f"GET {_HERE}": Example(200, _STAFF),
    f"POST {_HERE}": Example(303, _STAFF, form=sending),
    "GET /console/<seller>/imports/<import_id>": Example(200, _STAFF),
    "POST /console/<seller>/imports/<import_id>": Example(303, _STAFF, form=writing),
    f"GET {_HERE}/export": Example(
        200,
        _STAFF,
        query={"what": "movements", "as": "csv", "from": "2026-11-01", "to": "2026-11-30"},
    ),
    f"GET {_HERE}/template": Example(200, _STAFF, query={"what": "lots"}),
    f"GET {_HERE}/sheet": Example(200, _STAFF, query={"book": "1"}),
}

_READ = (401, 404, 404, 404, 404, 200)
_WRITE = (401, 404, 404, 404, 404, 303)
CELLS = {name: _WRITE if name.startswith("POST") else _READ for name in EXAMPLES}
