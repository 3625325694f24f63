"""Questions and answers of the catalogue's API."""

from marshmallow import fields, validate

from catalog.browse import MOST_LETTERS, MOST_ON_PAGE
from catalog.communes import COMMUNES
from catalog.kinds import KINDS
from catalog.search.wanted import PAPERS, Sort
from core.http.fields import Body, Opaque
from core.money import MAX_VND

_LONGEST_CURSOR = 40


class YesNo(fields.Boolean):
    """`true` or `false` (or 1, 0) in a query; false if left out."""

    truthy = {"true", "1"}  # noqa: RUF012
    falsy = {"false", "0"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__(load_default=False)


def _price() -> fields.Integer:
    return fields.Integer(load_default=None, validate=validate.Range(0, MAX_VND))


class ListingQuery(Body):
    """Which listings: words, filters that all must hold, order, the cursor of the page before, how many.

    `per_from_vnd` and `per_to_vnd` are đồng per kilo or litre; `month` is one of a harvest, 0 any.
    """

    q = fields.String(load_default="", validate=validate.Length(max=MOST_LETTERS))
    kind = fields.String(load_default="", validate=validate.OneOf(["", *KINDS]))
    commune = fields.String(load_default="", validate=validate.OneOf(["", *COMMUNES]))
    seller = Opaque(required=False, load_default="")
    paper = fields.String(load_default="", validate=validate.OneOf(["", *PAPERS]))
    in_season = YesNo()
    month = fields.Integer(load_default=0, validate=validate.Range(0, 12))
    in_stock = YesNo()
    live = YesNo()
    per_from_vnd = _price()
    per_to_vnd = _price()
    sort = fields.Enum(Sort, by_value=True, load_default=Sort.FIT)
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
    """Some listings, and the cursor for the next page (null at the end).

    `count` is how many fit in all, 241 for "more than 240", null on later pages. `meant` are the words
    that were looked for where those of `q` fit nothing: send them as `q` with the cursor.
    """

    list = fields.List(fields.Nested(ListingAnswer), required=True)
    after = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True, allow_none=True)
    meant = fields.String(required=True)
