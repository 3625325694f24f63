"""Bodies of the forms of one order's page at the desk. None has a price."""

from marshmallow import fields, validate

from catalog.listings import MOST_PACKS
from core.http.fields import Body, ClientId, Count, Opaque, OptionalLine

STEPS = (
    "cod",
    "cash",
    "start",
    "pack",
    "aside",
    "unpack",
    "hand_over",
    "delivered",
    "refused",
    "returned",
    "off",
)
"""What staff do with an order, one word each; the last three, and opening a parcel, take a reason."""
REASON_LENGTH = 200
ADDRESS_LENGTH = 300
PLACE_LENGTH = 120
SLOT_LENGTH = 16
MOST_WEIGHED = 60
"""How many lines are weighed in one form: as many as a cart has."""
_AMOUNT_LENGTH = 20


class OrderStepForm(Body):
    """One step of an order, with a reason where it is done against the buyer's wish."""

    client_id = ClientId()
    do = fields.String(required=True, validate=validate.OneOf(STEPS))
    reason = OptionalLine(REASON_LENGTH)


class LineForm(Body):
    """How many packs of a line there are (0: it is taken out), and why."""

    client_id = ClientId()
    packs = Count(0, MOST_PACKS)
    reason = OptionalLine(REASON_LENGTH)


class _WeighFields(Body):
    client_id = ClientId()


WeighForm = _WeighFields.from_dict(
    {
        **{f"line_{n}": OptionalLine(32) for n in range(1, MOST_WEIGHED + 1)},
        **{f"weight_{n}": OptionalLine(_AMOUNT_LENGTH) for n in range(1, MOST_WEIGHED + 1)},
    },
    name="WeighForm",
)
"""What the scales say of an order's lines before it is paid, as people type it; empty places do not count."""


class WayForm(Body):
    """Another way (its id or kind), the slot and the commune where it asks for them, the door's address."""

    client_id = ClientId()
    commune = OptionalLine(PLACE_LENGTH)
    way = Opaque()
    slot = OptionalLine(SLOT_LENGTH)
    address = OptionalLine(ADDRESS_LENGTH)


class JoinForm(Body):
    """Another order of the same buyer, to travel in the same parcel."""

    client_id = ClientId()
    other_order = Opaque()
