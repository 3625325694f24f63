"""JSON as JavaScript writes it: what Casso and payOS sign.

Pure. Why: what they sign was written by JavaScript, where `1.0` and `1e3` become `1` and `1000`;
a body written anew with the same values must give the same letters here.
Refuses to read JSON (`core.strict_json` does) and to round: a number keeps every digit it has.
Source: ECMA-262, `Number::toString` and `JSON.stringify`.
"""

import json
from decimal import Decimal

from core.strict_json import JsonValue

_MOST_PLAIN = 21
"""Numbers below 10^21 are written without an exponent."""
_MOST_ZEROS = 6
"""So many places after the point may be empty before an exponent is written."""


def text_of(value: JsonValue) -> str:
    """Return the JSON of a value without spaces, letters unescaped, keys in the order they have."""
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{_quoted(key)}:{text_of(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(text_of, value)) + "]"
    if isinstance(value, float):
        return number(value)
    return _quoted(value)


def with_sorted_keys(value: JsonValue) -> JsonValue:
    """Return the value with the keys of every object in it sorted, at every level."""
    if isinstance(value, dict):
        return {key: with_sorted_keys(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [with_sorted_keys(item) for item in value]
    return value


def number(value: float) -> str:
    """Return a finite number as JavaScript prints it: `1`, `0.5`, `1e+21`, `1.5e-7`."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    written, point = "".join(map(str, digits)), len(digits) + int(exponent)
    if written == "0":
        return "0"
    return "-" * sign + _placed(written, point)


def _placed(digits: str, point: int) -> str:
    """The digits with their point after the first `point` of them."""
    if len(digits) <= point <= _MOST_PLAIN:
        return digits.ljust(point, "0")
    if 0 < point <= _MOST_PLAIN:
        return f"{digits[:point]}.{digits[point:]}"
    if -_MOST_ZEROS < point <= 0:
        return f"0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if digits[1:] else ""
    return f"{digits[0]}{rest}e{point - 1:+d}"


def _quoted(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)
