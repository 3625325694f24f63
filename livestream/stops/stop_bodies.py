"""Bodies of the forms around an officer's stop."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Line, Opaque
from livestream.stops.stops import ALL, REASONS, SCOPES
from shop.ordering.freezes import RULINGS

_WORDS_LENGTH = 500
_RULING_LENGTH = 300


class StopForm(Body):
    """Why a show is stopped, how far, and the tick that says it cannot be undone."""

    client_id = ClientId()
    reason = fields.String(required=True, validate=validate.OneOf(REASONS))
    text = Line(_WORDS_LENGTH)
    scope = fields.String(load_default=ALL, validate=validate.OneOf(SCOPES))
    sure = fields.String(load_default="", validate=validate.OneOf(["", "yes"]))


class RulingForm(Body):
    """What becomes of a frozen order, and why."""

    client_id = ClientId()
    ruling = fields.String(required=True, validate=validate.OneOf(RULINGS))
    text = Line(_RULING_LENGTH)


class ReplyForm(Body):
    """What a seller answers."""

    client_id = ClientId()
    seller = Opaque()
    text = Line(_WORDS_LENGTH)
