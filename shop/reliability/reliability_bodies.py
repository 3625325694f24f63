"""Bodies of the forms about deposits: what is asked, what buyers say, what is answered."""

from marshmallow import fields, validate

from core.client_ids import JsonObject
from core.http.fields import Body, ClientId, Line, Opaque, OptionalLine
from core.money import BadAmount, parse_vnd
from shop.reliability.deposit_settings import BadShare
from shop.reliability.reliability_rules import NONE, PERCENT, WAYS, Share

_SUM_LENGTH = 20
_WORDS_LENGTH = 300
_WHY_LENGTH = 200
FORGIVE, KEEP = "forgive", "keep"


class ShareForm(Body):
    """How much is asked from now on."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(WAYS))
    worth = OptionalLine(_SUM_LENGTH)


class AppealForm(Body):
    """Why a buyer thinks that no deposit should be asked."""

    client_id = ClientId()
    reason = Line(_WORDS_LENGTH)


class AnswerForm(Body):
    """What a seller, or an officer, answers to whom, and why: the buyer reads it."""

    client_id = ClientId()
    person = Opaque()
    answer = fields.String(required=True, validate=validate.OneOf([FORGIVE, KEEP]))
    reason = Line(_WHY_LENGTH)


class OfficeAnswerForm(AnswerForm):
    """The same by an officer, who says at which seller."""

    seller = Opaque()


def share_of(body: JsonObject) -> Share:
    """What a loaded `ShareForm` asks for.

    Raises:
        BadShare: it is no percentage and no sum.
    """
    way, typed = str(body["kind"]), str(body["worth"])
    if way == NONE:
        return Share(NONE, 0)
    try:
        return Share(way, _percent(typed) if way == PERCENT else parse_vnd(typed))
    except BadAmount as error:
        raise BadShare() from error


def _percent(typed: str) -> int:
    digits = typed.rstrip(" %")
    if not (digits.isascii() and digits.isdigit()):
        raise BadShare()
    return int(digits)
