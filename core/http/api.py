"""The JSON edge: flask-smorest blueprints whose bodies pass the strict JSON door.

One way in for every route, so that NaN, duplicate keys, deep nesting and unknown fields end as the same
typed errors as on the sockets.
"""

from functools import cache
from typing import NoReturn

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from core.errors import N_, BadJson, BadRequest, NoSuchDay
from core.http.fields import NOT_A_DAY, Body
from core.strict_json import JsonValue, loads

__all__ = ["ApiBlueprint", "Body", "first_problem", "load_body"]

_NO_BODY_BYTES = b"{}"
_MOST_OTHERS = 3
_SEVERAL = N_("Thông tin “%(field)s” và “%(also)s” chưa đúng. Bạn xem lại rồi gửi lại nhé.")


class _StrictParser(FlaskParser):
    """webargs, fed by our own JSON reader and raising our own errors."""

    DEFAULT_VALIDATION_STATUS = 400

    def load_json(self, req: Request, schema: Schema) -> JsonValue:
        raw = req.get_data(cache=True)
        if raw and not req.is_json:
            raise BadJson("content_type")
        return loads(raw or _NO_BODY_BYTES)

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, **_rest: object
    ) -> NoReturn:
        raise first_problem(error) from error


class ApiBlueprint(Blueprint):
    """A blueprint of the public API; everything on it is in the OpenAPI document."""

    ARGUMENTS_PARSER = _StrictParser()


def load_body(schema: type[Schema], value: JsonValue) -> dict[str, JsonValue]:
    """`value` checked by `schema` outside HTTP (sockets, forms).

    Raises:
        BadRequest: naming the first field that is wrong.
    """
    try:
        loaded: dict[str, JsonValue] = _made(schema).load(value)  # type: ignore[arg-type]
    except ValidationError as error:
        raise first_problem(error) from error
    return loaded


@cache
def _made(schema: type[Schema]) -> Schema:
    """Making a schema costs three times what using it does; a made one keeps nothing of what it read."""
    return schema()


def first_problem(error: ValidationError) -> BadRequest:
    """The first field named by a schema's verdict, as one error a client can show; `also` names others.

    A day no calendar has is told as such.
    """
    messages = error.normalized_messages()  # type: ignore[no-untyped-call]
    if set(messages) == {"json"} and isinstance(messages["json"], dict):
        messages = messages["json"]
    others = [str(one) for one in messages if one != "_schema"][1 : 1 + _MOST_OTHERS]
    field, why = next(iter(messages.items()))
    while isinstance(why, dict) and why:
        inner, why = next(iter(why.items()))
        field = f"{field}.{inner}"
    text = why[0] if isinstance(why, list) and why else why
    name = "" if field == "_schema" else str(field)
    if text == NOT_A_DAY:
        return NoSuchDay(name, NOT_A_DAY)
    told = BadRequest(name, str(text))
    if others:
        told.message = _SEVERAL
        told.data["also"] = ",".join(others)
    return told
