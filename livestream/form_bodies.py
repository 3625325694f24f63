"""Bodies of the live pages' forms: the API's own bodies, with a buyer's number beside where it is new.

A buyer's form never has a price; a host's has it as typed (`65k`), read where it is used.
"""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine, Phone
from livestream.schemas import MOST_PACKS, Code
from livestream.talk.comments import MOST_LETTERS
from shop.buying.order_form import NAME_LENGTH

_PHONE_LENGTH = 40
_PRICE_LENGTH = 20
_TITLE_LENGTH = 120
_MOST_MINUTES = 24 * 60
_MOMENT_LENGTH = 20


class Introduced(Body):
    """Who writes, where the device has given no number yet; both empty where it has."""

    phone = fields.String(load_default="", validate=validate.Length(max=_PHONE_LENGTH))
    name = OptionalLine(NAME_LENGTH)


class ClaimForm(Introduced):
    """So many packs of a code."""

    client_id = ClientId()
    code = Code()
    packs = Count(1, MOST_PACKS)


class CommentForm(Introduced):
    """One line of chat, which may be an order."""

    client_id = ClientId()
    text = Line(MOST_LETTERS)


class ChangeForm(Body):
    """How many packs a claim shall have; 0 withdraws it."""

    client_id = ClientId()
    qty = Count(0, MOST_PACKS)


class WhoForm(Body):
    """A number and a name: all a claim asks."""

    phone = Phone(required=True)
    name = Line(NAME_LENGTH)


class AnnouncementForm(Body):
    """One line over the room; an empty one takes it away."""

    client_id = ClientId()
    text = OptionalLine(300)


class PriceForm(Body):
    """A new live price as the host types it, and how many packs the pin sells in all."""

    client_id = ClientId()
    price = Line(_PRICE_LENGTH)
    packs = Count(1, MOST_PACKS)


class PlanForm(Body):
    """When a show begins, by Vietnam's clock, and how long it lasts; empty: whenever the host is ready."""

    client_id = ClientId()
    starts = OptionalLine(_MOMENT_LENGTH)
    minutes = Count(5, _MOST_MINUTES)


class ConfirmForm(Body):
    """What was looked at on the verify desk: the paper seen and its last day; for a host, who."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(["seller", "food", "host"]))
    person = fields.String(load_default="", validate=validate.Length(max=32))
    paper = Line(_TITLE_LENGTH)
    until = Line(_MOMENT_LENGTH)


class WithdrawForm(Body):
    """Which confirmation counts no more."""

    client_id = ClientId()
    confirmation = Opaque()


class NewShowForm(Body):
    """A session to open: three places for listings, of which the first is needed.

    `codes` is the first pin's code; the others go on from it.
    """

    client_id = ClientId()
    seller = Opaque()
    title = Line(_TITLE_LENGTH)
    codes = fields.String(load_default="A1", validate=validate.OneOf(["A1", "1"]))
    starts = OptionalLine(_MOMENT_LENGTH)
    minutes = Count(5, _MOST_MINUTES)
    listing_1 = Opaque()
    packs_1 = Count(1, MOST_PACKS)
    price_1 = Line(_PRICE_LENGTH)
    limit_1 = Count(1, MOST_PACKS)
    listing_2 = fields.String(load_default="", validate=validate.Length(max=32))
    packs_2 = fields.String(load_default="", validate=validate.Length(max=8))
    price_2 = OptionalLine(_PRICE_LENGTH)
    limit_2 = fields.String(load_default="", validate=validate.Length(max=8))
    listing_3 = fields.String(load_default="", validate=validate.Length(max=32))
    packs_3 = fields.String(load_default="", validate=validate.Length(max=8))
    price_3 = OptionalLine(_PRICE_LENGTH)
    limit_3 = fields.String(load_default="", validate=validate.Length(max=8))
