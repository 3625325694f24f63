"""Bodies of the forms of the members' book: sums and shares as people write them, months and days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext
from marshmallow import fields, validate

from core import clock
from core.client_ids import JsonObject
from core.errors import BadRequest
from core.http.fields import Body, ClientId, Line, OptionalLine
from core.money import parse_vnd
from payments.desk.cards import Card
from payments.payouts.book import BY_HAND, Recorded
from shop.members_book.terms import DEDUCTIONS, MODES

_SUM_LENGTH = 20
_RATE = re.compile(r"(?P<whole>[0-9]{1,3})(?:[.,](?P<part>[0-9]{1,2}))?\s*%?")
_MONTH = re.compile(r"(?P<year>20[0-9]{2})-(?P<month>0[1-9]|1[0-2])")


class EntryForm(Body):
    """An advance, a charge or an extra a person records."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf([*BY_HAND]))
    amount = Line(_SUM_LENGTH)
    note = Line(120)
    day = OptionalLine(10)


class UndoForm(Body):
    """Taking back what was recorded, with the reason."""

    client_id = ClientId()
    reason = Line(120)


class ModeForm(Body):
    """How members are owed; from which day, if it is the first time."""

    client_id = ClientId()
    book_mode = fields.String(required=True, validate=validate.OneOf(MODES))
    day = OptionalLine(10)


class PriceForm(Body):
    """The price of a grade of a product from now on."""

    client_id = ClientId()
    product = Line(32)
    grade = OptionalLine(40)
    price = Line(_SUM_LENGTH)


class RateForm(Body):
    """What is kept of members' shares from now on, in percent."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(DEDUCTIONS))
    percent = Line(8)


@dataclass(frozen=True)
class Month:
    """A month of the calendar of Vietnam: `month` is `2026-11`, `name` 11/2026, from … until before ."""

    month: str
    name: str
    from_ms: int
    until_ms: int
    before: str
    after: str


def entry_of(body: JsonObject, payee: str) -> Recorded:
    """What a loaded form records.

    Raises:
        BadAmount, BadRequest: the sum or the day cannot be read, or the day has not come.
    """
    amount_vnd = parse_vnd(str(body["amount"]))
    day_ms = day_of(str(body["day"]))
    return Recorded(payee, str(body["kind"]), amount_vnd, str(body["note"]), day_ms)


def day_of(typed: str) -> int:
    """The first moment of a day that has come (UTC ms); now for none.

    Raises:
        BadRequest: it is no day, or one to come.
    """
    if not typed:
        return clock.now_ms()
    try:
        found = date.fromisoformat(typed)
    except ValueError as error:
        raise BadRequest(field="day", why="not a day") from error
    if not date(2000, 1, 1) <= found <= clock.today():
        raise BadRequest(field="day", why="out of range")
    return clock.midnight_ms(found)


def rate_of(typed: str) -> int:
    """Hundredths of a percent: `5` → 500, `2,5 %` → 250.

    Raises:
        BadRequest: it is no percentage.
    """
    found = _RATE.fullmatch(typed.strip())
    if found is None:
        raise BadRequest(field="percent", why="not a percentage")
    return int(found["whole"]) * 100 + int((found["part"] or "0").ljust(2, "0"))


def month_of(typed: str, today: date) -> Month:
    """The month asked for, this one for none.

    Raises:
        BadRequest: it is no month.
    """
    found = _MONTH.fullmatch(typed or f"{today:%Y-%m}")
    if found is None:
        raise BadRequest(field="month", why="not a month")
    first = date(int(found["year"]), int(found["month"]), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    previous = (first - timedelta(days=1)).replace(day=1)
    return Month(
        f"{first:%Y-%m}",
        f"{first:%m/%Y}",
        clock.midnight_ms(first),
        clock.midnight_ms(following),
        f"{previous:%Y-%m}",
        f"{following:%Y-%m}" if following <= today else "",
    )


def card() -> Card:
    """The way to the book from the money page."""
    return Card(
        "money/members",
        "users",
        gettext("Sổ xã viên"),
        gettext("Ai được hưởng bao nhiêu, còn nợ ai"),
    )
