"""Bodies of the forms for lots: harvests, steps with a lot, runs. Amounts are text, read by `weighing`."""

from marshmallow import fields, validate

from catalog.console.typed_days import Day
from core.errors import N_
from core.http.fields import Body, ClientId, Line, Opaque, OptionalLine

AMOUNT_LENGTH = 40
UNIT_LENGTH = 40
GRADE_LENGTH = 40
REASON_LENGTH = 200
NOTES_LENGTH = 2000
DAYS_LENGTH = 3
MOST_INPUTS = 20
MOST_OUTPUTS = 4
MOST_MERGED = 12
ORDER_LENGTH = 40

RETURN_WHYS = {
    "damaged": N_("Dập, rách, hỏng"),
    "wrong": N_("Giao nhầm, giao thừa"),
    "quality": N_("Không ngon, không như lời bán"),
    "unwanted": N_("Khách đổi ý, không nhận"),
}
"""Why goods come back, in the words a stock keeper taps."""


class HarvestForm(Body):
    """A harvest as it is written down at the scales; all after `harvested_on` may be left empty."""

    client_id = ClientId()
    product = Opaque()
    quantity = Line(AMOUNT_LENGTH)
    unit = Line(UNIT_LENGTH)
    harvested_on = Day(required=True)
    member = OptionalLine(32)
    plot = OptionalLine(32)
    point = OptionalLine(32)
    grade = OptionalLine(GRADE_LENGTH)
    best_before = Day(load_default="")
    sprayed_on = Day(load_default="")
    interval_days = OptionalLine(DAYS_LENGTH)
    notes = OptionalLine(NOTES_LENGTH)


class ReasonForm(Body):
    """A change of a lot's state, perhaps with a reason."""

    client_id = ClientId()
    reason = OptionalLine(REASON_LENGTH)


class BlockForm(Body):
    """Sales of a lot stop: somebody will ask why."""

    client_id = ClientId()
    reason = Line(REASON_LENGTH)


class AmountForm(Body):
    """So much of a lot at a stock row, and why."""

    client_id = ClientId()
    stock = Opaque()
    quantity = Line(AMOUNT_LENGTH)
    unit = Line(UNIT_LENGTH)
    reason = Line(REASON_LENGTH)


class TransferForm(Body):
    """So much of a lot from a stock row to a point."""

    client_id = ClientId()
    stock = Opaque()
    quantity = Line(AMOUNT_LENGTH)
    unit = Line(UNIT_LENGTH)
    point = Opaque()


class SplitForm(Body):
    """A part of a lot that shall be a lot of its own."""

    client_id = ClientId()
    stock = Opaque()
    quantity = Line(AMOUNT_LENGTH)
    unit = Line(UNIT_LENGTH)
    reason = OptionalLine(REASON_LENGTH)


class RegradeForm(Body):
    """A part of a lot that is of another grade."""

    client_id = ClientId()
    stock = Opaque()
    quantity = Line(AMOUNT_LENGTH)
    unit = Line(UNIT_LENGTH)
    grade = Line(GRADE_LENGTH)


class ReturnForm(Body):
    """Goods that came back: of which lot, how much, why, and what the buyer says of the order."""

    client_id = ClientId()
    lot = Opaque()
    quantity = Line(AMOUNT_LENGTH)
    unit = Line(UNIT_LENGTH)
    why = fields.String(required=True, validate=validate.OneOf(sorted(RETURN_WHYS)))
    more = OptionalLine(REASON_LENGTH // 2)
    order = OptionalLine(ORDER_LENGTH)
    point = OptionalLine(32)


class GradeForm(Body):
    """A look at returned goods: how much is as good as new, how much is spoilt and why."""

    client_id = ClientId()
    stock = Opaque()
    good = OptionalLine(AMOUNT_LENGTH)
    spoilt = OptionalLine(AMOUNT_LENGTH)
    unit = Line(UNIT_LENGTH)
    reason = OptionalLine(REASON_LENGTH)


class _MergeFields(Body):
    client_id = ClientId()
    reason = OptionalLine(REASON_LENGTH)


MergeForm = _MergeFields.from_dict(
    {f"other_{place}": OptionalLine(32) for place in range(1, MOST_MERGED + 1)}, name="MergeForm"
)
"""Which other lots of the product are pooled with this one: ticked boxes send their lot's id."""


class _RunFields(Body):
    client_id = ClientId()
    step = fields.String(required=True, validate=validate.OneOf(["check", "save"]))
    unit = Line(UNIT_LENGTH)
    note = OptionalLine(REASON_LENGTH)


RunForm = _RunFields.from_dict(
    {
        **{f"lot_{place}": OptionalLine(32) for place in range(1, MOST_INPUTS + 1)},
        **{f"used_{place}": OptionalLine(AMOUNT_LENGTH) for place in range(1, MOST_INPUTS + 1)},
        **{f"product_{place}": OptionalLine(32) for place in range(1, MOST_OUTPUTS + 1)},
        **{f"made_{place}": OptionalLine(AMOUNT_LENGTH) for place in range(1, MOST_OUTPUTS + 1)},
        **{f"grade_{place}": OptionalLine(GRADE_LENGTH) for place in range(1, MOST_OUTPUTS + 1)},
        **{f"best_{place}": Day(load_default="") for place in range(1, MOST_OUTPUTS + 1)},
    },
    name="RunForm",
)
"""Lots that went in and goods that came out, all weighed in one unit; empty places do not count."""
