"""Bodies of the forms by which a host says where else the show is sent."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, OptionalLine

_URL_LENGTH, _KEY_LENGTH = 200, 200


class TargetForm(Body):
    """A place and its key, as copied from its own page; its address and name may be left to us."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(["facebook", "youtube", "other"]))
    name = OptionalLine(40)
    url = OptionalLine(_URL_LENGTH)
    stream_key = OptionalLine(_KEY_LENGTH)


class KeyForm(Body):
    """Another key for a place."""

    client_id = ClientId()
    stream_key = OptionalLine(_KEY_LENGTH)


class SwitchForm(Body):
    """Whether the show is sent there."""

    client_id = ClientId()
    on = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))
