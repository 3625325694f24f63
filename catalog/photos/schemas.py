"""Questions and answers about photos: of forms, of programs, and of the script that sends pictures."""

from marshmallow import fields, validate

from catalog.photos.facts import MOST_OF_ONE
from core.http.fields import Body, ClientId, Opaque

_FILE = {"schema": {"type": "string", "format": "binary"}}
_FORM = {
    "schema": {
        "type": "object",
        "properties": {"photo": _FILE["schema"], "client_id": {"type": "string"}},
        "required": ["photo", "client_id"],
    }
}
CONTENT = {
    "image/jpeg": _FILE,
    "image/png": _FILE,
    "image/webp": _FILE,
    "multipart/form-data": _FORM,
}
"""What the body of a sending may be: the picture alone, or a form with it."""


class SendingQuery(Body):
    """The id the phone gave this sending, where the body is the picture alone."""

    client_id = ClientId(required=False, load_default="")


class SendingForm(Body):
    """The fields beside the file."""

    client_id = ClientId()


class StepBody(Body):
    """Something done to one photo."""

    client_id = ClientId()


class PhotoOrderBody(StepBody):
    """The photos of one thing in the order they are to have; those not named follow."""

    photos = fields.List(Opaque(), required=True, validate=validate.Length(1, MOST_OF_ONE))


class PhotoAnswer(Body):
    """A photo: `why` and `message` say why it failed; `url` is empty until it is ready; sizes in px."""

    id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["waiting", "ready", "failed"]))
    why = fields.String(required=True)
    message = fields.String(required=True)
    url = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class PhotosAnswer(Body):
    """The photos of one thing, in order."""

    list = fields.List(fields.Nested(PhotoAnswer), required=True)
