"""Bodies of the desk's forms for wholesale prices, combos and coming harvests; sums as people write them."""

import re

from marshmallow import fields, validate

from catalog.console.typed_days import Day
from core.http.fields import Body, ClientId, Line, Opaque, OptionalLine

ID = re.compile("[A-Za-z0-9_-]{1,32}")
"""An id of ours, where it stands outside the fields of a body."""
_LONGEST_SUM = 20
_LONGEST_QUANTITY = 40
_LONGEST_STORY = 2000


class Typed(OptionalLine):
    """A sum, a number or a quantity as typed, read by the edge; perhaps empty."""

    def __init__(self) -> None:
        super().__init__(_LONGEST_QUANTITY)


class TiersForm(Body):
    """Up to five wholesale prices: from how many packs, and the price of each; an empty row is none."""

    client_id = ClientId()
    packs_1, packs_2, packs_3, packs_4, packs_5 = Typed(), Typed(), Typed(), Typed(), Typed()
    price_1, price_2, price_3, price_4, price_5 = Typed(), Typed(), Typed(), Typed(), Typed()


class ComboForm(Body):
    """A combo: its name, story, price; the packs of each part follow as `part_<listing>` fields."""

    client_id = ClientId()
    name = Line(120)
    story = fields.String(load_default="", validate=validate.Length(max=_LONGEST_STORY))
    price = Line(_LONGEST_SUM)


class ComboPartsForm(Body):
    """What a combo costs from now on; the packs of each part follow as `part_<listing>` fields."""

    client_id = ClientId()
    price = Line(_LONGEST_SUM)


class CapForm(Body):
    """How much of a coming harvest may be ordered at most."""

    client_id = ClientId()
    cap = Line(_LONGEST_QUANTITY)
    unit = Line(_LONGEST_QUANTITY)


class ForecastForm(Body):
    """A harvest to sell ahead: by which listing, how much at most, expected when."""

    client_id = ClientId()
    listing = Opaque()
    cap = Line(_LONGEST_QUANTITY)
    unit = Line(_LONGEST_QUANTITY)
    expected_on = Day(required=True)


class SettleForm(Body):
    """What came of it; `receive` if the goods are to be written into the store with it."""

    client_id = ClientId()
    came = Line(_LONGEST_QUANTITY)
    unit = Line(_LONGEST_QUANTITY)
    receive = fields.String(load_default="", validate=validate.OneOf(["", "1"]))
