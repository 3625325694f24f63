"""Bodies of HTML forms, checked by the same schemas as the JSON API."""

from collections.abc import Mapping

from flask import request
from marshmallow import Schema, fields
from werkzeug.datastructures import MultiDict

from core.errors import BadRequest
from core.http.api import load_body
from core.strict_json import JsonValue


def load(schema: type[Schema], form: MultiDict[str, str]) -> dict[str, JsonValue]:
    """The fields of `form` as `schema` wants them; digits become integers where an integer is asked.

    Raises:
        BadRequest: a field is unknown, doubled, missing or wrong, or the body is no form at all.
    """
    if not form and request.content_length:
        raise BadRequest(field="form", why="not a form in UTF-8")
    wanted: Mapping[str, fields.Field] = schema().fields  # type: ignore[type-arg]
    values: dict[str, JsonValue] = {}
    for name, given in form.lists():
        if len(given) != 1:
            raise BadRequest(field=name, why="given twice")
        if "\0" in given[0]:
            raise BadRequest(field=name, why="NUL")
        values[name] = _as_wanted(wanted.get(name), given[0])
    return load_body(schema, values)


def _as_wanted(field: fields.Field | None, text: str) -> JsonValue:  # type: ignore[type-arg]
    if isinstance(field, fields.Integer) and text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    return text
