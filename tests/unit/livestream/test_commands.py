"""The commands that make a show and buyers, the demo rows, and the checks that name what is wrong."""

import json

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog import demo as demo_goods
from core import fsck
from core.commands import demo_group
from core.db import db, write
from core.identity import demo as demo_people
from core.identity import logins
from livestream import access, demo, log
from livestream.delivery import boards
from livestream.room import view
from tests.factories.identity import make_seller
from tests.factories.livestream import make_buyer, make_claim, make_show, order_basket

SPOILED = {
    "live.log_is_gapless": "UPDATE live_log SET seq = 99 WHERE seq = 2",
    "live.numbers_are_gapless": "UPDATE live_sessions SET last_number = 9",
    "live.used_is_claimed_or_ordered": "UPDATE allotments SET used = used + 200",
    "live.claims_are_whole": "UPDATE claims SET state = 'expired' WHERE state = 'held'",
    "live.limits_hold": "UPDATE pins SET limit_packs = 1",
    "live.screens_have_room": "UPDATE pins SET state = 'showing'",
    "live.orders_hold_their_claims": "UPDATE order_lines SET packs = packs + 1",
    "live.sellers_agree": "UPDATE claims SET seller_id = (SELECT MIN(id) FROM sellers)",
    "live.log_folds_to_rows": "UPDATE pins SET price_vnd = price_vnd + 1",
}


def problems(session: Session) -> dict[str, tuple[str, ...]]:
    return {one.name: one.problems for one in fsck.run_all(session)}


def load_people_and_goods(session: Session) -> None:
    demo_people.load(session)
    session.flush()
    demo_goods.load(session)
    session.flush()


def run(app: Flask, *arguments: str) -> tuple[int, list[dict[str, str]]]:
    result = app.test_cli_runner().invoke(demo_group, arguments)
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    return result.exit_code, lines


@pytest.fixture
def demo_app(app: Flask) -> Flask:
    with app.app_context():
        write(load_people_and_goods)
    return app


def test_a_demo_show_has_one_pin_of_so_many_packs_and_a_host(demo_app: Flask) -> None:
    code, (line,) = run(demo_app, "live", "--packs", "7")
    assert (code, set(line)) == (0, {"session", "url", "code", "host_token"})
    with demo_app.app_context():
        assert boards.left(db.session(), line["session"]) == {"A1": 7}
        (pin,) = view.snapshot(db.session(), line["session"])["pins"]
        host = logins.resolve(db.session(), line["host_token"])
        assert (pin["code"], pin["limit"]) == ("A1", 1)
        assert access.hosts(db.session(), line["session"], host)


def test_demo_buyers_are_new_verified_people(demo_app: Flask) -> None:
    code, lines = run(demo_app, "buyers", "3")
    assert code == 0
    assert len({line["phone"] for line in lines}) == 3
    with demo_app.app_context():
        found = [logins.resolve(db.session(), line["token"]) for line in lines]
    assert all(one and one.verified and one.person_verified for one in found)


def test_an_empty_market_is_filled_before_its_demo_show(app: Flask) -> None:
    code, (line,) = run(app, "live", "--packs", "7")
    with app.app_context():
        assert (code, view.facts(db.session(), line["session"]).state) == (0, "live")


def test_a_market_with_sellers_of_its_own_has_no_demo_show(app: Flask) -> None:
    with app.app_context():
        write(make_seller)
    assert run(app, "live", "--packs", "7") == (1, [])


@pytest.mark.parametrize("arguments", [("live",), ("live", "--packs", "0"), ("buyers", "x")])
def test_wrong_usage_exits_with_two(app: Flask, arguments: tuple[str, ...]) -> None:
    assert run(app, *arguments) == (2, [])


def test_the_demo_has_a_running_show_and_one_to_come(session: Session) -> None:
    load_people_and_goods(session)
    demo.load(session)
    demo.load(session)
    listed = view.listed(session)
    assert [facts.state for facts in listed] == ["live", "checked"]
    assert len(view.snapshot(session, listed[0].id)["pins"]) == 3
    assert not any(problems(session).values())


@pytest.mark.parametrize("name", SPOILED)
def test_each_check_names_what_is_wrong(session: Session, name: str) -> None:
    show, buyer = make_show(session, 5, 5), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    order_basket(session, show, buyer)
    make_claim(session, show, 2)
    make_claim(session, make_show(session, 5), 2)
    session.flush()
    assert not any(problems(session).values())
    session.execute(text(SPOILED[name]))
    session.expire_all()
    assert problems(session)[name]


def test_listeners_are_woken_once_the_write_is_durable(app: Flask) -> None:
    heard: list[str] = []
    log.on_append(heard.append)
    with app.app_context():
        show = write(make_show)
    assert show.id in heard
