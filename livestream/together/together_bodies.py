"""Bodies of the forms by which sellers sell together, and by which a campaign is made."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine
from livestream.schemas import MOST_PACKS

_PRICE_LENGTH = 20
_MOST_LINES = 2000


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


class ElsewhereForm(Body):
    """Where else a session is shown; empty takes it back."""

    client_id = ClientId()
    url = OptionalLine(300)


class JoinForm(Body):
    """Which campaign a session joins; empty leaves the one it is in."""

    client_id = ClientId()
    campaign = fields.String(load_default="", validate=validate.Length(max=32))


class CampaignForm(Body):
    """A campaign: its title and story, its first and last day, and its partners, one a line."""

    client_id = ClientId()
    title = Line(120)
    story = OptionalLine(1000)
    first = Line(10)
    last = Line(10)
    partners = fields.String(load_default="", validate=validate.Length(max=_MOST_LINES))
