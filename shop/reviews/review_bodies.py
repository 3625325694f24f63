"""Bodies of the forms about reviews and following."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine
from shop.reviews.reviews import MOST_LETTERS

_REPLY_LENGTH = 600
_WHY_LENGTH = 200


class ReviewForm(Body):
    """Stars and words for one listing of an order; written again, the last words stand."""

    listing = Opaque()
    stars = Count(1, 5)
    words = OptionalLine(MOST_LETTERS)


class ReplyForm(Body):
    """What the seller answers in public; empty takes the answer away."""

    client_id = ClientId()
    reply = OptionalLine(_REPLY_LENGTH)


class HideForm(Body):
    """Why an officer takes a review off the pages."""

    client_id = ClientId()
    reason = Line(_WHY_LENGTH)


class FollowForm(Body):
    """Whether to hear of the seller from now on."""

    follow = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))
