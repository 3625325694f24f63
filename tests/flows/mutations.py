"""Everything that can be wrong with a body, derived from one that is right."""

import json
from collections.abc import Iterator

from core.strict_json import MAX_BYTES, JsonValue
from tests.flows.example import Body, Example, written

_PLACE = "\u2021"  # stands where a raw token goes that json.dumps would not write
_NUMBERS = ("NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 30, "1.5", "-1", "0")
_OTHER_TYPES = ("true", "null", "[]", "{}", '"x"', '""', '"\\u0000"', '"\\ud800"')
_LONG = "x" * 5000
_DEEP = 40


def bad_json(fields: Body, example: Example) -> Iterator[tuple[str, bytes]]:
    """Each wrong body made of the right `fields`, with what is wrong about it."""
    right = written(fields)
    yield from _wrong_wholes(right)
    if example.is_ours:
        yield "unknown field", written({**fields, "unit_price_vnd": 1})
    for path in _leaves(fields):
        if not example.is_ours and path not in example.provider_fields:
            continue
        yield from _wrong_values(fields, path, example)
        yield f"{path} twice", _doubled(fields, path)
        if not _may_be_left_out(path, example):
            yield f"{path} missing", written(_without(fields, path))


def _wrong_wholes(right: bytes) -> Iterator[tuple[str, bytes]]:
    yield "not JSON", b"phone=0912345678"
    yield "cut off", right[:-1]
    yield "more after the end", right + b"{}"
    yield "a list", b"[]"
    yield "a text", b'"x"'
    yield "null", b"null"
    yield "NaN", b"NaN"
    yield "broken UTF-8", right[:-1] + b',"note":"\xff\xfe"}'
    yield "byte order mark", b"\xef\xbb\xbf" + right
    yield "UTF-16", right.decode().encode("utf-16")
    yield "deep nesting", b'{"a":' * _DEEP + b"1" + b"}" * _DEEP
    yield "deeper nesting", b"[" * 20_000 + b"]" * 20_000
    yield "too large", right[:-1] + b',"note":"' + b"x" * MAX_BYTES + b'"}'


def _wrong_values(fields: Body, path: str, example: Example) -> Iterator[tuple[str, bytes]]:
    kind = _kind(_at(fields, path))
    for token in (*_NUMBERS, *_OTHER_TYPES, f'"{_LONG}"'):
        if not _is_legal(token, kind, path, example):
            yield f"{path} = {token[:20]}", _with_token(fields, path, token)


def _is_legal(token: str, kind: str, path: str, example: Example) -> bool:
    if token == "0":
        return kind == "number" and _general(path) in example.zero
    if token in {'"x"', f'"{_LONG}"'}:
        return kind == "text" and (_general(path) in example.anything and token == '"x"')
    if token == '""':
        return kind == "text" and _general(path) in example.blank
    return token == "true" and kind == "boolean"


def bad_forms(fields: Body, example: Example) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each wrong form made of the right `fields`: pairs, because a field may come twice."""
    right = [(name, str(value)) for name, value in fields.items()]
    yield "unknown field", [*right, ("unit_price_vnd", "1")]
    for name, value in fields.items():
        rest = [pair for pair in right if pair[0] != name]
        yield f"{name} twice", [*right, (name, str(value))]
        if name not in example.optional:
            yield f"{name} missing", rest
        yield f"{name} too long", [*rest, (name, _LONG)]
        if name not in example.blank:
            yield f"{name} empty", [*rest, (name, "")]
        numbers = (*_NUMBERS, "1" * 400, "0x10", "१") if _kind(value) == "number" else ()
        for token in numbers:
            if not (token == "0" and name in example.zero):
                yield f"{name} = {token[:20]}", [*rest, (name, token)]


def _kind(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "number"
    return "text" if isinstance(value, str) else "other"


def _leaves(value: JsonValue, path: str = "") -> Iterator[str]:
    """The dotted path of every field, containers included."""
    for name, item in _children(value):
        here = f"{path}.{name}" if path else name
        yield here
        yield from _leaves(item, here)


def _children(value: JsonValue) -> list[tuple[str, JsonValue]]:
    if isinstance(value, list):
        return [(str(place), item) for place, item in enumerate(value)]
    return list(value.items()) if isinstance(value, dict) else []


def _general(path: str) -> str:
    """`lines.0.packs` → `lines.packs`."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _may_be_left_out(path: str, example: Example) -> bool:
    return _general(path) in example.optional or path.rpartition(".")[2].isdigit()


def _at(value: JsonValue, path: str) -> JsonValue:
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]  # type: ignore[index]
    return value


def _copy_and_parent(fields: Body, path: str) -> tuple[Body, JsonValue, str]:
    copy: Body = json.loads(written(fields))
    above, _, name = path.rpartition(".")
    return copy, _at(copy, above) if above else copy, name


def _put(parent: JsonValue, name: str, value: JsonValue) -> None:
    if isinstance(parent, list):
        parent[int(name)] = value
    elif isinstance(parent, dict):
        parent[name] = value


def _with_token(fields: Body, path: str, token: str) -> bytes:
    copy, parent, name = _copy_and_parent(fields, path)
    _put(parent, name, _PLACE)
    return written(copy).replace(f'"{_PLACE}"'.encode(), token.encode())


def _without(fields: Body, path: str) -> Body:
    copy, parent, name = _copy_and_parent(fields, path)
    assert isinstance(parent, dict)
    del parent[name]
    return copy


def _doubled(fields: Body, path: str) -> bytes:
    """The body with one key given twice (for an item of a list: with a key of its own twice)."""
    copy, parent, name = _copy_and_parent(fields, path)
    if not isinstance(parent, dict):
        return b'{"a":1,"a":1}'
    key, item = json.dumps(name), json.dumps(parent[name], ensure_ascii=False)
    parent[name] = _PLACE
    whole = written(copy)
    return whole.replace(f'"{_PLACE}"'.encode(), f"{item}, {key}: {item}".encode())
