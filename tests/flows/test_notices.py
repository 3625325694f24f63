"""What happens is told once: stored with its fate, by a text message here, by a call where no road leads."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from core import errands, messages, ticks
from core.db import db
from core.messages import NoSender
from core.outbox import publish
from livestream.shows.show_news import ShowMoved
from tests.factories.growers import make_member
from tests.flows.examples_shop import client_id
from tests.flows.market import GUEST, Market

MINUTE_MS = 60_000


def rounds(market: Market, many: int = 1) -> None:
    """Let events, the ladder and what it sends have their turns, a minute apart."""
    for _round in range(many):
        market.settle()
        market.time.advance(MINUTE_MS + 1)
        with market.app.app_context():
            for tick in ticks.registered():
                if ".notices." in tick.name:
                    ticks.run(tick)
            errands.run_pending()


def notices(market: Market, kind: str) -> list[dict[str, object]]:
    """State, name and roads of the notices of a kind."""
    query = (
        "SELECT n.name, n.state, t.road, t.outcome, t.words FROM notices n"
        " LEFT JOIN notice_tries t ON t.notice_id = n.id WHERE n.kind = :kind"
    )
    with market.app.app_context():
        rows = [dict(row) for row in db.session.execute(text(query), {"kind": kind}).mappings()]
        db.session.rollback()
        return rows


def complain(market: Market) -> None:
    fields = {"problem": "spoilt", "wants": "refund", "text": "dập", "client_id": client_id()}
    answer = market.ask("buyer", "POST", f"/report/order/{market.ids['code']}", data=fields)
    assert answer.status_code == 303


def test_a_complaint_reaches_the_seller_by_one_message(market: Market) -> None:
    before = len(notices(market, "case_opened"))
    complain(market)
    rounds(market, 3)
    told = notices(market, "case_opened")
    assert len(told) == before + 1
    assert {(one["state"], one["road"], one["outcome"]) for one in told} == {
        ("sent", "sms", "sent")
    }
    sent = market.file.parent / "messages.jsonl"
    lines = [json.loads(line)["text"] for line in sent.read_text().splitlines()]
    assert sum(market.ids["code"] in line and "/n/" in line for line in lines) == 1
    assert market.problems() == []


@pytest.fixture
def no_messages(market: Market) -> Iterator[Market]:
    """A market without an SMS contract."""
    before = market.app.extensions["messages"]
    messages.use(market.app, NoSender())
    yield market
    messages.use(market.app, before)


def test_where_no_road_leads_the_seller_calls_and_ticks(no_messages: Market) -> None:
    market = no_messages
    desk = f"/console/{market.ids['seller']}"
    case = f"{desk}/cases/{market.ids['case']}/settle"
    fields = {"outcome": "replace", "amount": "", "text": "Giao bù", "client_id": client_id()}
    assert market.ask("staff_a", "POST", case, data=fields).status_code == 303
    rounds(market, 2)
    states = {one["state"] for one in notices(market, "case_settled")}
    assert "to_call" in states
    page = market.ask("staff_a", "GET", f"{desk}/notices").text
    assert "tel:+84387123456" in page
    assert market.ids["code"] not in market.ask("staff_b", "GET", "/console").text
    assert market.problems() == []


def test_members_are_told_of_a_collection_once(market: Market) -> None:
    seller = market.ids["seller"]
    shared = "+84912000001"
    for name, phone in (("Nụ", shared), ("Lụa", shared), ("Tấm", "")):
        market.change(lambda s, n=name, p=phone: make_member(s, seller, n, phone=p))
    fields = {"kind": "collection", "goods": "búp chè", "at": "6 giờ", "where": "xóm", "price": ""}
    one = {**fields, "client_id": client_id()}
    for _twice in range(2):
        answer = market.ask("staff_a", "POST", f"/console/{seller}/notices/members", data=one)
        assert answer.status_code == 303
    rounds(market, 2)
    told = [one for one in notices(market, "collection") if one["name"] in ("Nụ", "Lụa", "Tấm")]
    assert [one["state"] for one in told] == ["sent"]


def test_a_price_is_needed_to_tell_a_price(market: Market) -> None:
    seller = market.ids["seller"]
    fields = {"kind": "leaf_price", "goods": "búp", "at": "mai", "where": "xóm", "price": ""}
    before = market.digest()
    path = f"/console/{seller}/notices/members"
    answer = market.ask("staff_a", "POST", path, data={**fields, "client_id": client_id()})
    assert answer.status_code == 400
    assert 'value="búp"' in answer.text
    assert market.digest() == before


def test_a_link_counts_as_seen_only_when_a_browser_goes_there(market: Market) -> None:
    path = f"/n/{market.ids['notice']}"
    before = market.digest()
    assert market.ask(GUEST, "GET", path).status_code == 303
    assert market.digest() == before
    market.ask(GUEST, "GET", path, headers={"Sec-Fetch-Mode": "navigate"})
    assert "seen" in {one["state"] for one in notices(market, "case_settled")}


def test_looking_at_ones_notices_ends_the_ladder(market: Market) -> None:
    assert "Chè đinh" in market.ask("buyer", "GET", "/account/notices").text
    states = {one["state"] for one in notices(market, "case_settled")}
    assert states == {"seen"}


@pytest.mark.parametrize("typed", ["hoa", "hoa@", "hoa@example", "a b@example.vn", "x" * 200])
def test_what_is_no_mailbox_is_refused_and_stays_in_the_form(market: Market, typed: str) -> None:
    fields = {"mailbox": typed, "lang": "vi", "client_id": client_id()}
    answer = market.ask("buyer", "POST", "/account/notices", data=fields)
    assert answer.status_code == 400
    assert typed in answer.text


def test_a_follower_reads_of_a_show_and_stops_with_one_tap(market: Market) -> None:
    seller = market.ids["seller"]
    follow = f"/sellers/{seller}/follow"
    market.ask("buyer", "POST", follow, data={"follow": "yes"})
    market.change(lambda session: publish(session, ShowMoved(market.ids["session_id"])))
    market.settle()
    page = market.ask("buyer", "GET", "/account/notices").text
    assert f'action="{follow}"' in page
    assert "đang live" in page
    market.ask("buyer", "POST", follow, data={"follow": "no"})
    assert f'action="{follow}"' not in market.ask("buyer", "GET", "/account/notices").text
    assert "show_began" not in market.ask("staff_a", "GET", f"/console/{seller}/notices").text
    assert market.problems() == []
