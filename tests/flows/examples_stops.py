"""Right requests around an officer's stop of a show, and what each role gets."""

from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_OFFICE = "/officer/live"
_SHOW = f"{_OFFICE}/<session_id>"
_STOPPED = "/console/stops/<session_id>"
_TO_STOP = {"session_id": "show_to_stop"}
_OVER = {"session_id": "stopped_session"}
_ORDER = {**_OVER, "code": "frozen_code"}
_TEXT = frozenset({"text"})


def order(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "reason": "unsafe",
        "text": "Chè không rõ nguồn gốc",
        "scope": "all",
        "sure": "yes",
    }


def ruling(market: Market) -> Body:
    return {"client_id": client_id(), "ruling": "release", "text": "Giấy tờ đủ"}


def answer(market: Market) -> Body:
    return {"client_id": client_id(), "seller": market.ids["seller"], "text": "Chè nhà trồng"}


_OFFICERS = {
    f"GET {_OFFICE}": Example(200, "officer"),
    f"GET {_SHOW}": Example(200, "officer", things=_TO_STOP),
    f"POST {_SHOW}/stop": Example(
        303, "officer", form=order, things=_TO_STOP, optional=frozenset({"scope"}), anything=_TEXT
    ),
    f"POST {_SHOW}/orders/<code>/rule": Example(
        303, "officer", form=ruling, things=_ORDER, anything=_TEXT
    ),
}
_PAGES = {f"GET {_STOPPED}": Example(200, "staff_a", things=_OVER)}
_FORMS = {
    f"POST {_STOPPED}/reply": Example(
        303,
        "staff_a",
        form=answer,
        things=_OVER,
        anything=_TEXT,
        foreign={"seller": "foreign_seller"},
    )
}

EXAMPLES: dict[str, Example] = {**_OFFICERS, **_PAGES, **_FORMS}
CELLS: dict[str, Cells] = {
    # The market's roles hold no office; the officer of the examples does.
    **dict.fromkeys(_OFFICERS, (401, 404, 404, 404, 404, 404)),
    f"GET {_OFFICE}": (303, 404, 404, 404, 404, 404),
    f"GET {_SHOW}": (303, 404, 404, 404, 404, 404),
    **dict.fromkeys(_PAGES, (303, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
}
