"""Bodies of HTML forms, checked by the same schemas as the JSON API; ticked rows and one file beside them."""

from collections.abc import Mapping

from flask import request
from marshmallow import Schema, fields
from werkzeug.datastructures import FileStorage, MultiDict

from core.errors import BadRequest
from core.http.api import load_body
from core.strict_json import JsonValue

_ROW = "row"
_MOST_ROW_DIGITS = 6


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


def ticked(form: MultiDict[str, str]) -> list[int]:
    """The numbers of the rows of a table that were ticked (its boxes are called `row`).

    Raises:
        BadRequest: one is no number, or given twice.
    """
    given = form.getlist(_ROW)
    for text in given:
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_ROW_DIGITS):
            raise BadRequest(field=_ROW)
    if len(set(given)) < len(given):
        raise BadRequest(field=_ROW, why="given twice")
    return [int(text) for text in given]


def unticked(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The fields of `form` beside its ticked rows, to be loaded by their schema."""
    return MultiDict([(name, text) for name, text in form.items(multi=True) if name != _ROW])


def one_file(files: MultiDict[str, FileStorage]) -> tuple[str, bytes]:
    """The name and the bytes of the one file that came as `file`; both empty if none did.

    Raises:
        BadRequest: another file came, or more than one.
    """
    if set(files) - {"file"} or len(files.getlist("file")) > 1:
        raise BadRequest(field="file", why="one file")
    file = files.get("file")
    return (file.filename or "", file.read()) if file else ("", b"")


def _as_wanted(field: fields.Field | None, text: str) -> JsonValue:  # type: ignore[type-arg]
    if isinstance(field, fields.Integer) and text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    return text
