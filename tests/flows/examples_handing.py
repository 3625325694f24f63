"""Right requests for handing parcels over; and what each role gets there."""

from core import clock
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/hand-over"
_API = "/api/v1/sellers/<seller>/hand-overs"
_ORDER = "/console/orders/<code>"
_WORDS = frozenset({"taken_by", "plate", "driver_phone", "reason"})
_LEFT_OUT = _WORDS | {"said_ms", "took_vnd"}
_TEXT = frozenset({"taken_by", "reason"})


def coach(market: Market) -> Body:
    return {
        "client_id": "parcel-by-coach",
        "label": market.ids["label"],
        "to": "run",
        "taken_by": "Xe Hà Lan",
        "plate": "20B-012.34",
        "driver_phone": "0912 345 678",
        "reason": "",
    }


def told(market: Market) -> Body:
    return {**coach(market), "said_ms": clock.now_ms(), "took_vnd": 0}


def joined(market: Market) -> Body:
    return {"client_id": "orders-are-joined", "other_order": market.ids["second_join"]}


def left(market: Market) -> Body:
    return {"client_id": "order-travels-apart"}


EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(200, "staff_a"),
    f"POST {_HERE}": Example(
        303,
        "staff_a",
        form=coach,
        optional=_WORDS,
        blank=_WORDS,
        anything=_TEXT | {"plate"},
        foreign={"label": "foreign_label"},
    ),
    f"POST {_API}": Example(
        200,
        "staff_a",
        json=told,
        optional=_LEFT_OUT,
        zero=frozenset({"said_ms", "took_vnd"}),
        blank=_WORDS,
        anything=_TEXT | {"plate"},
        foreign={"label": "foreign_label"},
    ),
}

EXAMPLES |= {
    f"POST {_ORDER}/join": Example(
        303,
        "staff_a",
        form=joined,
        things={"code": "first_join"},
        foreign={"other_order": "foreign_packed_code"},
    ),
    f"POST {_ORDER}/leave": Example(303, "staff_a", form=left, things={"code": "first_join"}),
}

CELLS: dict[str, Cells] = {
    f"GET {_HERE}": (401, 404, 404, 404, 404, 200),
    f"POST {_HERE}": (401, 404, 404, 404, 404, 303),
    f"POST {_API}": (401, 404, 404, 404, 404, 200),
    f"POST {_ORDER}/join": (401, 404, 404, 404, 404, 303),
    f"POST {_ORDER}/leave": (401, 404, 404, 404, 404, 303),
}
