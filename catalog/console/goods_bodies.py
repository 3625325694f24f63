"""Bodies of the forms about a seller's goods: prices, drafts, what a product is, what the market paid.

Sums, quantities and days come as people type them and are read where they are used.
"""

from marshmallow import fields, validate

from catalog import drafts, market_prices, products
from catalog.modes import Mode
from core.http.fields import Body, ClientId, Count, Line, OptionalLine

ROAD_HOURS = ("6", "12", "24", "48", "72", "96")
"""What a form offers: hours, a day, two, three, four."""
_PRICE_LENGTH = 20
_DAY_LENGTH = 10


class PriceForm(Body):
    """A price for a pack, at once or from a day and time on (both empty: at once)."""

    client_id = ClientId()
    price = Line(_PRICE_LENGTH)
    from_day = OptionalLine(_DAY_LENGTH)
    from_time = OptionalLine(5)


class TypedForm(Body):
    """Some fields of a draft, as far as they are typed."""

    name = fields.String(validate=validate.Length(max=drafts.LENGTHS["name"]))
    kind = fields.String(validate=validate.Length(max=drafts.LENGTHS["kind"]))
    base_unit = fields.String(validate=validate.Length(max=drafts.LENGTHS["base_unit"]))
    unit_word = fields.String(validate=validate.Length(max=drafts.LENGTHS["unit_word"]))
    pack = fields.String(validate=validate.Length(max=drafts.LENGTHS["pack"]))
    pack_unit = fields.String(validate=validate.Length(max=drafts.LENGTHS["pack_unit"]))
    price = fields.String(validate=validate.Length(max=drafts.LENGTHS["price"]))
    quantity = fields.String(validate=validate.Length(max=drafts.LENGTHS["quantity"]))
    quantity_unit = fields.String(validate=validate.Length(max=drafts.LENGTHS["quantity_unit"]))


class DraftForm(TypedForm):
    """A step of a draft is done."""

    client_id = ClientId()


class DetailsForm(Body):
    """What a product is and how its pack is called; days and months may be empty."""

    client_id = ClientId()
    name = Line(products.NAME_LENGTH)
    story = fields.String(load_default="", validate=validate.Length(max=products.STORY_LENGTH))
    kind = OptionalLine(24)
    brand = OptionalLine(products.BRAND_LENGTH)
    standards = OptionalLine(products.STANDARDS_LENGTH)
    shelf_days = OptionalLine(5)
    removal_days = OptionalLine(5)
    season_from = OptionalLine(2)
    season_to = OptionalLine(2)
    unit_word = Line(products.WORD_LENGTH)
    mode = fields.String(required=True, validate=validate.OneOf([mode.value for mode in Mode]))


class RoadForm(Body):
    """How many hours the goods bear on the road, "" for any."""

    client_id = ClientId()
    road_h = fields.String(load_default="", validate=validate.OneOf(["", *ROAD_HOURS]))


class UnitForm(Body):
    """A word of the product's own: `bó` is `300` `g`."""

    client_id = ClientId()
    word = Line(products.WORD_LENGTH)
    size = Line(_PRICE_LENGTH)
    size_unit = OptionalLine(products.WORD_LENGTH)


class WordForm(Body):
    """A word of the product's own that is to be forgotten."""

    client_id = ClientId()
    word = Line(products.WORD_LENGTH)


class RuleForm(Body):
    """So many days before its best-before day, so many percent less."""

    client_id = ClientId()
    days = Count(0, 365)
    percent = Count(1, 90)


class RuleDaysForm(Body):
    """The rule of so many days, to be forgotten."""

    client_id = ClientId()
    days = Count(0, 365)


class PackForm(Body):
    """Another pack of the same product; `instead` where it takes the place of this one."""

    client_id = ClientId()
    unit_word = Line(products.WORD_LENGTH)
    pack = Line(_PRICE_LENGTH)
    pack_unit = OptionalLine(products.WORD_LENGTH)
    price = Line(_PRICE_LENGTH)
    instead = fields.String(load_default="", validate=validate.OneOf(["", "1"]))


class EntryForm(Body):
    """A price an officer saw; an empty commune is the whole province."""

    client_id = ClientId()
    kind = Line(24)
    commune = OptionalLine(120)
    price = Line(_PRICE_LENGTH)
    seen_on = Line(_DAY_LENGTH)
    source = Line(market_prices.SOURCE_LENGTH)
