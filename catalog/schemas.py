"""Questions and answers of the catalogue's API."""

from marshmallow import fields, validate

from catalog.listings import MOST_LETTERS, MOST_ON_PAGE
from core.http.fields import Body

_LONGEST_CURSOR = 40


class ListingQuery(Body):
    """Which listings: words, the cursor of the page before, how many."""

    q = fields.String(load_default="", validate=validate.Length(max=MOST_LETTERS))
    after = fields.String(load_default=None, validate=validate.Length(max=_LONGEST_CURSOR))
    limit = fields.Integer(load_default=24, validate=validate.Range(1, MOST_ON_PAGE))


class ListingAnswer(Body):
    """A listing: `price_vnd` per pack, `pack_size` in base units, `left` in packs."""

    id = fields.String(required=True)
    seller = fields.String(required=True)
    name = fields.String(required=True)
    story = fields.String(required=True)
    unit = fields.String(required=True)
    base_unit = fields.String(required=True, validate=validate.OneOf(["g", "ml", "piece"]))
    pack_size = fields.Integer(required=True)
    price_vnd = fields.Integer(required=True)
    on_sale = fields.Boolean(required=True)
    left = fields.Integer(required=True)
    only_in_live = fields.Boolean(required=True)
    url = fields.String(required=True)


class ListingPageAnswer(Body):
    """Some listings, and the cursor for the next page (null at the end)."""

    list = fields.List(fields.Nested(ListingAnswer), required=True)
    after = fields.String(required=True, allow_none=True)
