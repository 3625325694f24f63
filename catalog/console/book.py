"""What the pages of the grower book share: who reads and writes it, days typed in forms, one write a form."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from flask import request
from marshmallow import ValidationError, fields
from sqlalchemy.orm import Session

from catalog import access
from catalog.console import frame
from core.client_ids import JsonObject, key_of_body, once
from core.db import write
from core.identity.logins import Login

READERS = (*access.STOCKERS, "accountant")
"""Those who weigh goods in from members or pay them may read the book; `access.KEEPERS` write it."""
_DAY = re.compile(r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})")
_FIRST_YEAR = 1900
_LAST_YEAR = 2200


class Day(fields.String):
    """A day as a date field sends it (`2026-11-25`) or as people write it (25/11/2026), kept as the first.

    Empty where `required` is off. Refuses days no calendar has.
    """

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **rest: object
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **rest).strip()
        if not text and not self.required:
            return ""
        written = _DAY.fullmatch(text)
        parts = (written["y"], written["m"], written["d"]) if written else text.split("-")
        try:
            year, month, day = map(int, parts)
            found = date(year, month, day)
        except ValueError as error:
            raise ValidationError("not a day") from error
        if len(text) > 10 or not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise ValidationError("not a day of ours")
        return found.isoformat()


def day_in(body: JsonObject, name: str) -> date | None:
    """The day of a `Day` field, None where it was left empty."""
    given = str(body[name])
    return date.fromisoformat(given) if given else None


def required_day_in(body: JsonObject, name: str) -> date:
    """The day of a `Day` field the form requires."""
    return date.fromisoformat(str(body[name]))


def keeper(seller_id: str) -> Login:
    """Who calls, if they keep the seller's book."""
    return frame.staff(seller_id, access.KEEPERS)


def write_once(login: Login, body: JsonObject, act: Callable[[Session], str]) -> str:
    """Run `act(session)` in one write under the body's client id; the id it returns, also when repeated."""
    key = key_of_body(login.actor, request.path, body)
    answer = write(lambda session: once(session, key, lambda: {"id": act(session)}))
    return str(answer["id"])
