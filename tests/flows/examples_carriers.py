"""Right requests for carriers; and what each role gets there."""

from tests.flows.carriers_of import GHTK
from tests.flows.example import Body, Example
from tests.flows.market import Market
from tests.support.fake_carrier import TOKEN

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/carriers"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_NOTICES = "POST /webhooks/carriers/<string:carrier>"


def account(market: Market) -> Body:
    return {"client_id": "carrier-connected", "carrier": GHTK, "token": TOKEN, "pick_up": "88"}


def book(market: Market) -> Body:
    label = market.ids["label_to_book"]
    return {"client_id": "parcel-is-booked", "carrier": GHTK, "labels": label}


def cancel(market: Market) -> Body:
    return {"client_id": "booking-called-off", "label": market.ids["label_booked"]}


def table(market: Market) -> Body:
    told = f"{market.ids['label_to_book']}; VTP123456; Đang giao"
    return {"client_id": "table-taken-in", "status_list": told, "do": "take"}


EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(200, "staff_a"),
    f"GET {_HERE}/parcels.csv": Example(200, "staff_a"),
    f"GET {_HERE}/table": Example(200, "staff_a"),
    f"POST {_HERE}/book": Example(303, "staff_a", form=book, foreign={"labels": "foreign_label"}),
    f"POST {_HERE}/cancel": Example(
        303, "staff_a", form=cancel, foreign={"label": "foreign_label"}
    ),
    f"POST {_HERE}/connect": Example(
        303,
        "staff_a",
        form=account,
        optional=frozenset({"pick_up"}),
        blank=frozenset({"pick_up"}),
        anything=frozenset({"pick_up"}),
    ),
    f"POST {_HERE}/disconnect": Example(
        303, "staff_a", form=lambda _: {"client_id": "carrier-let-go", "carrier": GHTK}
    ),
    f"POST {_HERE}/table": Example(303, "staff_a", form=table, optional=frozenset({"do"})),
    _NOTICES: Example(200, things={"carrier": "carrier_key"}, needs_login=False),
}

CELLS: dict[str, Cells] = {
    f"GET {_HERE}": _PAGE,
    f"GET {_HERE}/parcels.csv": _PAGE,
    f"GET {_HERE}/table": _PAGE,
    **{route: _STEP for route in EXAMPLES if route.startswith(f"POST {_HERE}")},
    _NOTICES: (200,) * 6,
}
