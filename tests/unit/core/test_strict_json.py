"""What the JSON door lets in."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadJson, TooLarge
from core.strict_json import MAX_INTEGER, JsonValue, canonical, loads

letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=10,
).filter(lambda value: json.dumps(value).count("[") + json.dumps(value).count("{") <= 16)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"qty": 2, "code": "A1"}', {"qty": 2, "code": "A1"}),
        ('"chốt đơn"', "chốt đơn"),
        (b"[1.5, -0, true, null]", [1.5, 0, True, None]),
        (b'"\\ud83c\\udf75"', "\U0001f375"),
        (b"9007199254740991", 2**53 - 1),
        (b"[" * 16 + b"]" * 16, [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]),
        (b'"' + b"[" * 100 + b'"', "[" * 100),
    ],
)
def test_plain_json_is_read(raw: bytes | str, value: JsonValue) -> None:
    assert loads(raw) == value


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "syntax"),
        (b"{", "syntax"),
        (b'{"a": 1,}', "syntax"),
        (b"{'a': 1}", "syntax"),
        (b'"a\nb"', "syntax"),
        (b"1 2", "syntax"),
        (b"NaN", "not_a_number"),
        (b'{"a": -Infinity}', "not_a_number"),
        (b"1e999", "number_range"),
        (b"-1e999", "number_range"),
        (b"9007199254740992", "integer_range"),
        (b"-9007199254740992", "integer_range"),
        (b"1" * 30, "integer_range"),
        (b"1" * 60_000, "integer_range"),
        (b'{"a": 1, "a": 1}', "duplicate_key"),
        (b'{"a": 1, "\\u0061": 2}', "duplicate_key"),
        (b"[" * 17 + b"]" * 17, "depth"),
        (b"[" * 60_000, "depth"),
        (b'{"a":' * 10_000, "depth"),
        (b'["\\"", ' + b"[" * 16 + b"]" * 17, "depth"),
        (b'"\\ud800"', "character"),
        (b'{"\\udfff": 1}', "character"),
        (b'["a\\u0000"]', "character"),
        ('"\ud800"', "encoding"),
        (b'"\xff"', "encoding"),
        (b'"\xc0\x80"', "encoding"),
        (b"\xef\xbb\xbf{}", "byte_order_mark"),
        ("\ufeff{}", "byte_order_mark"),
        (b"{\x00}", "syntax"),
    ],
)
def test_doubtful_json_is_refused_with_its_reason(raw: bytes | str, why: str) -> None:
    with pytest.raises(BadJson) as raised:
        loads(raw)
    assert raised.value.data == {"why": why}


@pytest.mark.parametrize("raw", [b" " * 65_537, " " * 65_537, '"' + "đ" * 40_000 + '"'])
def test_more_than_64_kib_is_too_large(raw: bytes | str) -> None:
    with pytest.raises(TooLarge):
        loads(raw)


def test_the_limits_can_be_set_by_the_door() -> None:
    with pytest.raises(TooLarge):
        loads(b"[1, 2]", max_bytes=5)
    with pytest.raises(BadJson):
        loads(b"[[1]]", max_depth=1)


@pytest.mark.timeout(5)
@pytest.mark.parametrize("raw", [b'"' + b'\\"' * 32_000, b'"' * 65_000, b'"\\' * 32_000])
def test_hostile_quotes_are_refused_quickly(raw: bytes) -> None:
    with pytest.raises(BadJson):
        loads(raw)


@given(st.binary(max_size=60) | st.text('{}[]",:\\u0123eE.-+ntf \ud800', max_size=60))
def test_any_input_is_a_value_or_bad_json(raw: bytes | str) -> None:
    with suppress(BadJson):
        value = loads(raw)
        assert loads(canonical(value)) == value


@given(values)
def test_canonical_writing_reads_back_and_is_stable(value: JsonValue) -> None:
    assert loads(canonical(value)) == value
    assert canonical(loads(canonical(value))) == canonical(value)


def test_canonical_writing_sorts_keys_and_keeps_marks() -> None:
    assert canonical({"b": [1, 2], "a": "chè"}) == '{"a":"chè","b":[1,2]}'.encode()
