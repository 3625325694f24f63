"""Bodies and answers of the room's edges, the same for sockets (with `session`), HTTP and forms.

A buyer's body never has a price; a host's has, for the host's own pins.
"""

import re

from marshmallow import Schema, fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, Pattern, Phone
from core.money import MAX_VND
from livestream.comments import MOST_LETTERS

MOST_PACKS = 100_000
NAME_LENGTH = 80
ADDRESS_LENGTH = 300
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


class BasketDelivery(Body):
    """A way by its id or kind (`pickup`, `own_run`), and the address it goes to."""

    way = Opaque()
    address = Line(ADDRESS_LENGTH, low=0, required=False, load_default="")


class OrderBody(Body):
    """An order of what the buyer holds with one seller of the session."""

    client_id = ClientId()
    seller = Opaque()
    name = Line(NAME_LENGTH)
    phone = Phone(load_default="")
    delivery = fields.Nested(BasketDelivery, required=True)


class EventsQuery(Body):
    """After which event to go on."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, _LARGEST_SEQ))


class PinBody(Body):
    """A listing to pin: packs in all, price per pack, packs a buyer may have."""

    listing = Opaque()
    packs = Count(1, MOST_PACKS)
    price_vnd = Price()
    limit = Count(1, MOST_PACKS)


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


class FlashBody(Body):
    """A price for so many minutes from now."""

    client_id = ClientId()
    price_vnd = Price()
    minutes = Count(1, _DAY_MINUTES)


class AnnouncementBody(Body):
    """One line over the room; an empty one takes it away."""

    client_id = ClientId()
    text = Line(300, low=0)


class ClaimAnswer(Schema):
    """What became of a claim; times ISO, packs, đồng per pack."""

    ok = fields.Boolean(required=True)
    claim = fields.String(required=True)
    number = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["held", "split", "waitlisted"]))
    held = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    unit_price_vnd = fields.Integer(required=True)
    expires_at = fields.String(required=True, allow_none=True)
    left = fields.Integer(required=True)
    seq = fields.Integer(required=True)


class ChangeAnswer(Schema):
    """How a claim stands after a change."""

    ok = fields.Boolean(required=True)
    claim = fields.String(required=True)
    held = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    status = fields.String(required=True)
    seq = fields.Integer(required=True)


class ReadItem(Schema):
    """A code and packs as a comment was read."""

    code = fields.String(required=True)
    qty = fields.Integer(required=True)


class ReadingAnswer(Schema):
    """How a comment was read: claim, withdraw, question, chat or ambiguous (and why)."""

    kind = fields.String(required=True)
    items = fields.List(fields.Nested(ReadItem), required=True)
    why = fields.String(required=True)


class CommentAnswer(Schema):
    """A kept comment; `claims` has a claim or change answer, or an error, for each item."""

    ok = fields.Boolean(required=True)
    comment = fields.String(required=True)
    reading = fields.Nested(ReadingAnswer, required=True)
    claims = fields.List(fields.Dict(), required=True)


class SessionAnswer(Schema):
    """A session in a list; times ISO, null when not yet."""

    session = fields.String(required=True)
    title = fields.String(required=True)
    seller = fields.String(required=True)
    seller_name = fields.String(required=True)
    state = fields.String(required=True)
    planned_end = fields.String(required=True)
    started_at = fields.String(required=True, allow_none=True)
    url = fields.String(required=True)


class SessionsAnswer(Schema):
    """What is live, then what comes next."""

    sessions = fields.List(fields.Nested(SessionAnswer), required=True)


class PinAnswer(Schema):
    """A pin as the room sees it."""

    code = fields.String(required=True)
    position = fields.Integer(required=True)
    state = fields.String(required=True)
    listing = fields.String(required=True)
    seller = fields.String(required=True)
    seller_name = fields.String(required=True)
    name = fields.String(required=True)
    art = fields.String(required=True)
    unit_word = fields.String(required=True)
    base_unit = fields.String(required=True)
    pack_size = fields.Integer(required=True)
    shop_price_vnd = fields.Integer(required=True)
    price_vnd = fields.Integer(required=True)
    packs = fields.Integer(required=True)
    limit = fields.Integer(required=True)
    flash = fields.Dict(required=True, allow_none=True)


class SnapshotAnswer(Schema):
    """A session as everybody may see it, after its event `seq`."""

    session = fields.String(required=True)
    title = fields.String(required=True)
    organiser = fields.Dict(required=True)
    state = fields.String(required=True)
    seq = fields.Integer(required=True)
    announcement = fields.String(required=True)
    pins = fields.List(fields.Nested(PinAnswer), required=True)
    claims = fields.List(fields.List(fields.Raw()), required=True)
    counters = fields.Dict(required=True)
    left = fields.Dict(required=True)
    server_time = fields.String(required=True)


class EventAnswer(Schema):
    """One entry of the log."""

    seq = fields.Integer(required=True)
    type = fields.String(required=True)
    at = fields.String(required=True)
    data = fields.Raw(required=True)


class EventsAnswer(Schema):
    """Events without a gap; `list` is empty when nothing is newer, `from` then is the next seq."""

    session = fields.String(required=True)
    from_ = fields.Integer(required=True, data_key="from", attribute="from")
    to = fields.Integer(required=True)
    list = fields.List(fields.Nested(EventAnswer), required=True)
    server_time = fields.String(required=True)


class HostAnswer(Schema):
    """A host's step is done; the session it was about, and what it made."""

    ok = fields.Boolean(required=True)
    session = fields.String(required=True)
    state = fields.String(required=True)
    code = fields.String()


class MineAnswer(Schema):
    """A buyer's own claims and baskets."""

    session = fields.String(required=True)
    claims = fields.List(fields.Dict(), required=True)
    baskets = fields.List(fields.Dict(), required=True)


class BoardAnswer(Schema):
    """The host's numbers; money of the caller's own sellers only."""

    session = fields.String(required=True)
    pins = fields.List(fields.Dict(), required=True)
    totals = fields.Dict(required=True)
    paid_orders = fields.List(fields.Dict(), required=True)


class ChatAnswer(Schema):
    """The newest lines of the chat."""

    session = fields.String(required=True)
    list = fields.List(fields.Dict(), required=True)
