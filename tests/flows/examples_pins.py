"""Right requests for a host's quick hands (flash, quick pin, a former show again), and who may make them."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]

_API = "/api/v1/live/<session_id>"
_HOST = "/host/<session_id>"


def quick(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "name": "Bí thơm",
        "unit": "kg",
        "packs": 4,
        "price_vnd": 25_000,
        "limit": 2,
    }


def quick_form(market: Market) -> Body:
    return {"client_id": client_id(), "name": "Bí thơm", "unit": "kg", "packs": 4, "price": "25k"}


def flash_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "code": market.ids["pin"],
        "price": "40k",
        "seconds": 60,
        "lead_s": 10,
        "packs": "5",
        "limit": "",
    }


def flash_end_form(market: Market) -> Body:
    return {"client_id": client_id(), "code": market.ids["pin"]}


def step(market: Market) -> Body:
    return {"client_id": client_id()}


_NAME, _CAPS = frozenset({"name"}), frozenset({"packs", "limit"})

_PROGRAMS = {
    f"POST {_API}/quick-pins": Example(
        200, "staff_a", json=quick, optional=frozenset({"limit"}), anything=_NAME
    ),
    f"POST {_API}/again": Example(200, "staff_a", json=step),
}
_FORMS = {
    f"POST {_HOST}/flash": Example(
        303,
        "staff_a",
        form=flash_form,
        optional=_CAPS,
        blank=_CAPS,
        zero=frozenset({"lead_s", *_CAPS}),
    ),
    f"POST {_HOST}/flash/end": Example(303, "staff_a", form=flash_end_form),
    f"POST {_HOST}/quick-pin": Example(303, "staff_a", form=quick_form, anything=_NAME),
    f"POST {_HOST}/again": Example(303, "staff_a", form=step),
}
EXAMPLES: dict[str, Example] = {**_PROGRAMS, **_FORMS}
CELLS: dict[str, Cells] = {
    **dict.fromkeys(_PROGRAMS, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
}
