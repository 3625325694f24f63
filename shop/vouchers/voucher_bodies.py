"""Bodies of the forms for vouchers: sums as people write them, days as they mean them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from marshmallow import fields, validate

from core.client_ids import JsonObject
from core.http.fields import Body, ClientId, Line, OptionalLine
from core.money import BadAmount, parse_vnd
from shop.vouchers.errors import BadVoucher
from shop.vouchers.offering import NewVoucher
from shop.vouchers.rules import PERCENT, SUM, Worth

_SUM_LENGTH = 20
_NUMBER_LENGTH = 6
_CODE_LENGTH = 24
_TITLE_LENGTH = 80
_DAY_LENGTH = 10
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_MOST_DAYS = 366


class VoucherForm(Body):
    """A voucher of a seller's own."""

    client_id = ClientId()
    voucher_code = Line(_CODE_LENGTH)
    kind = fields.String(required=True, validate=validate.OneOf([SUM, PERCENT]))
    worth = Line(_SUM_LENGTH)
    most_off = OptionalLine(_SUM_LENGTH)
    from_sum = OptionalLine(_SUM_LENGTH)
    most_uses = OptionalLine(_NUMBER_LENGTH)
    budget = OptionalLine(_SUM_LENGTH)
    until = Line(_DAY_LENGTH)


class SponsorForm(VoucherForm):
    """One the province pays for; its budget is asked for where it is made."""

    title = Line(_TITLE_LENGTH)


FIELDS = tuple(SponsorForm().fields)
"""What is kept of a form when it is shown again."""


def voucher_of(body: JsonObject, now_ms: int, today: date) -> NewVoucher:
    """The voucher a loaded form asks for, from now until the end of its last day in Vietnam.

    Raises:
        BadVoucher: a sum, a number or the day cannot be read.
    """
    kind = str(body["kind"])
    worth = _number(body, "worth") if kind == PERCENT else _sum(body, "worth")
    if worth is None:
        raise BadVoucher("worth", "needed")
    return NewVoucher(
        code=str(body["voucher_code"]),
        worth=Worth(kind, worth, _sum(body, "most_off"), _sum(body, "from_sum") or 0),
        valid_from_ms=now_ms,
        valid_until_ms=_end_of(str(body["until"]), today),
        title=str(body.get("title", "")),
        most_uses=_number(body, "most_uses"),
        budget_vnd=_sum(body, "budget"),
    )


def _sum(body: JsonObject, name: str) -> int | None:
    typed = str(body[name])
    if not typed:
        return None
    try:
        return parse_vnd(typed)
    except BadAmount as error:
        raise BadVoucher(name, "no sum") from error


def _number(body: JsonObject, name: str) -> int | None:
    typed = str(body[name]).rstrip(" %")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()):
        raise BadVoucher(name, "no number")
    return int(typed)


def _end_of(typed: str, today: date) -> int:
    """UTC ms of the moment after the day `typed` (`2026-11-25`), at most a year ahead."""
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise BadVoucher("until", "not a day") from error
    if not today <= day <= today + timedelta(days=_MOST_DAYS):
        raise BadVoucher("until", "from today on, within a year")
    end = datetime.combine(day + timedelta(days=1), time(), _VIETNAM)
    return int(end.timestamp()) * 1000
