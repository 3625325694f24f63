"""The grower book over HTTP: who sees a household's class, whose ids are taken, what a page costs.

A class is what a neighbour must never read on a page of the market: it is asked for everywhere.
"""

from dataclasses import dataclass

import pytest
from sqlalchemy import event

from core.db import db
from tests.factories.growers import make_member, make_plot
from tests.factories.identity import make_login
from tests.flows.example import Body, send
from tests.flows.examples import example_of
from tests.flows.examples_growers import CELLS, certificate_form, household_form, member_form
from tests.flows.growers_of import SECRET
from tests.flows.market import ROLES, Market
from tests.flows.routes import all_routes, route
from tests.house.tree import imports, package_files

WHERE_KEEPERS_READ = {
    "GET /console/<seller>/members/<member>": "Hộ cận nghèo",
    "GET /console/<seller>/members/<member>/household": SECRET,
}
READS = [str(one) for one in all_routes() if not one.writes]
WORDS = (SECRET, "Hộ cận nghèo", "near_poor", "Household near the poverty line")
MEMBERS = [name for name in CELLS if "<member>" in name or "<plot>" in name or "<cert" in name]


@pytest.mark.parametrize("name", READS)
def test_a_households_class_is_on_no_page_but_those_of_its_keepers(
    market: Market, name: str
) -> None:
    """Whoever asks, in whichever form the answer comes: the query of the example included."""
    at, example = route(name), example_of(route(name))
    for role in ROLES:
        said = send(at, example, market, role).data.decode("utf-8", "replace")
        if name not in WHERE_KEEPERS_READ or role != "staff_a":
            assert [word for word in WORDS if word in said] == [], role


@pytest.mark.parametrize("name", WHERE_KEEPERS_READ)
def test_keepers_of_the_book_do_read_it(market: Market, name: str) -> None:
    """The control: where it may stand, it stands."""
    assert WHERE_KEEPERS_READ[name] in send(route(name), example_of(route(name)), market).text


def test_only_the_book_itself_reads_classes() -> None:
    """Nobody writes a new page, file or answer with a class in it without meeting this test."""
    readers = {
        source.path
        for source in package_files()
        for found in imports(source)
        if "Household" in found.parts or found.name.startswith("catalog.growers.households")
    }
    assert readers == {
        "catalog/console/grower_bodies.py",
        "catalog/console/members.py",
        "catalog/console/households.py",
        "catalog/growers/households.py",
        "catalog/models/__init__.py",
    }


def test_who_weighs_goods_in_reads_the_book_but_no_class(market: Market) -> None:
    ids = market.ids
    market.tokens["packer"], _ = market.change(
        lambda session: make_login(session, roles={ids["seller"]: "packer"})
    )
    page = market.ask("packer", "GET", f"/console/{ids['seller']}/members/{ids['member']}")
    assert page.status_code == 200
    assert "Nguyễn Thị Nụ" in page.text
    assert [word for word in (*WORDS, "Diện hộ", "/edit") if word in page.text] == []
    for path in ("household", "edit", "plots/new"):
        there = f"/console/{ids['seller']}/members/{ids['member']}/{path}"
        assert market.ask("packer", "GET", there).status_code == 404, path


def test_hosts_and_moderators_have_no_business_in_the_book(market: Market) -> None:
    ids = market.ids
    for role in ("host", "moderator"):
        market.tokens[role], _ = market.change(
            lambda session, role=role: make_login(session, roles={ids["seller"]: role})  # type: ignore[misc]
        )
        assert market.ask(role, "GET", f"/console/{ids['seller']}/members").status_code == 404


@pytest.mark.parametrize("name", MEMBERS)
def test_another_sellers_entry_is_not_found_at_ones_own_desk(market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name)).prepared(market)
    things = {one: f"foreign_{one}" for one in at.arguments if one != "seller"}
    ids = {one: market.ids[things.get(one, one)] for one in at.arguments}
    before = market.digest()
    data = example.fields(market) if example.form else None
    answer = market.ask("staff_a", at.method, at.path(ids), data=data)
    assert (answer.status_code, market.digest()) == (404, before)


def paper(market: Market, **changes: str) -> Body:
    return {**certificate_form(market), **changes}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"valid_from": "2026-02-30"}, "ngày"),
        ({"valid_from": "2026-11-26"}, "chưa tới"),
        ({"valid_from": "30/02/2026"}, "ngày"),
        ({"stars": "6"}, "sao"),
        ({"stars": ""}, "Sao OCOP là 3, 4 hoặc 5"),
        ({"stars": "2"}, "sao"),
        ({"holder": ""}, "Sao OCOP được cấp cho từng sản phẩm"),
        ({"valid_until": "2028-05-20"}, "19/05/2028"),
        ({"valid_until": "2025-05-19"}, "trước ngày bắt đầu"),
        ({"kind": "vietgap", "stars": "", "valid_until": ""}, "ngày hết hạn"),
    ],
)
def test_a_wrong_paper_is_said_back_with_what_was_typed(
    market: Market, changes: dict[str, str], told: str
) -> None:
    path, before = f"/console/{market.ids['seller']}/certificates/new", market.digest()
    answer = market.ask("staff_a", "POST", path, data=paper(market, **changes))
    assert 400 <= answer.status_code < 500
    assert told in answer.text
    assert 'value="0417/QĐ-UBND"' in answer.text
    assert market.digest() == before


@pytest.mark.parametrize(
    ("form", "changes", "told"),
    [
        (member_form, {"joined_on": "2026-12-01"}, "chưa tới"),
        (member_form, {"joined_on": "2026-02-30"}, "ngày"),
        (member_form, {"phone": "123"}, "Số điện thoại chưa đúng"),
        (member_form, {"commune": "Hà Nội"}, "“Hà Nội”"),
        (household_form, {"consent": ""}, "khi gia đình đã đồng ý"),
        (household_form, {"until_on": "2025-01-01"}, "trước ngày bắt đầu"),
        (household_form, {"household": "rich"}, "diện hộ"),
    ],
)
def test_a_wrong_entry_is_said_back_with_what_was_typed(
    market: Market, form: object, changes: dict[str, str], told: str
) -> None:
    assert callable(form)
    part = "household" if form is household_form else "edit"
    path = f"/console/{market.ids['seller']}/members/{market.ids['member']}/{part}"
    fields, before = {**form(market), **changes}, market.digest()
    answer = market.ask("staff_a", "POST", path, data=fields)
    assert (400 <= answer.status_code < 500, told in answer.text) == (True, True), answer.text
    kept = fields["source"] if form is household_form else fields["address"]
    assert f'value="{kept}"' in answer.text
    assert market.digest() == before


def test_a_day_is_taken_as_people_write_it(market: Market) -> None:
    path = f"/console/{market.ids['seller']}/members/new"
    fields = {**member_form(market), "joined_on": "29/2/2024"}
    there = market.ask("staff_a", "POST", path, data=fields).headers["Location"]
    assert "29/02/2024" in market.ask("staff_a", "GET", there).text


def test_a_box_that_is_not_ticked_is_not_sent_and_is_no_consent(market: Market) -> None:
    path = f"/console/{market.ids['seller']}/members/{market.ids['member']}/household"
    fields = {k: v for k, v in household_form(market).items() if k != "consent"}
    before = market.digest()
    assert market.ask("staff_a", "POST", path, data=fields).status_code == 422
    assert market.digest() == before


@dataclass
class Statements:
    """How many statements were sent."""

    count: int = 0


def statements_of(market: Market, path: str) -> int:
    seen = Statements()

    def note(*_: object) -> None:
        seen.count += 1

    with market.app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        answer = market.ask("staff_a", "GET", path)
        event.remove(db.engine, "before_cursor_execute", note)
    assert answer.status_code == 200
    return seen.count


def test_the_book_costs_as_many_queries_for_forty_as_for_two(market: Market) -> None:
    seller = market.ids["seller"]
    paths = [f"/console/{seller}/{part}" for part in ("members", "certificates")]
    few = [statements_of(market, path) for path in paths]
    for number in range(40):
        member = market.change(lambda session, n=number: make_member(session, seller, f"An {n}"))  # type: ignore[misc]
        market.change(lambda session, who=member: make_plot(session, seller, who))  # type: ignore[misc]
    many = [statements_of(market, path) for path in paths]
    assert many == few
    assert max(many) <= 9
