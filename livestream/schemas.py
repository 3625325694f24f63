"""Bodies of the room's edges, the same for sockets (with `session`), HTTP and forms.

A buyer's body never has a price; a host's has, for the host's own pins.
"""

import re

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, Pattern
from core.money import MAX_VND
from livestream.talk.comments import MOST_LETTERS

MOST_PACKS = 100_000
_LARGEST_SEQ = 2**53 - 1
_DAY_MINUTES = 24 * 60


class Code(Pattern):
    """A pin's code as typed; which codes there are is for the session to say."""

    pattern = re.compile(r"[A-Za-z0-9]{1,8}")


class Price(Count):
    """Đồng per pack, as a host asks."""

    def __init__(self) -> None:
        super().__init__(1, MAX_VND)


class JoinBody(Body):
    """Enter a session's room, perhaps to go on after an event."""

    session = Opaque()
    after_seq = Count(0, _LARGEST_SEQ, required=False)


class LeaveBody(Body):
    """Leave a session's room."""

    session = Opaque()


class ClaimBody(Body):
    """So many packs of a code."""

    code = Code()
    qty = Count(1, MOST_PACKS)
    client_id = ClientId()


class SocketClaimBody(ClaimBody):
    """A claim that names its session."""

    session = Opaque()


class CommentBody(Body):
    """One line of chat, which may be an order."""

    text = Line(MOST_LETTERS)
    client_id = ClientId()


class SocketCommentBody(CommentBody):
    """A comment that names its session."""

    session = Opaque()


class ChangeBody(Body):
    """How many packs a claim shall have; 0 withdraws it."""

    qty = Count(0, MOST_PACKS)
    client_id = ClientId()


class SocketChangeBody(ChangeBody):
    """A change that names its session and claim."""

    session = Opaque()
    claim = Opaque()


class EventsQuery(Body):
    """After which event to go on."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, _LARGEST_SEQ))


class PinBody(Body):
    """A listing to pin: packs in all, price per pack, packs a buyer may have."""

    listing = Opaque()
    packs = Count(1, MOST_PACKS)
    price_vnd = Price()
    limit = Count(1, MOST_PACKS)
    code = Code(required=False)


class HostBody(Body):
    """A host's step that needs nothing more."""

    client_id = ClientId()


class NewPinBody(PinBody):
    """A listing to pin to a session that exists."""

    client_id = ClientId()


class NewSessionBody(Body):
    """A session: title, planned end in minutes from now, how long claims are held, what is pinned."""

    client_id = ClientId()
    seller = Opaque()
    title = Line(120)
    minutes = Count(5, _DAY_MINUTES * 60)
    hold_rule = fields.String(
        load_default="until_end_plus", validate=validate.OneOf(["until_end_plus", "minutes"])
    )
    hold_minutes = Count(5, _DAY_MINUTES, required=False)
    pins = fields.List(
        fields.Nested(PinBody), required=True, validate=validate.Length(min=1, max=20)
    )


class PriceBody(Body):
    """A new price per pack."""

    client_id = ClientId()
    price_vnd = Price()


class AllotmentBody(Body):
    """How many packs a pin sells in all, those sold included."""

    client_id = ClientId()
    packs = Count(1, MOST_PACKS)


class AnnouncementBody(Body):
    """One line over the room; an empty one takes it away."""

    client_id = ClientId()
    text = Line(300, low=0)
