"""Every field of every form has a name people know: a refusal never says “expected_on”."""

from collections.abc import Iterator

import pytest
from flask import Flask
from marshmallow import Schema

from core.http.field_names import name_of
from core.http.fields import Body

_HIDDEN = {"client_id", "step", "order", "seller", "next"}
"""Fields no person fills in."""


def _below(schema: type[Schema]) -> Iterator[type[Schema]]:
    for one in schema.__subclasses__():
        yield one
        yield from _below(one)


def test_every_field_of_every_form_has_a_name(app: Flask) -> None:
    forms = [one for one in _below(Body) if one.__name__.endswith("Form")]
    assert len(forms) > 30
    with app.test_request_context():
        told = {field for form in forms for field in form().fields if name_of(field) == field}
    assert told - _HIDDEN == set()


@pytest.mark.parametrize("field", ["parts", "lines", "rows.row", "items.0.qty", "price_2"])
def test_places_in_lists_and_rows_do_not_matter(app: Flask, field: str) -> None:
    with app.test_request_context():
        assert name_of(field) != field
