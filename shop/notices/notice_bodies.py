"""What the forms of notices have in them. No form has a person: whoever is signed in, or a notice, has."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Line, OptionalLine
from shop.notices.call_desk import MISSED
from shop.notices.notice_rules import REACHED
from shop.notices.push_rules import MOST_LETTERS

_ADDRESS = r"\A[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z"
_ADDRESS_LENGTH = 120
_KEY_LENGTH, _AUTH_LENGTH = 90, 24


class MailboxForm(Body):
    """Where somebody wants to be written to ("" for nowhere), and in which language."""

    client_id = ClientId()
    mailbox = fields.String(
        load_default="",
        validate=[
            validate.Length(max=_ADDRESS_LENGTH),
            lambda given: not given or bool(validate.Regexp(_ADDRESS)(given)),
        ],
    )
    lang = fields.String(required=True, validate=validate.OneOf(["vi", "en"]))


class PushForm(Body):
    """What a browser hands over so that its device can be told; the service judges address and keys."""

    client_id = ClientId()
    endpoint = Line(MOST_LETTERS)
    p256dh = Line(_KEY_LENGTH)
    auth = Line(_AUTH_LENGTH)
    lang = fields.String(required=True, validate=validate.OneOf(["vi", "en"]))


class CalledForm(Body):
    """What came of a call."""

    client_id = ClientId()
    result = fields.String(required=True, validate=validate.OneOf([REACHED, MISSED]))


class MembersForm(Body):
    """What a cooperative tells its members: a collection run, or the price of what it takes in."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(["collection", "leaf_price"]))
    goods = Line(80)
    at = Line(60)
    where = Line(120)
    price = OptionalLine(20)
