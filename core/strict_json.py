"""The one strict JSON door, for HTTP bodies and socket payloads alike.

Why: what two readers understand differently is how money goes wrong (docs/promises.md).
Refuses: NaN, infinity, duplicate keys, integers a browser cannot hold, deep nesting, BOM, broken
UTF-8, lone surrogates and NUL. Which fields and types are right is for the schemas to say.
"""

import json
import math
import re
from typing import NoReturn, TypeAlias

from core.errors import BadJson, TooLarge

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

MAX_BYTES = 65_536
MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1
"""The largest integer a browser holds exactly (ECMAScript Number.MAX_SAFE_INTEGER)."""

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_BAD_CHARACTER = re.compile("[\x00\ud800-\udfff]")


def loads(raw: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> JsonValue:
    """Return the value of one JSON text (RFC 8259), or refuse it.

    Floats are read if finite; no schema of ours takes one for money or quantities.
    Raises TooLarge above `max_bytes` of UTF-8; BadJson(why) for anything the module refuses.
    """
    text = _decode(raw, max_bytes)
    _check_depth(text, max_depth)
    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except ValueError as error:
        raise BadJson("syntax") from error
    _check_values(value)
    return value


def canonical(value: JsonValue) -> bytes:
    """Return the one UTF-8 writing of a value, for digests: keys sorted by code point, no spaces.

    Two values that are equal as JSON give equal bytes. Raises ValueError for NaN and infinity.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def _decode(raw: bytes | str, max_bytes: int) -> str:
    if len(raw) > max_bytes:
        raise TooLarge()
    try:
        octets = raw.encode() if isinstance(raw, str) else raw
        text = octets.decode()
    except UnicodeError as error:
        raise BadJson("encoding") from error
    if len(octets) > max_bytes:
        raise TooLarge()
    if text.startswith("\ufeff"):
        raise BadJson("byte_order_mark")
    return text


def _check_depth(text: str, max_depth: int) -> None:
    """Refuse deep nesting before the parser, which recurses, ever sees it."""
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth > max_depth:
                raise BadJson("depth")
        elif token[0] in ("]", "}"):
            depth -= 1


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise BadJson("duplicate_key")
    return read


def _integer(digits: str) -> int:
    # The length first: int() of a very long text is slow or an error of its own.
    if len(digits) > len(str(-MAX_INTEGER)) or abs(int(digits)) > MAX_INTEGER:
        raise BadJson("integer_range")
    return int(digits)


def _constant(_name: str) -> NoReturn:
    raise BadJson("not_a_number")


def _check_values(value: JsonValue) -> None:
    """Refuse what only shows once read: `1e999` (infinite), NUL and lone surrogates."""
    if isinstance(value, float) and not math.isfinite(value):
        raise BadJson("number_range")
    if isinstance(value, str):
        if _BAD_CHARACTER.search(value):
            raise BadJson("character")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_values(key)
            _check_values(item)
    elif isinstance(value, list):
        for item in value:
            _check_values(item)
