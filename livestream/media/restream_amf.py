"""The values that RTMP's commands are written in (AMF 0), as far as publishing needs them. Pure.

Source: Adobe, Action Message Format AMF 0 (2007), section 2. Reading refuses what is nested deeper or
longer than a server has reason to send: the other side is a stranger.
"""

import struct
from collections.abc import Mapping

from livestream.media.restream_errors import BadAnswer

Value = int | bool | str | None | Mapping[str, "Value"] | tuple["Value", ...]
_NUMBER, _TRUTH, _TEXT, _RECORD, _NULL, _UNDEFINED, _TABLE, _END, _LIST, _LONG = (
    *(0, 1, 2, 3, 5, 6, 8, 9, 10, 12),
)
_DEEPEST, _MOST = 6, 64


def written(*values: Value) -> bytes:
    """`values` one after the other; RTMP has no use for numbers that are not whole."""
    return b"".join(map(_written, values))


def read(data: bytes) -> tuple[Value, ...]:
    """The values that `data` is made of.

    Raises:
        BadAnswer: it ends inside one, or has one that no server needs to send.
    """
    found: list[Value] = []
    at = 0
    try:
        while at < len(data) and len(found) < _MOST:
            value, at = _value(data, at, 0)
            found.append(value)
    except (struct.error, IndexError, ValueError, OverflowError):
        raise BadAnswer() from None
    return tuple(found)


def _written(value: Value) -> bytes:
    if value is None:
        return bytes([_NULL])
    if isinstance(value, bool):
        return bytes([_TRUTH, value])
    if isinstance(value, int):
        return struct.pack(">Bd", _NUMBER, value)
    if isinstance(value, str):
        return bytes([_TEXT]) + _name(value)
    assert isinstance(value, Mapping)
    inside = b"".join(_name(name) + _written(each) for name, each in value.items())
    return bytes([_RECORD]) + inside + _name("") + bytes([_END])


def _name(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">H", len(data)) + data


def _value(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    kind, at = data[at], at + 1
    if depth > _DEEPEST:
        raise BadAnswer()
    if kind == _NUMBER:
        return int(struct.unpack_from(">d", data, at)[0]), at + 8
    if kind == _TRUTH:
        return bool(data[at]), at + 1
    if kind in (_TEXT, _LONG):
        return _text(data, at, ">H" if kind == _TEXT else ">I")
    if kind in (_NULL, _UNDEFINED):
        return None, at
    if kind in (_RECORD, _TABLE):
        return _record(data, at + 4 * (kind == _TABLE), depth)
    if kind == _LIST:
        return _list(data, at, depth)
    raise BadAnswer()


def _text(data: bytes, at: int, form: str) -> tuple[str, int]:
    (length,) = struct.unpack_from(form, data, at)
    start = at + struct.calcsize(form)
    if start + length > len(data):
        raise BadAnswer()
    return data[start : start + length].decode(), start + length


def _record(data: bytes, at: int, depth: int) -> tuple[Mapping[str, Value], int]:
    found: dict[str, Value] = {}
    while len(found) < _MOST:
        name, at = _text(data, at, ">H")
        if not name and data[at] == _END:
            return found, at + 1
        found[name], at = _value(data, at, depth + 1)
    raise BadAnswer()


def _list(data: bytes, at: int, depth: int) -> tuple[tuple[Value, ...], int]:
    (count,) = struct.unpack_from(">I", data, at)
    if count > _MOST:
        raise BadAnswer()
    found: list[Value] = []
    at += 4
    for _ in range(count):
        value, at = _value(data, at, depth + 1)
        found.append(value)
    return tuple(found), at
