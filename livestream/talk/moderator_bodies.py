"""Bodies of the moderator's forms. None has a price: a moderator sells at what stands."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, OptionalLine, Phone
from livestream.outside.channels import NICK_LENGTH, SOURCES
from livestream.schemas import MOST_PACKS, Code
from livestream.talk.chat import SLOW_STEPS_S
from shop.buying.order_form import NAME_LENGTH

_MOST_LETTERS = 3000


class WantedForm(Body):
    """So many packs of a code, for who wrote a comment."""

    client_id = ClientId()
    code = Code()
    packs = Count(1, MOST_PACKS)


class CallerForm(WantedForm):
    """So many packs of a code, for a number and the name it goes by."""

    phone = Phone(required=True)
    name = OptionalLine(NAME_LENGTH)


class NickForm(WantedForm):
    """So many packs of a code, for somebody of another channel who gave no number."""

    source = fields.String(required=True, validate=validate.OneOf(SOURCES))
    nick = Line(NICK_LENGTH)


class RulesForm(Body):
    """How the room talks: a pace in seconds, who talks, and words kept out, one a line or by commas."""

    client_id = ClientId()
    slow_s = Count(0, SLOW_STEPS_S[-1])
    who = fields.String(required=True, validate=validate.OneOf(["all", "staff"]))
    words = fields.String(load_default="", validate=validate.Length(max=_MOST_LETTERS))
