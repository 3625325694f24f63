"""Right requests for how goods go out: ways, fees, slots, zones; and what each role gets there."""

from datetime import timedelta

from core import clock
from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_EVERYBODY: Cells = (200,) * 6
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_DESK = "/console/<seller>/delivery"
_WAY = f"{_DESK}/ways/<way>"
_OPTIONAL_FEE = frozenset({"zone", "up_to", "free_from", "on_arrival"})
_OPTIONAL_WAY = _OPTIONAL_FEE | {
    "when_text",
    "packing",
    "plate",
    "driver_phone",
    "stop",
    "carrier",
    "transit_h",
}


def step(market: Market) -> Body:
    return {"client_id": client_id()}


def fee(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "zone": market.ids["zone"],
        "up_to": "5 kg",
        "fee": "25.000",
        "free_from": "500.000",
        "on_arrival": "",
    }


def way(market: Market) -> Body:
    return {
        **fee(market),
        "place_text": "Xe Hải Yến",
        "when_text": "5:30 mỗi sáng",
        "packing": "200 g",
        "plate": "20B-012.34",
        "driver_phone": "0912 345 678",
        "stop": "Bến Mỹ Đình",
        "carrier": "",
        "transit_h": "24",
    }


def slot(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "day": (clock.today() + timedelta(days=3)).isoformat(),
        "from_time": "08:00",
        "to_time": "10:00",
        "capacity": 20,
        "cutoff_h": 12,
        "weeks": 4,
    }


def zone(market: Market) -> Body:
    return {"client_id": client_id(), "name": "Quanh nhà", "places": "Hà Nội\nTân Cương"}


_PUBLIC = {
    "GET /places": Example(query={"q": "tan cu"}),
    "GET /sellers/<seller>/delivery": Example(query={"to": "Tân Cương, Thái Nguyên", "g": "1000"}),
}
_PAGES = {
    f"GET {_DESK}": Example(200, "staff_a"),
    f"GET {_DESK}/new/<kind>": Example(200, "staff_a", things={"kind": "way_kind"}),
    f"GET {_WAY}": Example(200, "staff_a"),
    f"GET {_DESK}/zones": Example(200, "staff_a"),
}
_FORMS = {
    f"POST {_DESK}/new/<kind>": Example(
        303,
        "staff_a",
        form=way,
        things={"kind": "way_kind"},
        optional=_OPTIONAL_WAY,
        blank=_OPTIONAL_WAY,
        anything=frozenset({"when_text", "plate", "stop", "carrier", "place_text"}),
        foreign={"zone": "foreign_zone"},
    ),
    f"POST {_WAY}/fees": Example(
        303,
        "staff_a",
        form=fee,
        optional=_OPTIONAL_FEE,
        blank=_OPTIONAL_FEE,
        foreign={"zone": "foreign_zone"},
    ),
    f"POST {_WAY}/fees/<fee>/end": Example(303, "staff_a", form=step),
    f"POST {_WAY}/hours": Example(
        303,
        "staff_a",
        form=lambda market: {"client_id": client_id(), "transit_h": "48"},
        blank=frozenset({"transit_h"}),
    ),
    f"POST {_WAY}/end": Example(303, "staff_a", form=step),
    f"POST {_WAY}/slots": Example(303, "staff_a", form=slot, zero=frozenset({"cutoff_h"})),
    f"POST {_WAY}/slots/<slot>": Example(
        303,
        "staff_a",
        form=lambda market: {"client_id": client_id(), "capacity": 9},
        zero=frozenset({"capacity"}),
    ),
    f"POST {_DESK}/zones": Example(303, "staff_a", form=zone, anything=frozenset({"name"})),
    f"POST {_DESK}/zones/<zone>": Example(303, "staff_a", form=zone, anything=frozenset({"name"})),
    f"POST {_DESK}/zones/<zone>/end": Example(
        303, "staff_a", form=step, things={"zone": "spare_zone"}
    ),
}

EXAMPLES = {**_PUBLIC, **_PAGES, **_FORMS}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PUBLIC, _EVERYBODY),
    **dict.fromkeys(_PAGES, _PAGE),
    **dict.fromkeys(_FORMS, _STEP),
}
