"""Bad input anywhere ends as a 4xx that says why, and nothing has changed (issue, section 4).

Routes are read from the application and bad bodies derived from one right request each, so a new route
is covered as soon as it has an example, and fails until it has one.
"""

from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from core.strict_json import JsonValue
from tests.flows.example import Body, Example, send, send_json, written
from tests.flows.examples import EXAMPLES, example_of
from tests.flows.market import GUEST, Market
from tests.flows.mutations import bad_forms, bad_json
from tests.flows.routes import Route, all_routes, route

ROUTES = all_routes()
OPEN_FORMS = [
    name
    for name, example in EXAMPLES.items()
    if example.form and example.who != GUEST and not example.needs_login
]
JSON_WRITES = [name for name, example in EXAMPLES.items() if example.json is not None]
FORM_WRITES = [name for name, example in EXAMPLES.items() if example.form is not None]
WITH_FOREIGN = [name for name, example in EXAMPLES.items() if example.foreign]
FOR_SOMEBODY = [
    name for name, example in EXAMPLES.items() if example.who != GUEST and example.needs_login
]
WITH_QUERY = [name for name, example in EXAMPLES.items() if example.query]
CHANGED = "something was changed"
BAD_IDS = ("nothing", "x" * 300, "%00", "..", "%E2%80%AE", "%FF", "-1", "1e30", "' OR 1=1 --")

BAD_QUERY_VALUES = (
    "NaN",
    "Infinity",
    "1e30",
    "1" * 400,
    "-1",
    "1.5",
    "",
    "x" * 5000,
    "\0",
    "\ud800",
)


def refusal(answer: TestResponse, at: Route) -> str:
    """What is wrong with a refusal, or nothing."""
    if not 400 <= answer.status_code < 500:
        return f"{answer.status_code}"
    if "Traceback" in answer.text:
        return "shows a traceback"
    if not at.for_programs:
        return ""
    problem = answer.get_json(silent=True) or {}
    whole = answer.mimetype == "application/problem+json" and problem.get("code")
    return "" if whole and problem.get("status") == answer.status_code else f"no problem: {problem}"


def faults_of(
    market: Market, at: Route, answers: dict[str, TestResponse], before: str
) -> list[str]:
    """Name every answer that is no proper refusal, and whether anything was changed."""
    faults = [f"{what}: {wrong}" for what, a in answers.items() if (wrong := refusal(a, at))]
    return faults if market.digest() == before else [*faults, CHANGED]


def test_every_route_has_an_example_and_every_example_a_route() -> None:
    assert {str(found) for found in ROUTES} == set(EXAMPLES)


@pytest.mark.parametrize("name", [str(found) for found in ROUTES])
def test_the_right_request_is_served_and_leaves_the_books_right(market: Market, name: str) -> None:
    example = example_of(route(name))
    answer = send(route(name), example, market)
    assert answer.status_code == example.status, answer.text[:500]
    assert market.problems() == []


@pytest.mark.parametrize("name", JSON_WRITES)
def test_a_bad_body_is_refused_whole(market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name))
    assert example.json is not None
    fields, path = example.json(market), example.path(at, market)
    before = market.digest(example.keeps)
    answers = {
        what: send_json(at, example, market, (raw, example.who, path))
        for what, raw in bad_json(fields, example)
    }
    assert faults_of(market, at, answers, before) == ([CHANGED] if example.keeps else [])
    assert market.digest(example.keeps) == before
    assert answers["too large"].status_code == 413


@pytest.mark.parametrize("name", FORM_WRITES)
def test_a_bad_form_is_refused_whole(market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name)).prepared(market)
    before = market.digest()
    answers = answers_to_bad_forms(market, at, example, example.who)
    assert faults_of(market, at, answers, before) == []
    assert answers["too large"].status_code == 413


@pytest.mark.parametrize("name", OPEN_FORMS)
def test_a_bad_form_of_a_guest_leaves_no_trace(market: Market, name: str) -> None:
    """Not even a device; a guest who can have nothing there may be led to where things begin."""
    at, example = route(name), example_of(route(name)).prepared(market)
    before = market.digest()
    answers = answers_to_bad_forms(market, at, example, GUEST)
    refused = {what: one for what, one in answers.items() if one.status_code != 303}
    assert faults_of(market, at, refused, before) == []


def answers_to_bad_forms(
    market: Market, at: Route, example: Example, role: str
) -> dict[str, TestResponse]:
    """What `role` gets for each wrong form, and for what is no form at all."""
    fields, path = example.fields(market), example.path(at, market)
    raw = {what: urlencode(pairs).encode() for what, pairs in bad_forms(fields, example)}
    raw |= {"too large": b"x=" + b"x" * 70_000, "broken UTF-8": b"name=\xff\xfe"}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = {
        what: market.ask(role, at.method, path, data=body, headers=kind)
        for what, body in raw.items()
    }
    return {**answers, "JSON": market.ask(role, at.method, path, json=fields)}


@pytest.mark.parametrize("name", [name for name in JSON_WRITES if EXAMPLES[name].is_ours])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded"]
)
def test_another_content_type_is_refused(market: Market, name: str, kind: str) -> None:
    at, example = route(name), example_of(route(name))
    assert example.json is not None
    raw, path = written(example.json(market)), example.path(at, market)
    headers = example.headers(market, raw) if example.headers else {}
    before = market.digest()
    answer = market.ask(
        example.who, at.method, path, data=raw, headers={**headers, "Content-Type": kind}
    )
    assert faults_of(market, at, {kind: answer}, before) == []


@pytest.mark.parametrize("name", [str(found) for found in ROUTES if found.arguments])
def test_a_path_to_nothing_leads_nowhere(market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name))
    before = market.digest()
    answers = {}
    for bad in BAD_IDS:
        path = at.path(dict.fromkeys(at.arguments, bad))
        body = example.json(market) if example.json else None
        form = example.form(market) if example.form else None
        answers[bad] = market.ask(example.who, at.method, path, json=body, data=form)
    assert faults_of(market, at, answers, before) == []


@pytest.mark.parametrize("name", FOR_SOMEBODY)
def test_a_missing_or_dead_login_is_refused(market: Market, name: str) -> None:
    """A guest is sent to the entrance or told to sign in; a token that is not ours counts as none."""
    at, example = route(name), example_of(route(name))
    body = example.json(market) if example.json else None
    form = example.form(market) if example.form else None
    path, query = example.path(at, market), dict(example.query)
    before = market.digest()
    for headers in (
        {},
        {"Authorization": "Bearer " + "x" * 43},
        {"Authorization": "Bearer \u00ff"},
    ):
        answer = market.ask(
            GUEST, at.method, path, json=body, data=form, query_string=query, headers=headers
        )
        assert answer.status_code in {401, 404} or _is_sent_to_the_entrance(answer), answer.text
    assert market.digest() == before


@pytest.mark.parametrize("name", WITH_QUERY)
def test_a_bad_query_is_refused_or_read_as_text(market: Market, name: str) -> None:
    """A program is refused what is no number where a number is asked; a page never falls over."""
    at, example = route(name), example_of(route(name))
    path, before = example.path(at, market), market.digest()
    for field, right in example.query.items():
        for bad in BAD_QUERY_VALUES:
            query = urlencode({**example.query, field: bad}, errors="surrogatepass")
            answer = market.ask(example.who, at.method, path, query_string=query)
            assert answer.status_code < 500, (field, bad)
            if right.isdigit() and at.for_programs:
                assert refusal(answer, at) == "", (field, bad)
    assert market.digest() == before


def _is_sent_to_the_entrance(answer: TestResponse) -> bool:
    return answer.status_code == 303 and answer.headers["Location"].startswith("/login?next=")


@pytest.mark.parametrize("name", WITH_FOREIGN)
def test_what_is_another_sellers_is_not_found(market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name))
    make = example.json or example.form
    assert make is not None
    for field, thing in example.foreign.items():
        fields, path = make(market), example.path(at, market)
        before = market.digest()
        put(fields, field, market.ids[thing])
        way = {"json": fields} if example.json else {"data": fields}
        answer = market.ask(example.who, at.method, path, **way)
        assert (refusal(answer, at), market.digest()) == ("", before), (field, answer.text)


def put(fields: Body, path: str, value: JsonValue) -> None:
    """Set the field at a dotted path."""
    parent: JsonValue = fields
    *above, last = path.split(".")
    for part in above:
        parent = parent[int(part)] if isinstance(parent, list) else parent[part]  # type: ignore[index]
    assert isinstance(parent, dict)
    parent[last] = value


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/webhooks/nothing", "/.well-known/nothing"])
def test_programs_are_told_of_a_wrong_path_in_json(market: Market, path: str) -> None:
    answer = market.ask(GUEST, "GET", path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.get_json()["code"] == "not_found"


def test_people_are_told_of_a_wrong_path_on_a_page(market: Market) -> None:
    answer = market.ask(GUEST, "GET", "/nothing")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


@pytest.mark.parametrize("name", [str(found) for found in ROUTES])
def test_another_method_is_refused(market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name))
    known = {found.method for found in ROUTES if found.rule == at.rule} | {"HEAD", "OPTIONS"}
    before = market.digest()
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
        answer = market.ask(example.who, method, example.path(at, market))
        assert (refusal(answer, at), answer.status_code) == ("", 405), method
    assert market.digest() == before
