"""Days typed in forms: as a date field sends them, or as people write them. Refuses days no calendar has."""

import re
from collections.abc import Mapping
from datetime import date

from marshmallow import ValidationError, fields

from core.client_ids import JsonObject
from core.http.fields import NOT_A_DAY

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
            raise ValidationError(NOT_A_DAY) from error
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
