"""What staff type about delivery: ways, fees, slots, zones, read into the services' words.

Refuses half a fee: an amount, or the tick that whoever receives pays on arrival.
"""

from datetime import date, datetime, time

from marshmallow import fields, validate

from catalog.units import parse_quantity
from core import clock
from core.client_ids import JsonObject
from core.errors import BadRequest
from core.http.fields import Body, ClientId, Count, Line, OptionalLine
from core.money import BadAmount, parse_vnd
from core.phone import BadPhone, parse_phone
from core.quantity import BadQuantity
from shop.delivery.slots import MOST_PLACES, MOST_WEEKS, BadSlot, NewSlot
from shop.delivery.ways import COACH, NewFee, NewWay

HOURS = ("6", "12", "24", "48", "72", "96", "168")
"""What a form offers: a morning, a day, two, three, four, a week."""
_LABEL = 120
_AMOUNT = 20
_HOUR_MS = 3_600_000
_MOST_HOURS = 240
_PLACES = 12_000
_TICKED = validate.OneOf(["", "1"])


class WrongField(BadRequest):
    """An amount, weight or number as typed cannot be; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field=field, why="not readable")


class FeeForm(Body):
    """What a way costs: to a zone ("" for anywhere), up to a weight, free from a sum of goods on."""

    client_id = ClientId()
    zone = OptionalLine(16)
    up_to = OptionalLine(_AMOUNT)
    fee = OptionalLine(_AMOUNT)
    free_from = OptionalLine(_AMOUNT)
    on_arrival = fields.String(load_default="", validate=_TICKED)


class WayForm(FeeForm):
    """A new way with its first fee; the coach's fields are empty for other kinds."""

    place_text = Line(_LABEL)
    when_text = OptionalLine(_LABEL)
    packing = OptionalLine(_AMOUNT)
    plate = OptionalLine(_AMOUNT)
    driver_phone = OptionalLine(_AMOUNT)
    stop = OptionalLine(_LABEL)
    carrier = OptionalLine(16)
    transit_h = fields.String(load_default="", validate=validate.OneOf(["", *HOURS]))


class HoursForm(Body):
    """How many hours goods of a way are on the road ("" where nobody knows)."""

    client_id = ClientId()
    transit_h = fields.String(required=True, validate=validate.OneOf(["", *HOURS]))


class SlotForm(Body):
    """A slot on a day from hour to hour, for so many orders, taken until so many hours before."""

    client_id = ClientId()
    day = Line(10)
    from_time = Line(5)
    to_time = Line(5)
    capacity = Count(1, MOST_PLACES)
    cutoff_h = Count(0, _MOST_HOURS)
    weeks = Count(1, MOST_WEEKS)


class ResizeForm(Body):
    """How many orders a slot takes in all; 0 closes it."""

    client_id = ClientId()
    capacity = Count(0, MOST_PLACES)


class ZoneForm(Body):
    """A zone: its name, and its places one a line."""

    client_id = ClientId()
    name = Line(80)
    places = fields.String(required=True, validate=validate.Length(min=1, max=_PLACES))


def fee_of(body: JsonObject) -> NewFee:
    """The fee of a loaded `FeeForm`.

    Raises:
        WrongField: an amount or weight is not readable, or there is no fee at all.
    """
    on_arrival = bool(body["on_arrival"])
    fee = _vnd(body, "fee")
    if fee is None and not on_arrival:
        raise WrongField("fee")
    return NewFee(
        fee_vnd=0 if on_arrival else fee or 0,
        zone_id=str(body["zone"]) or None,
        up_to_g=_grams(body, "up_to"),
        free_from_vnd=None if on_arrival else _vnd(body, "free_from"),
        on_arrival=on_arrival,
    )


def way_of(kind: str, body: JsonObject) -> NewWay:
    """The way of a loaded `WayForm`.

    Raises:
        WrongField: an amount, weight or number is not readable, or there is no fee at all.
    """
    fee = fee_of(body)
    coach = kind == COACH
    return NewWay(
        kind=kind,
        label=str(body["place_text"]),
        when_text=str(body["when_text"]),
        fee_vnd=fee.fee_vnd,
        free_from_vnd=fee.free_from_vnd,
        up_to_g=fee.up_to_g,
        zone_id=fee.zone_id,
        on_arrival=fee.on_arrival,
        packing_g=_grams(body, "packing") or 0,
        plate=str(body["plate"]) if coach else "",
        driver_phone=_phone(body, "driver_phone") if coach else "",
        stop=str(body["stop"]) if coach else "",
        carrier=str(body["carrier"]),
        transit_h=hours_of(body),
    )


def hours_of(body: JsonObject) -> int | None:
    """The hours on the road of a loaded form, None where nobody knows."""
    return int(str(body["transit_h"])) if body["transit_h"] else None


def slot_of(body: JsonObject) -> NewSlot:
    """The slot of a loaded `SlotForm`; its times are Vietnam's.

    Raises:
        BadSlot: a day or an hour does not exist.
    """
    starts_ms, ends_ms = (_moment_ms(body, name) for name in ("from_time", "to_time"))
    return NewSlot(
        starts_ms=starts_ms,
        ends_ms=ends_ms,
        cutoff_ms=starts_ms - int(str(body["cutoff_h"])) * _HOUR_MS,
        capacity=int(str(body["capacity"])),
        weeks=int(str(body["weeks"])),
    )


def _moment_ms(body: JsonObject, name: str) -> int:
    try:
        day, at = date.fromisoformat(str(body["day"])), time.fromisoformat(str(body[name]))
        moment = datetime.combine(day, at.replace(tzinfo=None), clock.VIETNAM)
        return int(moment.timestamp()) * 1000
    except (ValueError, OverflowError) as error:
        raise BadSlot() from error


def _vnd(body: JsonObject, name: str) -> int | None:
    text = str(body[name])
    try:
        return parse_vnd(text) if text else None
    except BadAmount as error:
        raise WrongField(name) from error


def _grams(body: JsonObject, name: str) -> int | None:
    """A weight as typed, in grams; a bare number is kilos. None where nothing was typed."""
    text = str(body[name])
    if not text:
        return None
    try:
        return parse_quantity(text if text[-1].isalpha() else f"{text} kg", "g", {})
    except BadQuantity as error:
        raise WrongField(name) from error


def _phone(body: JsonObject, name: str) -> str:
    text = str(body[name])
    try:
        return parse_phone(text) if text else ""
    except BadPhone as error:
        raise WrongField(name) from error
