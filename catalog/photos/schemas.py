"""Questions and answers about photos that are there: of forms, of programs, and of the script."""

from marshmallow import fields, validate

from catalog.photos.facts import MOST_OF_ONE
from catalog.photos.sending import PhotoAnswer
from core.http.fields import Body, ClientId, Opaque


class StepBody(Body):
    """Something done to one photo."""

    client_id = ClientId()


class PhotoOrderBody(StepBody):
    """The photos of one thing in the order they are to have; those not named follow."""

    photos = fields.List(Opaque(), required=True, validate=validate.Length(1, MOST_OF_ONE))


class PhotosAnswer(Body):
    """The photos of one thing, in order."""

    list = fields.List(fields.Nested(PhotoAnswer), required=True)
