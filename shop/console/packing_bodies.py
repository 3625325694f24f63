"""What the packing desk is told: a form of one box, the same from a phone that had no network, what to print.

In a form the things of an order stand one after the other as `line_1`, `place_1`, `packs_1` … (packs are
those of the line); weights come as people type them. A phone sends base units.
"""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Opaque, OptionalLine

MOST_THINGS = 60
"""How many things an order's form has; a longer order is packed by phone, which sends lists."""
REASON_LENGTH = 200
_AMOUNT_LENGTH = 20
_MOST_PACKS = 100_000
_MOST_BASE = 10**12 - 1
_MOST_CODES = 2_400


class _BoxFields(Body):
    client_id = ClientId()
    reason = OptionalLine(REASON_LENGTH)


BoxForm = _BoxFields.from_dict(
    {
        **{f"line_{n}": OptionalLine(32) for n in range(1, MOST_THINGS + 1)},
        **{f"place_{n}": Count(0, 99, required=False) for n in range(1, MOST_THINGS + 1)},
        **{f"packs_{n}": Count(0, _MOST_PACKS, required=False) for n in range(1, MOST_THINGS + 1)},
        **{f"lot_{n}": OptionalLine(32) for n in range(1, MOST_THINGS + 1)},
        **{f"weight_{n}": OptionalLine(_AMOUNT_LENGTH) for n in range(1, MOST_THINGS + 1)},
    },
    name="BoxForm",
)
"""One box as a page's form tells it; empty places do not count."""


class ReasonForm(Body):
    """A step that may say why."""

    client_id = ClientId()
    reason = OptionalLine(REASON_LENGTH)


class PapersForm(Body):
    """Orders to be printed, their codes in one field, and whether labels, slips or both."""

    client_id = ClientId()
    orders = OptionalLine(_MOST_CODES)
    what = fields.String(load_default="both", validate=validate.OneOf(["both", "labels", "slips"]))


class PartBody(Body):
    """One thing of a line: the lot in hand, and base units on the scales (0: not weighed)."""

    place = Count(0, 99)
    lot = OptionalLine(32)
    weighed = fields.Integer(strict=True, load_default=0, validate=validate.Range(0, _MOST_BASE))


class LineBody(Body):
    """A line: how many packs of it are in the box."""

    line = Opaque()
    packs = Count(0, _MOST_PACKS)
    parts = fields.List(
        fields.Nested(PartBody), required=True, validate=validate.Length(1, MOST_THINGS)
    )


class BoxBody(Body):
    """One box as a phone tells it, perhaps hours later."""

    client_id = ClientId()
    order = Opaque()
    reason = OptionalLine(REASON_LENGTH)
    lines = fields.List(fields.Nested(LineBody), required=True, validate=validate.Length(1, 300))


class BoxAnswer(Body):
    """The order is packed: `label` is the code on its box. Or it `waits` for what is short, and is put aside.

    `left` is how many orders are still to be packed.
    """

    order = fields.String(required=True)
    label = fields.String(required=True)
    waits = fields.Boolean(required=True)
    left = fields.Integer(required=True)
