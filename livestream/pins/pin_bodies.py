"""How a product nobody listed is named, by programs and on the host's page."""

from typing import cast

from marshmallow import fields, validate

from core.client_ids import JsonObject
from core.http.fields import Body, ClientId, Count, Line
from core.money import MAX_VND, check_vnd, parse_vnd
from livestream.pins.quick_pins import UNITS, QuickPin
from livestream.schemas import MOST_PACKS, Price

_NAME_LENGTH = 120
_LIMIT = 5


class QuickPinBody(Body):
    """Name, unit (a word of `quick_pins.UNITS`), packs in all, price per pack; `limit` per buyer is 5."""

    client_id = ClientId()
    name = Line(_NAME_LENGTH)
    unit = fields.String(required=True, validate=validate.OneOf(sorted(UNITS)))
    packs = Count(1, MOST_PACKS)
    price_vnd = Price()
    limit = Count(1, MOST_PACKS, required=False)


class QuickPinForm(Body):
    """The same, with the price as the host types it (`25k`)."""

    client_id = ClientId()
    name = Line(_NAME_LENGTH)
    unit = fields.String(required=True, validate=validate.OneOf(sorted(UNITS)))
    packs = Count(1, MOST_PACKS)
    price = Line(20)


def quick_pin(body: JsonObject) -> QuickPin:
    """What a `QuickPinBody` asks for."""
    return QuickPin(
        name=str(body["name"]),
        unit=str(body["unit"]),
        packs=cast(int, body["packs"]),
        price_vnd=cast(int, body["price_vnd"]),
        limit_packs=cast(int, body.get("limit", _LIMIT)),
    )


def typed_quick_pin(body: JsonObject) -> QuickPin:
    """What a `QuickPinForm` asks for.

    Raises:
        BadAmount: the price is none.
    """
    price_vnd = check_vnd(parse_vnd(str(body["price"])), least=1, most=MAX_VND)
    return quick_pin({**body, "price_vnd": price_vnd})
