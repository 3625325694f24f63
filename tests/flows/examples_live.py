"""Right requests for the routes of livestream."""

from tests.flows.build import BUYERS_PHONE
from tests.flows.example import Body, Example
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

_LIVE = "/api/v1/live/<session_id>"
_PIN = f"{_LIVE}/pins/<code>"


def step(market: Market) -> Body:
    return {"client_id": client_id()}


def claim(market: Market) -> Body:
    return {"code": "A2", "qty": 2, "client_id": client_id()}


def change(market: Market) -> Body:
    return {"qty": 1, "client_id": client_id()}


def comment(market: Market) -> Body:
    return {"text": "chốt A2 2 gói", "client_id": client_id()}


def order(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "seller": market.ids["seller"],
        "name": "Hoa",
        "phone": BUYERS_PHONE,
        "delivery": {"way": "own_run", "address": "Số 5, xóm Đồng Lạnh"},
    }


def pin(market: Market) -> Body:
    return {"listing": market.ids["third_listing"], "packs": 5, "price_vnd": 60_000, "limit": 2}


def new_pin(market: Market) -> Body:
    return {**pin(market), "client_id": client_id()}


def new_session(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "seller": market.ids["seller"],
        "title": "Chợ chiều",
        "minutes": 90,
        "hold_rule": "minutes",
        "hold_minutes": 20,
        "pins": [pin(market)],
    }


def announcement(market: Market) -> Body:
    return {"client_id": client_id(), "text": "Mua 3 tặng 1"}


def price(market: Market) -> Body:
    return {"client_id": client_id(), "price_vnd": 55_000}


def allotment(market: Market) -> Body:
    return {"client_id": client_id(), "packs": 12}


def flash(market: Market) -> Body:
    return {"client_id": client_id(), "price_vnd": 50_000, "minutes": 10}


_CODE = frozenset({"code"})
_TEXT = frozenset({"text"})
_FIRST, _SECOND = {"code": "pin"}, {"code": "second_pin"}
_HELD = frozenset({"phone", "delivery.address"})
_TEXTS = frozenset({"name", "title", "delivery.address"})

EXAMPLES = {
    "GET /api/v1/live": Example(),
    f"GET {_LIVE}": Example(),
    f"GET {_LIVE}/events": Example(query={"after": "1"}),
    f"GET {_LIVE}/chat": Example(),
    f"GET {_LIVE}/mine": Example(200, "buyer"),
    f"GET {_LIVE}/host": Example(200, "staff_a"),
    f"GET {_LIVE}/unclear": Example(200, "staff_a"),
    f"POST {_LIVE}/claims": Example(200, "buyer", json=claim),
    f"POST {_LIVE}/claims/<claim_id>/change": Example(
        200, "buyer", json=change, zero=frozenset({"qty"})
    ),
    f"POST {_LIVE}/comments": Example(200, "buyer", json=comment, anything=_TEXT),
    f"POST {_LIVE}/orders": Example(
        200,
        "buyer",
        json=order,
        optional=_HELD,
        blank=_HELD,
        anything=_TEXTS,
        foreign={"seller": "foreign_seller"},
    ),
    "POST /api/v1/live": Example(
        200,
        "staff_a",
        json=new_session,
        optional=frozenset({"hold_rule", "hold_minutes"}),
        anything=_TEXTS,
        foreign={"seller": "foreign_seller", "pins.0.listing": "foreign_listing"},
    ),
    f"POST {_LIVE}/start": Example(
        200, "staff_a", json=step, things={"session_id": "next_session"}
    ),
    f"POST {_LIVE}/interrupt": Example(200, "staff_a", json=step),
    f"POST {_LIVE}/resume": Example(
        200, "staff_a", json=step, things={"session_id": "paused_session"}
    ),
    f"POST {_LIVE}/end": Example(200, "staff_a", json=step),
    f"POST {_LIVE}/announcement": Example(
        200, "staff_a", json=announcement, anything=_TEXT, blank=_TEXT
    ),
    f"POST {_LIVE}/pins": Example(
        200, "staff_a", json=new_pin, foreign={"listing": "foreign_listing"}
    ),
    f"POST {_PIN}/show": Example(200, "staff_a", json=step, things=_SECOND),
    f"POST {_PIN}/side": Example(200, "staff_a", json=step, things=_FIRST),
    f"POST {_PIN}/close": Example(200, "staff_a", json=step, things=_SECOND),
    f"POST {_PIN}/price": Example(200, "staff_a", json=price, things=_FIRST),
    f"POST {_PIN}/allotment": Example(200, "staff_a", json=allotment, things=_FIRST),
    f"POST {_PIN}/flash": Example(200, "staff_a", json=flash, things=_FIRST),
    f"POST {_PIN}/flash/end": Example(200, "staff_a", json=step, things=_FIRST),
}
