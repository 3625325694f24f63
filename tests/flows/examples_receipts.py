"""Right requests about receipts: read by all who hold one, declared void by keepers."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_DESK = "/console/<seller>/money/receipts"
_POSTER = "/console/<seller>/money/poster"
_STANDING = "GET /api/v1/receipts/<string:seller>/<int(max=9007199254740991):number>/<string:mark>"
_EVERYBODY: Cells = (200,) * 6


def void(_market: Market) -> Body:
    return {"client_id": "receipt-void", "reason": "phát nhầm cho đơn khác"}


_OPEN = {
    "GET /manifest.webmanifest": Example(),
    "GET /receipts/check": Example(),
    "GET /receipts/check.webmanifest": Example(),
    "GET /receipts/worker.js": Example(),
    "GET /receipts/<string:receipt_id>": Example(),
    "GET /receipts/<string:receipt_id>/a5.pdf": Example(),
    "GET /receipts/<string:receipt_id>/slip.pdf": Example(),
    "GET /receipts/<string:receipt_id>/qr.svg": Example(),
    "GET /receipts/<string:receipt_id>/qr.png": Example(),
    "GET /.well-known/receipt-keys.json": Example(),
    _STANDING: Example(things={"number": "receipt_number", "mark": "receipt_mark"}),
}
EXAMPLES: dict[str, Example] = {
    **_OPEN,
    f"GET {_DESK}": Example(who="staff_a"),
    f"GET {_POSTER}": Example(who="staff_a"),
    f"POST {_DESK}/<int(max=9007199254740991):number>/void": Example(
        303,
        "staff_a",
        form=void,
        things={"number": "receipt_number"},
        anything=frozenset({"reason"}),
    ),
}
CELLS: dict[str, Cells] = {
    # A receipt is opened by its unguessable id, its standing by its token's hash; neither knows roles.
    **dict.fromkeys(_OPEN, _EVERYBODY),
    **dict.fromkeys([f"GET {_DESK}", f"GET {_POSTER}"], (401, 404, 404, 404, 404, 200)),
    f"POST {_DESK}/<int(max=9007199254740991):number>/void": (401, 404, 404, 404, 404, 303),
}
