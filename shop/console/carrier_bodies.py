"""What staff send about carriers: an account, parcels to be fetched, a table of where parcels are."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Line, Opaque, OptionalLine

MOST_TEXT = 60_000
LOOK, TAKE = "look", "take"
_MOST_PARCELS = 300


class AccountForm(Body):
    """The seller's account at a carrier: the token its page shows, and the place it fetches from ("")."""

    client_id = ClientId()
    carrier = Opaque()
    token = Line(200)
    pick_up = OptionalLine(40)


class CarrierForm(Body):
    """A step with one carrier."""

    client_id = ClientId()
    carrier = Opaque()


class BookForm(Body):
    """Parcels to be fetched by a carrier: labels apart by spaces, as the page's ticks name them."""

    client_id = ClientId()
    carrier = Opaque()
    labels = fields.String(required=True, validate=validate.Length(1, _MOST_PARCELS * 11))


class LabelForm(Body):
    """A step with one parcel."""

    client_id = ClientId()
    label = Line(64)


class TableForm(Body):
    """A carrier's table as it was pasted: looked at, then taken in."""

    client_id = ClientId()
    status_list = fields.String(required=True, validate=validate.Length(1, MOST_TEXT))
    do = fields.String(load_default=TAKE, validate=validate.OneOf([LOOK, TAKE]))
