"""Strict fields for bodies from outside: integers are integers, text is one clean line, ids are opaque."""

import re
from collections.abc import Mapping

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from core.errors import DomainError
from core.phone import parse_phone
from core.text import clean_line

_MOST_PACKS = 100_000
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
NOT_A_DAY = "not a day"
"""What a field says of a day no calendar has."""
_OPAQUE = re.compile(r"[A-Za-z0-9_-]{1,32}")


class Body(Schema):
    """The base of every body: an unknown field is refused."""

    class Meta:
        unknown = RAISE


class Count(fields.Integer):
    """A whole number from `low` to `high`; `"2"`, `2.0` and `true` are refused."""

    def __init__(self, low: int = 1, high: int = _MOST_PACKS, *, required: bool = True) -> None:
        super().__init__(strict=True, required=required, validate=validate.Range(low, high))

    def _validated(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        return value


class Flag(fields.Boolean):
    """`true` or `false` and nothing else."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **rest: object
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Pattern(fields.String):
    """Text that matches a whole pattern."""

    pattern = _OPAQUE

    def __init__(self, **options: object) -> None:
        check = validate.Regexp(rf"\A{self.pattern.pattern}\Z")
        super().__init__(**{"required": True, "validate": check, **options})  # type: ignore[arg-type]


class Opaque(Pattern):
    """One of our ids: at most 32 of `[A-Za-z0-9_-]`."""


class ClientId(Pattern):
    """The id a client gives its write: 8–64 of `[A-Za-z0-9_-]`."""

    pattern = _CLIENT_ID


class Line(fields.String):
    """One line of text, cleaned of control characters; empty only where `low` is 0."""

    def __init__(self, most: int, low: int = 1, **options: object) -> None:
        super().__init__(**{"required": True, **options})  # type: ignore[arg-type]
        self.most = most
        self.low = low

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **rest: object
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **rest)
        if len(text) > self.most:
            raise ValidationError(f"at most {self.most} characters")
        cleaned = clean_line(text, self.most)
        if len(cleaned) < self.low:
            raise ValidationError("must not be empty")
        return cleaned


class OptionalLine(Line):
    """A line that may be left out or empty: then it is ""."""

    def __init__(self, most: int) -> None:
        super().__init__(most, low=0, required=False, load_default="")


class StepForm(Body):
    """A step that needs nothing but the id of its write."""

    client_id = ClientId()


class Phone(fields.String):
    """A Vietnamese phone number in any way people write it, as E.164."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **rest: object
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **rest)
        try:
            return parse_phone(text)
        except DomainError as error:
            raise ValidationError("not a phone number") from error
