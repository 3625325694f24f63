"""What the forms of cases have in them: never a seller, a person or a capability (paths and logins have)."""

from collections.abc import Mapping

from marshmallow import ValidationError, fields, validate

from core.http.fields import Body, ClientId, OptionalLine
from core.text import clean_line
from shop.cases.case_rules import OUTCOMES, PROBLEMS, WISHES

TEXT_LENGTH = 1000
_MOST_LINES = 30
_SUM_LENGTH = 20
_PHONE_LENGTH = 40
_NAME_LENGTH = 80
_EVERY_PROBLEM = sorted({one for several in PROBLEMS.values() for one in several})


class Prose(fields.String):
    """A few lines of text, each cleaned as `clean_line` does; empty only where `low` is 0."""

    def __init__(self, low: int = 1) -> None:
        super().__init__(**({"required": True} if low else {"load_default": ""}))
        self.low = low

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **rest: object
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **rest)
        if len(text) > TEXT_LENGTH:
            raise ValidationError(f"at most {TEXT_LENGTH} characters")
        lines = [clean_line(line, TEXT_LENGTH) for line in text.splitlines()[:_MOST_LINES]]
        cleaned = "\n".join(lines).strip()
        if len(cleaned) < self.low:
            raise ValidationError("must not be empty")
        return cleaned


class ReportForm(Body):
    """A complaint; a device that has given no number gives one here."""

    client_id = ClientId()
    problem = fields.String(required=True, validate=validate.OneOf(_EVERY_PROBLEM))
    wants = fields.String(required=True, validate=validate.OneOf(WISHES))
    text = Prose(0)
    name = OptionalLine(_NAME_LENGTH)
    phone = fields.String(load_default="", validate=validate.Length(max=_PHONE_LENGTH))


class SayForm(Body):
    """Words added to a case; empty where a picture is sent."""

    client_id = ClientId()
    text = Prose(0)


class DisputeForm(Body):
    """Why the outcome is not right."""

    client_id = ClientId()
    text = Prose()


class SettleForm(Body):
    """An outcome with its reason, and its sum where it names one."""

    client_id = ClientId()
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    amount = fields.String(load_default="", validate=validate.Length(max=_SUM_LENGTH))
    text = Prose()
