"""The shapes of the room's answers, for the OpenAPI document and for whoever reads it."""

from marshmallow import Schema, fields, validate


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
    """A kept comment; `claims` has a claim or change answer, or an error, for each item.

    `hidden` says why the room does not see it ("": it does): muted, staff_only, words, slow.
    """

    ok = fields.Boolean(required=True)
    comment = fields.String(required=True)
    reading = fields.Nested(ReadingAnswer, required=True)
    hidden = fields.String(required=True)
    claims = fields.List(fields.Dict(), required=True)


class SessionAnswer(Schema):
    """A session in a list; times ISO, null when not yet."""

    session = fields.String(required=True)
    title = fields.String(required=True)
    seller = fields.String(required=True)
    seller_name = fields.String(required=True)
    state = fields.String(required=True)
    planned_start = fields.String(required=True, allow_none=True)
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
    product = fields.String(required=True)
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


class AgainAnswer(HostAnswer):
    """A session made from a former one; the names of goods that could not come along."""

    left_out = fields.List(fields.String(), required=True)


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
