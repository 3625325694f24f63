"""Right requests for the routes of shop and payments."""

import itertools
import json

from tests.factories.payments import SECRET, Transfer, sepay_body, signed
from tests.flows.build import BUYERS_PHONE, PRICE_VND
from tests.flows.example import Body, Example
from tests.flows.market import Market

_ids = itertools.count(1)


def client_id() -> str:
    """An id no other write has."""
    return f"write-{next(_ids):08d}"


def cart_line(market: Market) -> Body:
    return {"listing": market.ids["listing"], "packs": 2, "client_id": client_id()}


def cart_change(market: Market) -> Body:
    return {"packs": 3, "client_id": client_id()}


def cart_order(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "seller": market.ids["seller"],
        "name": "Hoa",
        "phone": BUYERS_PHONE,
        "delivery": {"way": "own_run", "address": "Số 5, xóm Đồng Lạnh"},
    }


def cancellation(market: Market) -> Body:
    return {"client_id": client_id(), "reason": "đặt nhầm", "k": market.ids["capability"]}


def line_form(market: Market) -> Body:
    return {"client_id": client_id(), "listing": market.ids["listing"], "packs": 2}


def checkout_form(market: Market) -> Body:
    return {
        "client_id": client_id(),
        "name": "Hoa",
        "phone": BUYERS_PHONE,
        "way": "own_run",
        "address": "Số 5, xóm Đồng Lạnh",
    }


def notice(market: Market) -> Body:
    """What the bank tells of the money for the order that is still to be paid."""
    assert market.till is not None
    transfer = Transfer(f"{market.ids['code']} tra tien che", PRICE_VND, "FT-once")
    told: Body = json.loads(sepay_body(market.till, transfer))
    return told


_REASON = frozenset({"reason"})
_ADDRESS = frozenset({"delivery.address"})
_TEXTS = frozenset({"name", "delivery.address", "reason"})

EXAMPLES = {
    "GET /": Example(),
    "GET /cart": Example(),
    "POST /cart/lines": Example(303, "buyer", needs_login=False, form=line_form),
    "POST /cart/lines/<listing>": Example(
        303,
        "buyer",
        needs_login=False,
        form=lambda market: {"packs": 3},
        zero=frozenset({"packs"}),
    ),
    "GET /checkout/<seller>": Example(200, "buyer", needs_login=False),
    "POST /checkout/<seller>": Example(
        303,
        "buyer",
        needs_login=False,
        form=checkout_form,
        optional=frozenset({"phone"}),
        blank=frozenset({"phone"}),
    ),
    "GET /console/orders": Example(200, "staff_a", query={"show": "all", "before": "x"}),
    "GET /orders/<code>": Example(200, "buyer"),
    "GET /orders/<code>/state": Example(200, "buyer"),
    "GET /orders/<code>/qr.png": Example(200, "buyer"),
    "POST /orders/<code>/cancel": Example(
        303, "buyer", form=lambda market: {"reason": "đặt nhầm"}, optional=_REASON, blank=_REASON
    ),
    "GET /api/v1/cart": Example(200, "buyer"),
    "POST /api/v1/cart/lines": Example(200, "buyer", json=cart_line),
    "PUT /api/v1/cart/lines/<listing>": Example(
        200, "buyer", json=cart_change, zero=frozenset({"packs"})
    ),
    "POST /api/v1/cart/orders": Example(
        200, "buyer", json=cart_order, optional=_ADDRESS | {"phone"}, anything=_TEXTS
    ),
    "GET /api/v1/orders/<code>": Example(200, "buyer"),
    "POST /api/v1/orders/<code>/cancel": Example(
        json=cancellation,
        optional=_REASON,
        blank=_REASON,
        anything=_TEXTS,
    ),
    "POST /webhooks/<string:provider>/<string:feed>": Example(
        json=notice,
        headers=lambda market, raw: signed(raw, SECRET),
        provider_fields=frozenset({"transferAmount", "transferType", "transactionDate"}),
        keeps=frozenset({"webhook_bodies"}),
    ),
}
