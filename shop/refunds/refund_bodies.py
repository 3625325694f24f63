"""Bodies of the forms about refunds."""

from marshmallow import fields, validate

from core.client_ids import JsonObject
from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine
from core.money import parse_vnd
from payments.refunds.rules import Source

_SUM_LENGTH = 20
_REASON_LENGTH = 200
_CODE = r"\A[A-Z0-9]{10}\Z"
_BANK_REFERENCE = r"\A[A-Za-z0-9._/ -]{4,80}\Z"
_BIN = r"\A[0-9]{6}\Z"
_TYPED_LENGTH = 60
MOST_LINES = 20
"""So many lines of an order can be chosen to go back by themselves."""
BACK, KEEP, UNKEEP = "back", "keep", "unkeep"
"""What a buyer may choose of money on top, besides an order to put it on."""
_CHOICE = r"\A(back|keep|unkeep|[A-Z0-9]{10})\Z"
ACCOUNT = ("bank_bin", "account_number", "account_holder")


class AccountForm(Body):
    """Where the buyer wants the money."""

    client_id = ClientId()
    bank_bin = fields.String(required=True, validate=validate.Regexp(_BIN))
    account_number = Line(_TYPED_LENGTH)
    account_holder = Line(_TYPED_LENGTH)


class SurplusForm(Body):
    """What becomes of money that came on top: one of the words above, or the code of another order."""

    client_id = ClientId()
    choice = fields.String(required=True, validate=validate.Regexp(_CHOICE))


class _BeginForm(Body):
    """How much goes back and why; `back_1`, `back_2`, … say how many packs of each line do instead."""

    client_id = ClientId()
    payment_code = fields.String(required=True, validate=validate.Regexp(_CODE))
    source = fields.String(
        load_default=Source.PAID.value, validate=validate.OneOf([one.value for one in Source])
    )
    back_sum = OptionalLine(_SUM_LENGTH)
    reason = Line(_REASON_LENGTH)


BeginForm = _BeginForm.from_dict(
    {f"back_{n}": Count(0, required=False) for n in range(1, MOST_LINES + 1)},
    name="BeginForm",
)


class SentForm(Body):
    """The bank's reference of a transfer somebody made."""

    client_id = ClientId()
    bank_reference = fields.String(required=True, validate=validate.Regexp(_BANK_REFERENCE))


class ConfirmForm(Body):
    """The bank's line that was this refund."""

    client_id = ClientId()
    bank_line = Opaque()


def lines_of(body: JsonObject) -> tuple[tuple[int, int], ...]:
    """The chosen lines as (position from 0, packs)."""
    asked = ((n - 1, body.get(f"back_{n}") or 0) for n in range(1, MOST_LINES + 1))
    return tuple((position, int(str(packs))) for position, packs in asked if packs)


def sum_of(body: JsonObject) -> int:
    """The đồng that were typed; 0 where nothing was. Raises BadAmount."""
    typed = str(body["back_sum"])
    return parse_vnd(typed) if typed else 0
