"""JSON as JavaScript writes it."""

import pytest

from core.strict_json import loads
from payments.providers import javascript


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("1.0", "1"),
        ("1e3", "1000"),
        ("-0.0", "0"),
        ("-3000.50", "-3000.5"),
        ("0.1", "0.1"),
        ("1e16", "10000000000000000"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e+21"),
        ("1.5e300", "1.5e+300"),
        ("1e-6", "0.000001"),
        ("1e-7", "1e-7"),
        ("-1.5e-7", "-1.5e-7"),
        ("123456789.5", "123456789.5"),
    ],
)
def test_numbers_are_written_as_node_writes_them(read: str, written: str) -> None:
    assert javascript.text_of(loads(read)) == written


def test_letters_stay_letters_and_nothing_is_spaced() -> None:
    value = loads('{"b": "Trả \\u0111 \\/ \\n\\"", "a": [1.0, null, true, {}]}')
    assert javascript.text_of(value) == '{"b":"Trả đ / \\n\\"","a":[1,null,true,{}]}'


def test_keys_are_sorted_at_every_level() -> None:
    sorted_ = javascript.with_sorted_keys(loads('{"b":[{"d":1,"c":{"z":1,"y":2}}],"a":1}'))
    assert javascript.text_of(sorted_) == '{"a":1,"b":[{"c":{"y":2,"z":1},"d":1}]}'
