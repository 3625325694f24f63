"""What the hand-over page sends, as a form and as JSON: one label, one thing that was done with it."""

from marshmallow import fields, validate

from core.client_ids import JsonObject
from core.http.fields import Body, ClientId, Count, Line, OptionalLine
from core.money import MAX_VND
from shop.shipments.handing import HandOver
from shop.shipments.steps import ParcelStep

TO = ("buyer", "run", "coach", "carrier", "back")
"""To whom: the buyer's own hands, the seller's run, a coach, a carrier; or nobody took it (`back`)."""
_MOST_MS = 2**53 - 1


class HandOverBody(Body):
    """A parcel handed over; `said_ms` is the phone's clock, right or wrong (UTC ms)."""

    client_id = ClientId()
    label = Line(64)
    to = fields.String(required=True, validate=validate.OneOf(TO))
    said_ms = Count(0, _MOST_MS, required=False)
    took_vnd = Count(0, MAX_VND, required=False)
    taken_by = OptionalLine(80)
    plate = OptionalLine(16)
    driver_phone = OptionalLine(20)
    reason = OptionalLine(200)


class HandOverAnswer(Body):
    """What became of the parcel; `at` is when it left, as far as we believe it."""

    label = fields.String(required=True)
    orders = fields.List(fields.String(), required=True)
    state = fields.String(required=True)
    at = fields.String(required=True)


def step_of(body: JsonObject, actor: str) -> ParcelStep:
    """What `body`, as its schema let it through, says was done by `actor`."""
    said = body.get("said_ms")
    how = HandOver(
        actor=actor,
        said_ms=said if isinstance(said, int) else None,
        taken_by=str(body["taken_by"]),
        plate=str(body["plate"]),
        driver_phone=str(body["driver_phone"]),
    )
    took = body.get("took_vnd")
    return ParcelStep(
        label=str(body["label"]),
        to=str(body["to"]),
        how=how,
        reason=str(body["reason"]),
        took_vnd=took if isinstance(took, int) else 0,
    )
