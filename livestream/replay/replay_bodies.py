"""Bodies of the forms on recordings."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Line

REASON_LENGTH = 300


class HideForm(Body):
    """Whether a replay is hidden from now on."""

    client_id = ClientId()
    hidden = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))


class HoldForm(Body):
    """Whether a recording is held by an officer from now on, and why."""

    client_id = ClientId()
    held = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))
    reason = Line(REASON_LENGTH)
