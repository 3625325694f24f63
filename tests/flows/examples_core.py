"""Right requests for the routes of core."""

from core.identity import codes_by_phone
from tests.factories.identity import new_phone
from tests.flows.build import BUYERS_PHONE, PASSWORD
from tests.flows.example import Body, Example
from tests.flows.market import Market


def number(market: Market) -> Body:
    return {"phone": new_phone(), "name": "Lan"}


def phone(market: Market) -> Body:
    return {"phone": BUYERS_PHONE}


def sent_code(market: Market) -> Body:
    """A number and the code just made for it."""
    key = market.app.config["SECRET_KEY"]
    code = market.change(lambda session: codes_by_phone.make(session, key, BUYERS_PHONE))
    return {"phone": BUYERS_PHONE, "code": code}


def password(market: Market) -> Body:
    return {"phone": BUYERS_PHONE, "password": PASSWORD}


def nothing(market: Market) -> Body:
    return {}


def going_on(fields: Body) -> Body:
    return {**fields, "next": "/account"}


_NEXT = frozenset({"next"})

EXAMPLES = {
    "GET /healthz": Example(),
    "GET /readyz": Example(),
    "GET /api/v1/openapi.json": Example(),
    "POST /api/v1/auth/phone": Example(json=number, anything=frozenset({"name"})),
    "POST /api/v1/auth/otp": Example(json=phone),
    "POST /api/v1/auth/verify": Example(json=sent_code),
    "POST /api/v1/auth/login": Example(json=password),
    "POST /api/v1/auth/logout": Example(json=nothing, who="buyer"),
    "GET /login": Example(query={"next": "/account"}),
    "POST /login": Example(
        303, form=lambda market: going_on(password(market)), optional=_NEXT, blank=_NEXT
    ),
    "POST /login/code": Example(
        form=lambda market: going_on(phone(market)), optional=_NEXT, blank=_NEXT
    ),
    "POST /login/verify": Example(
        303, form=lambda market: going_on(sent_code(market)), optional=_NEXT, blank=_NEXT
    ),
    "POST /logout": Example(303, "buyer", form=nothing),
    "GET /account": Example(200, "buyer"),
    "POST /account/name": Example(303, "buyer", form=lambda market: {"name": "Lan"}),
    "POST /account/devices/<device_id>/sign-out": Example(
        303, "buyer", form=nothing, things={"device_id": "device"}
    ),
}
