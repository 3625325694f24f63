"""How a flash window is asked for, by programs and on the host's page: a length, perhaps a lead and caps."""

from typing import cast

from marshmallow import ValidationError, fields, validate, validates_schema

from core import clock
from core.client_ids import JsonObject
from core.http.fields import Body, ClientId, Count, Line
from core.money import MAX_VND, check_vnd, parse_vnd
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins.pin_views import FlashSale
from livestream.schemas import MOST_PACKS, Code, Price

_DAY_S = 24 * 60 * 60
_SECOND_MS = 1000
_MOST_DIGITS = 6


class FlashBody(Body):
    """A price for a while: `minutes` or `seconds` long, `lead_s` seconds from now, for `packs` in all."""

    client_id = ClientId()
    price_vnd = Price()
    minutes = Count(1, _DAY_S // 60, required=False)
    seconds = Count(30, _DAY_S, required=False)
    lead_s = Count(0, _DAY_S, required=False)
    packs = Count(1, MOST_PACKS, required=False)
    limit = Count(1, MOST_PACKS, required=False)

    @validates_schema
    def _has_one_length(self, data: JsonObject, **_more: object) -> None:
        if ("minutes" in data) == ("seconds" in data):
            raise ValidationError("minutes or seconds", "minutes")


class FlashForm(Body):
    """The same as typed on the host's page; empty caps are none."""

    client_id = ClientId()
    code = Code()
    price = Line(20)
    seconds = Count(30, _DAY_S)
    lead_s = Count(0, _DAY_S)
    packs = fields.String(
        load_default="", validate=validate.Regexp(rf"\A[0-9]{{0,{_MOST_DIGITS}}}\Z")
    )
    limit = fields.String(
        load_default="", validate=validate.Regexp(rf"\A[0-9]{{0,{_MOST_DIGITS}}}\Z")
    )


class FlashEndForm(Body):
    """Which pin's window ends."""

    client_id = ClientId()
    code = Code()


def window(body: JsonObject) -> FlashSale:
    """The window a `FlashBody` asks for, from the server's time on."""
    seconds = cast(int | None, body.get("seconds"))
    length_ms = seconds * _SECOND_MS if seconds else cast(int, body["minutes"]) * MINUTE_MS
    starts_ms = clock.now_ms() + cast(int, body.get("lead_s", 0)) * _SECOND_MS
    return FlashSale(
        price_vnd=cast(int, body["price_vnd"]),
        starts_ms=starts_ms,
        ends_ms=starts_ms + length_ms,
        packs=cast(int | None, body.get("packs")),
        limit_packs=cast(int | None, body.get("limit")),
    )


def typed_window(body: JsonObject) -> FlashSale:
    """The window a `FlashForm` asks for.

    Raises:
        BadAmount: the price is none.
    """
    price_vnd = check_vnd(parse_vnd(str(body["price"])), least=1, most=MAX_VND)
    caps = {name: int(str(body[name]) or 0) or None for name in ("packs", "limit")}
    return window({**body, **caps, "price_vnd": price_vnd})
