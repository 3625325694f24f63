"""Bodies and answers of the shop's edges, the same for JSON and forms. No body has a price."""

from marshmallow import fields, validate

from catalog.listings import MOST_PACKS
from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine

REASON_LENGTH = 200
CAPABILITY_LENGTH = 64


class CartLineBody(Body):
    """Packs of a listing to put into the cart."""

    listing = Opaque()
    packs = Count(1, MOST_PACKS)
    client_id = ClientId()


class CartLineChange(Body):
    """How many packs of a listing the cart shall hold; 0 takes it out."""

    packs = Count(0, MOST_PACKS)
    client_id = ClientId()


class CancelBody(Body):
    """A cancellation, perhaps with a reason, by the buyer or with the link's capability."""

    client_id = ClientId()
    reason = OptionalLine(REASON_LENGTH)
    k = fields.String(load_default="", validate=validate.Length(max=CAPABILITY_LENGTH))


class LinkQuery(Body):
    """The capability of an order's link."""

    k = fields.String(load_default="", validate=validate.Length(max=CAPABILITY_LENGTH))


class CartLineForm(Body):
    """The product page's form."""

    client_id = ClientId()
    listing = Opaque()
    packs = Count(1, MOST_PACKS)


class CartChangeForm(Body):
    """The cart page's form."""

    packs = Count(0, MOST_PACKS)


class CancelForm(Body):
    """The pay page's cancel form."""

    reason = OptionalLine(REASON_LENGTH)


class RecallForm(Body):
    """The second tap of a recall, with the reason buyers are told."""

    client_id = ClientId()
    reason = Line(REASON_LENGTH)


class ToldForm(Body):
    """The tick behind one order of a recall."""

    client_id = ClientId()
    order = Opaque()


class CartLineAnswer(Body):
    """A line of the cart at today's price."""

    listing = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    packs = fields.Integer(required=True)
    left = fields.Integer(required=True)
    unit_price_vnd = fields.Integer(required=True)
    amount_vnd = fields.Integer(required=True)


class CartPartAnswer(Body):
    """What the cart holds of one seller."""

    seller = fields.String(required=True)
    goods_vnd = fields.Integer(required=True)
    lines = fields.List(fields.Nested(CartLineAnswer), required=True)


class CartAnswer(Body):
    """The cart, by seller."""

    sellers = fields.List(fields.Nested(CartPartAnswer), required=True)
