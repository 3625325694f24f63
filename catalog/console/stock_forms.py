"""Bodies and answers for counting and moving goods: forms of pages, and what a phone sends when it can.

Numbers a person types come as text and are read by `catalog.units`; a phone that counted sends base units.
"""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine
from core.money import MAX_VND

MOST_BASE = 10**12 - 1
MOST_LINES = 300
REASON_LENGTH = 200
NAME_LENGTH = 80
_YEAR_2100_MS = 4_102_444_800_000


class PointForm(Body):
    """A stall or a van to be."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(["stall", "van"]))
    name = Line(NAME_LENGTH)


class CountLineBody(Body):
    """One lot: what the book said when it was counted, and what was counted, in base units."""

    lot = Opaque()
    book = Count(0, MOST_BASE)
    counted = Count(0, MOST_BASE)


class CountBody(Body):
    """Lots counted at a point, made on a phone that may have had no network."""

    client_id = ClientId()
    point = Opaque()
    reason = OptionalLine(REASON_LENGTH)
    lines = fields.List(
        fields.Nested(CountLineBody), required=True, validate=validate.Length(1, MOST_LINES)
    )


class CountedLineAnswer(Body):
    """What became of a line; `now` is what the book says, `short` what is promised beyond the goods."""

    lot = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["same", "kept", "moved"]))
    now = fields.Integer(required=True)
    short = fields.Integer(required=True)


class CountAnswer(Body):
    """The lines in the order they were sent."""

    list = fields.List(fields.Nested(CountedLineAnswer), required=True)


class StallLineBody(Body):
    """So many base units of what a listing offers."""

    listing = Opaque()
    quantity = Count(1, MOST_BASE)


class StallSaleBody(Body):
    """One sale by hand: what went over the counter, for how much, when by the phone's clock (UTC ms)."""

    client_id = ClientId()
    point = Opaque()
    took_vnd = Count(0, MAX_VND)
    sold_ms = Count(1, _YEAR_2100_MS)
    lines = fields.List(
        fields.Nested(StallLineBody), required=True, validate=validate.Length(1, MOST_LINES)
    )


class StallSaleAnswer(Body):
    """The name under which the sale stands in the book."""

    sale = fields.String(required=True)
