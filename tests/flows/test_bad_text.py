"""What a database may choke on never reaches it: NUL, lone surrogates, huge and odd texts.

On PostgreSQL, whose texts refuse NUL where SQLite's take it.
"""

from urllib.parse import quote

import pytest

from tests.flows.example import send
from tests.flows.examples import example_of
from tests.flows.market import Market
from tests.flows.routes import all_routes, route

ODD = ("\0", "a\0b", "\ufffe\u202e", "x" * 3000, "'; DROP TABLE people; --", "%\\")
NAMES = [str(found) for found in all_routes()]


@pytest.mark.parametrize("name", [name for name in NAMES if route(name).arguments])
def test_an_odd_id_in_a_path_leads_nowhere(postgres_market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name)).prepared(postgres_market)
    before = postgres_market.digest()
    for odd in ODD:
        path = at.path(dict.fromkeys(at.arguments, quote(odd, safe="")))
        answer = postgres_market.ask(
            example.who,
            at.method,
            path,
            json=example.json and example.fields(postgres_market),
            data=example.form and example.fields(postgres_market),
        )
        assert 400 <= answer.status_code < 500, (odd, answer.text[:300])
    assert postgres_market.digest() == before


@pytest.mark.parametrize("name", [name for name in NAMES if not route(name).writes])
def test_odd_words_in_a_query_break_nothing(postgres_market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name))
    path = example.path(at, postgres_market)
    for odd in ODD:
        for field in {*example.query, "k", "lang", "next", "after"}:
            answer = postgres_market.ask(example.who, "GET", path, query_string={field: odd})
            assert answer.status_code < 500, (field, odd, answer.text[:300])


@pytest.mark.parametrize("name", [name for name in NAMES if route(name).writes])
def test_odd_words_in_a_body_break_nothing(postgres_market: Market, name: str) -> None:
    """Some odd words are fine where any text is; none may be a fault of ours."""
    market, at = postgres_market, route(name)
    example = example_of(at).prepared(market)
    fields = example.fields(market)
    for field in fields:
        for odd in ODD:
            changed = example.with_fields({**fields, field: odd})
            answer = send(at, changed, market)
            assert answer.status_code < 500, (field, odd, answer.text[:300])
