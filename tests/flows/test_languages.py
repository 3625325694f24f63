"""Whoever asks for English gets nothing else but names; whoever asks for nothing gets Vietnamese.

The pages are read with everything the database holds taken out, for names and stories stay as sellers
wrote them.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from werkzeug.exceptions import HTTPException

import wsgi
from catalog.communes import COMMUNES
from catalog.imports.columns import COLUMNS
from catalog.imports.guide import HELPS
from core import commands, factory
from core.db import db
from core.errors import NotFound
from core.identity import demo
from tests.factories.identity import bearer
from tests.flows.examples import EXAMPLES
from tests.flows.market import Market
from tests.flows.routes import route
from tests.support.databases import SqliteTemplate, settings_for
from tests.unit.core.test_translations import NAMES, VIETNAMESE, WORD

# Names of places, units as amounts are printed everywhere in Vietnam, and the first letter of a name.
KEPT = NAMES | {
    "Thái",
    "Nguyên",
    "lít",
    "cái",
    "sào",
    "Đ",
}
SENT = re.compile(r'<option\b[^>]*>|<button\b[^>]*\b(data-word="|data-their-words)[^>]*>')
"""Choices hold a unit's word for programs, and what is copied to be sent is in its reader's language."""
LINK = re.compile(r'href="(/[^"#]*)')
MOST_ALIKE = 12
"""A demo has thousands of addresses; after so many of one shape the next says the same words."""
NOT_PAGES = ("/static/", "/api/", "/search?q")
SELLING = ("/console", "/host")
OTHER_LANGUAGE = re.compile(r'<a [^>]*hreflang="vi".*?</a>|<span lang="vi">.*?</span>', re.DOTALL)


def texts(value: object) -> Iterator[str]:
    """Every text in a column's value, those inside JSON too."""
    if isinstance(value, str):
        yield value
        if value[:1] in ("{", "["):
            yield from texts(json.loads(value))
    elif isinstance(value, dict):
        yield from (found for item in value.values() for found in texts(item))
    elif isinstance(value, list):
        yield from (found for item in value for found in texts(item))


def data_of(app: Flask) -> list[str]:
    """Every text the database holds that has a Vietnamese letter, places' names and what tables hold.

    The longest first.
    """
    found = {name for one in COMMUNES.values() for name in (one.full_name, one.name)}
    found |= {help_.example for helps in HELPS.values() for help_ in helps.values()}
    found |= {column.title for columns in COLUMNS.values() for column in columns}
    with app.app_context():
        for table in inspect(db.engine).get_table_names():
            for row in db.session.execute(text(f"SELECT * FROM {table}")):
                kept = [each for value in row for each in texts(value)]
                if table == "import_files":  # each cell behind the letter of its kind
                    kept += [each[1:] for each in kept]
                found.update(kept, *(each.splitlines() for each in kept))
        db.session.rollback()
    return sorted(filter(VIETNAMESE.search, found), key=len, reverse=True)


def vietnamese_in(page: str, data: list[str]) -> set[str]:
    """The Vietnamese words of a page that are not data; most lines of most pages have none at all."""
    lines = html.unescape(SENT.sub("", OTHER_LANGUAGE.sub("", page))).splitlines()
    said = "\n".join(filter(VIETNAMESE.search, lines))
    for value in data:
        said = said.replace(value, " ")
    return {word for word in WORD.findall(said) if VIETNAMESE.search(word)} - KEPT


def linked(
    client: FlaskClient, start: str, within: tuple[str, ...] = ("/",)
) -> Iterator[tuple[str, str]]:
    """Pages one can walk to without changing the language, with their text: `MOST_ALIKE` of each shape."""
    ahead, seen, shapes = [start], set[str](), Counter[str]()
    while ahead:
        path = ahead.pop()
        if not path.startswith(within) or path in seen or is_left_out(path):
            continue
        seen.add(path)
        shape = shape_of(client, path)
        shapes[shape] += 1
        if shapes[shape] > MOST_ALIKE:
            continue
        answer = client.get(path)
        if answer.mimetype != "text/html":
            continue  # a picture, a table: nobody's language
        page = OTHER_LANGUAGE.sub("", answer.text)
        ahead += [html.unescape(found[1]) for found in LINK.finditer(page)]
        yield path, page


def shape_of(client: FlaskClient, path: str) -> str:
    """What answers at `path`, and which questions the address asks: such pages differ by their data only."""
    url = urlsplit(path)
    asked = sorted(parse_qs(url.query, keep_blank_values=True))
    try:
        endpoint, _values = client.application.url_map.bind("localhost").match(url.path)
    except HTTPException:
        endpoint = "nowhere"
    return " ".join([endpoint, *asked])


def is_left_out(path: str) -> bool:
    """Whether a link leads to no page, or to one walked to already, only narrowed in one more way."""
    return path.startswith(NOT_PAGES) or "&" in path


@pytest.fixture(scope="module")
def demo_app(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The market as `make run` shows it first."""
    folder: Path = tmp_path_factory.mktemp("demo")
    app = factory.create_app(settings_for(folder, sqlite_template.copy_to(folder)), wsgi.WIRINGS)
    with app.app_context():
        commands.fill_if_empty()
    return app


@pytest.fixture
def reader(demo_app: Flask) -> FlaskClient:
    """A browser that has chosen English once."""
    client = demo_app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert "lang=en" in client.get("/?lang=en").headers["Set-Cookie"]
    return client


def test_a_guest_walks_the_whole_demo_in_english(demo_app: Flask, reader: FlaskClient) -> None:
    data = data_of(demo_app)
    found = {path: vietnamese_in(page, data) for path, page in linked(reader, "/")}
    assert {path: words for path, words in found.items() if words} == {}
    assert len(found) > 20


def test_a_seller_works_in_english(demo_app: Flask, reader: FlaskClient) -> None:
    phone = demo.logins()[2].partition("  ")[0]
    reader.post("/login", data={"phone": phone, "password": demo.PASSWORD})
    data = data_of(demo_app)
    found = {
        path: vietnamese_in(page, data) for path, page in linked(reader, "/console", within=SELLING)
    }
    assert {path: words for path, words in found.items() if words} == {}
    assert "/console/sessions/new" in found


def test_every_page_of_the_market_has_its_english(market: Market) -> None:
    asked = [name for name in EXAMPLES if name.startswith("GET /")]
    paths = {name: EXAMPLES[name].path(route(name), market) for name in asked}  # some write data
    data, pages = data_of(market.app), 0
    for name, path in paths.items():
        example = EXAMPLES[name]
        query = {**example.query, "lang": "en"}
        answer = market.ask(example.who, "GET", path, query_string=query)
        if answer.mimetype == "text/html" and not answer.location:
            pages += 1
            assert '<html lang="en">' in answer.text, name
            assert vietnamese_in(answer.text, [*data, *example.query.values()]) == set(), name
    assert pages > 12


def test_a_refusal_is_said_in_the_language_asked_for(market: Market) -> None:
    nowhere = "/api/v1/listings/nowhere"
    told = {
        lang: market.client().get(nowhere, query_string={"lang": lang}).get_json()["message"]
        for lang in ("vi", "en", "fr")
    }
    assert told["en"] == "We could not find this. Please check the link."
    assert told["vi"] == told["fr"] == NotFound().text()


def test_a_wrong_field_is_called_as_the_form_calls_it(market: Market) -> None:
    body = {"phone": "1", "name": "Lan"}
    told = {
        lang: market.client().post("/api/v1/auth/phone", json=body, query_string={"lang": lang})
        for lang in ("vi", "en")
    }
    assert "“số điện thoại”" in told["vi"].get_json()["message"]
    assert "“phone number”" in told["en"].get_json()["message"]
    assert told["en"].get_json()["field"] == "phone"


def test_a_refusal_is_said_in_the_language_chosen_before(market: Market) -> None:
    client = market.app.test_client()
    client.set_cookie("lang", "en")
    body = {"code": "A1", "qty": 6, "client_id": "more-than-five"}
    path = f"/api/v1/live/{market.ids['session_id']}/claims"
    answer = client.post(path, json=body, headers=bearer(market.tokens["other"]))
    assert answer.get_json()["message"].startswith("Each person can claim only so many.")
    assert "could not find" in client.get("/sellers/nobody").text
