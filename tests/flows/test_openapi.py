"""The contract names every public route, each with what it takes and what it answers."""

import re
from collections.abc import Iterator
from typing import cast

import pytest

from core.client_ids import JsonObject
from core.strict_json import JsonValue
from tests.flows.examples import EXAMPLES
from tests.flows.market import GUEST, Market
from tests.flows.routes import Route, all_routes, route

PUBLIC = [found for found in all_routes() if found.for_programs and "openapi" not in found.rule]
# Bodies of webhooks are the providers' own; each provider's documentation is their contract.
JSON_BODIES = [name for name, example in EXAMPLES.items() if example.json and not example.headers]
_ARGUMENT = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")


@pytest.fixture
def contract(market: Market) -> JsonObject:
    """The OpenAPI document as a client gets it."""
    answer = market.ask(GUEST, "GET", "/api/v1/openapi.json")
    assert answer.status_code == 200
    return cast(JsonObject, answer.get_json())


def in_contract(rule: str) -> str:
    """`/orders/<code>` as OpenAPI writes it."""
    return _ARGUMENT.sub(r"{\1}", rule)


def operation(contract: JsonObject, found: Route) -> JsonObject:
    """What the contract says of one route; nothing if it is silent."""
    paths = cast(dict[str, dict[str, JsonObject]], contract["paths"])
    return paths.get(in_contract(found.rule), {}).get(found.method.lower(), {})


def test_there_are_public_routes_to_look_for() -> None:
    rules = {found.rule for found in PUBLIC}
    assert {"/healthz", "/readyz", "/api/v1/auth/phone", "/.well-known/receipt-keys.json"} <= rules


@pytest.mark.parametrize("found", PUBLIC, ids=str)
def test_every_public_route_is_in_the_contract(contract: JsonObject, found: Route) -> None:
    said = operation(contract, found)
    assert said, f"{found} is not in the OpenAPI document"
    assert said.get("summary"), f"{found} says nothing about itself"
    assert said.get("responses")


@pytest.mark.parametrize("found", PUBLIC, ids=str)
def test_the_contract_says_what_each_route_answers(contract: JsonObject, found: Route) -> None:
    responses = cast(dict[str, JsonObject], operation(contract, found)["responses"])
    content = cast(dict[str, JsonObject], responses["200"]["content"])
    answer = resolved(contract, cast(JsonObject, content["application/json"]["schema"]))
    assert answer.get("properties"), f"{found} does not say what it answers"


@pytest.mark.parametrize("name", JSON_BODIES)
def test_the_contract_names_the_fields_of_each_body(
    market: Market, contract: JsonObject, name: str
) -> None:
    """What a right request carries is what the contract says a request carries."""
    make = EXAMPLES[name].json
    assert make is not None
    body = cast(JsonObject, operation(contract, route(name))["requestBody"])
    content = cast(dict[str, JsonObject], body["content"])
    schema = cast(JsonObject, content["application/json"]["schema"])
    assert list(unknown_fields(contract, schema, make(market))) == []


def unknown_fields(contract: JsonObject, schema: JsonObject, value: JsonValue) -> Iterator[str]:
    """The names sent that `schema` does not say."""
    said = resolved(contract, schema)
    if isinstance(value, list):
        for item in value:
            yield from unknown_fields(contract, cast(JsonObject, said["items"]), item)
    if not isinstance(value, dict):
        return
    properties = cast(dict[str, JsonObject], said.get("properties", {}))
    for name, item in value.items():
        if name not in properties:
            yield name
        else:
            yield from unknown_fields(contract, properties[name], item)


def resolved(contract: JsonObject, schema: JsonObject) -> JsonObject:
    """`schema`, or what its reference points at."""
    place = contract
    if "$ref" not in schema:
        return schema
    for part in str(schema["$ref"]).removeprefix("#/").split("/"):
        place = cast(JsonObject, place[part])
    return place


def test_no_path_of_the_contract_is_without_a_route(contract: JsonObject) -> None:
    known = {in_contract(found.rule) for found in PUBLIC}
    assert set(cast(JsonObject, contract["paths"])) <= known


def test_the_contract_is_openapi_3(contract: JsonObject) -> None:
    assert str(contract["openapi"]).startswith("3.")
    assert set(cast(JsonObject, contract["info"])) >= {"title", "version"}
