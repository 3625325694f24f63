"""Bodies of the forms by which sellers sell together, and by which a campaign is made."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque
from livestream.schemas import MOST_PACKS

_PRICE_LENGTH = 20


class InviteForm(Body):
    """Whom to ask into a session."""

    client_id = ClientId()
    seller = Opaque()


class AnswerForm(Body):
    """Whether a seller agrees."""

    client_id = ClientId()
    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))


class StallPinForm(Body):
    """A listing of one's own to pin in somebody's session, the price as typed (`65k`)."""

    client_id = ClientId()
    listing = Opaque()
    price = Line(_PRICE_LENGTH)
    packs = Count(1, MOST_PACKS)
    limit = Count(1, MOST_PACKS)
