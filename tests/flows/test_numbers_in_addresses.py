"""A number in an address never grows beyond what the database holds."""

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter

from core.strict_json import MAX_INTEGER


def test_every_number_in_an_address_has_a_most(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for name, converter in rule._converters.items():
            if isinstance(converter, IntegerConverter):
                assert converter.max is not None, (rule.rule, name)
                assert converter.max <= MAX_INTEGER, (rule.rule, name)


def test_a_receipt_of_an_endless_number_is_not_found(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/receipts/somebody/{10**30}/{'0' * 64}")
    assert answer.status_code == 404
