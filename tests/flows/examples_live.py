"""Right requests for the routes of livestream."""

from dataclasses import replace

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

_ROOM = "/live/<session_id>"
_HOST = "/host/<session_id>"
_WHO = frozenset({"phone", "name"})
_MORE_PLACES = frozenset(
    f"{name}_{place}" for name in ("listing", "packs", "price", "limit") for place in (2, 3)
)


def claim_form(market: Market) -> Body:
    return {"client_id": client_id(), "code": "A2", "packs": 2, "phone": "", "name": ""}


def comment_form(market: Market) -> Body:
    return {"client_id": client_id(), "text": "chốt A2 2 gói", "phone": "", "name": ""}


def who_form(market: Market) -> Body:
    return {"phone": BUYERS_PHONE, "name": "Lan"}


def basket_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "name": "Hoa",
        "phone": "",
        "way": "own_run",
        "address": "Số 5, xóm Đồng Lạnh",
    }


def terms_form(market: Market) -> Body:
    return {"client_id": client_id(), "price": "55k", "packs": 12}


def show_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "seller": market.ids["seller"],
        "title": "Chợ chiều",
        "minutes": 90,
        "listing_1": market.ids["third_listing"],
        "packs_1": 5,
        "price_1": "60.000",
        "limit_1": 2,
    }


def _host(**more: object) -> Example:
    return replace(Example(303, "staff_a", form=step), **more)  # type: ignore[arg-type]


PAGES = {
    "GET /live": Example(),
    f"GET {_ROOM}": Example(),
    f"POST {_ROOM}/claims": Example(
        200, "buyer", needs_login=False, form=claim_form, optional=_WHO, blank=_WHO
    ),
    f"POST {_ROOM}/claims/<claim_id>": Example(
        200, "buyer", needs_login=False, form=change, zero=frozenset({"qty"})
    ),
    f"POST {_ROOM}/comments": Example(
        200,
        "buyer",
        needs_login=False,
        form=comment_form,
        optional=_WHO,
        blank=_WHO,
        anything=_TEXT,
    ),
    f"POST {_ROOM}/me": Example(303, form=who_form),
    f"GET {_ROOM}/basket/<seller_id>": Example(
        200, "buyer", needs_login=False, things={"seller_id": "seller"}
    ),
    f"POST {_ROOM}/basket/<seller_id>": Example(
        303,
        "buyer",
        needs_login=False,
        form=basket_form,
        things={"seller_id": "seller"},
        optional=frozenset({"phone"}),
        blank=frozenset({"phone"}),
        anything=_TEXTS,
    ),
    "GET /console": Example(200, "staff_a"),
    "GET /console/sessions/new": Example(200, "staff_a"),
    "POST /console/sessions/new": Example(
        303,
        "staff_a",
        form=show_form,
        optional=_MORE_PLACES,
        anything=_TEXTS,
        foreign={"seller": "foreign_seller", "listing_1": "foreign_listing"},
    ),
    f"GET {_HOST}": Example(200, "staff_a"),
    f"POST {_HOST}/start": _host(things={"session_id": "next_session"}),
    f"POST {_HOST}/interrupt": _host(),
    f"POST {_HOST}/resume": _host(things={"session_id": "paused_session"}),
    f"POST {_HOST}/end": _host(),
    f"POST {_HOST}/announcement": _host(
        form=announcement, optional=_TEXT, blank=_TEXT, anything=_TEXT
    ),
    f"POST {_HOST}/pins/<code>/show": _host(things=_SECOND),
    f"POST {_HOST}/pins/<code>/side": _host(things=_FIRST),
    f"POST {_HOST}/pins/<code>/close": _host(things=_SECOND),
    f"POST {_HOST}/pins/<code>/terms": _host(form=terms_form, things=_FIRST),
}
