"""One stream, three sellers: each is paid by itself, and nothing of one is visible to another.

A real process on each database; A runs the show, B and C agreed to sell in it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
import requests
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.together import invitations
from tests.factories.catalog import make_listing
from tests.factories.identity import make_login, make_seller
from tests.factories.payments import make_till
from tests.factories.shop import make_ways
from tests.flows.build import BUYERS_PHONE
from tests.flows.conftest import new_database, new_market
from tests.flows.examples_shop import client_id
from tests.flows.market import Market
from tests.support.live_client import LiveSocket, get, post
from tests.support.server import Server

SELLERS = {"staff_a": "seller", "staff_b": "foreign_seller", "staff_c": "third_seller"}
CODES = {"staff_a": "A1", "staff_b": "A3", "staff_c": "A4"}


@dataclass(frozen=True)
class Stream:
    """The served show: who may come with which token, what things are called, the buyers' numbers."""

    url: str
    tokens: dict[str, str]
    ids: dict[str, str]

    @property
    def live(self) -> str:
        return f"/api/v1/live/{self.ids['session_id']}"

    def claim(self, role: str, code: str, qty: int) -> None:
        body = {"code": code, "qty": qty, "client_id": client_id()}
        answer = post(self.url, f"{self.live}/claims", body, self.tokens[role])
        assert answer.status_code == 200, answer.text

    def order(self, role: str, seller: str) -> requests.Response:
        body = {
            "client_id": client_id(),
            "seller": seller,
            "name": "Hoa",
            "delivery": {"way": "own_run", "address": "Số 5, xóm Đồng Lạnh"},
        }
        return post(self.url, f"{self.live}/orders", body, self.tokens[role])

    def board(self, staff: str) -> JsonObject:
        return cast(JsonObject, get(self.url, f"{self.live}/host", self.tokens[staff]).json())

    def stall(self, staff: str, seller: str) -> requests.Response:
        path = f"/console/{self.ids[seller]}/shows/{self.ids['session_id']}"
        return get(self.url, path, self.tokens[staff])


def open_stream(market: Market, session: Session) -> None:
    """B and C agree to sell in A's running show, and each pins one thing, shown beside."""
    ids = market.ids
    ids["third_seller"] = make_seller(session, "HTX C")
    till = make_till(session, ids["third_seller"])
    make_ways(session, till.seller_id)
    market.tokens["staff_c"], _ = make_login(session, roles={ids["third_seller"]: "owner"})
    for name in ("foreign_seller", "third_seller"):
        invitations.invite(session, ids["session_id"], ids[name], "p:a")
        invitations.accept(session, ids["session_id"], ids[name], "p:b")
        new = NewPin(make_listing(session, ids[name], on_hand=9000), 10, 40_000, 5)
        code = invitations.pin(session, ids["session_id"], new, {ids[name]})
        pins.show_beside(session, ids["session_id"], code)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stream(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stream]:
    folder: Path = tmp_path_factory.mktemp("three-sellers")
    url = new_database(request, folder)
    market = new_market(folder, url, clock.SystemClock().read_ms())
    market.change(lambda session: open_stream(market, session))
    clock.use(clock.SystemClock())
    market.let_go()
    server = Server(folder, url).start()
    stream = Stream(server.url, market.tokens, market.ids)
    stream.claim("buyer", "A3", 2)  # B's; beside it the buyer holds two of A's
    stream.claim("other", "A4", 3)  # C's
    yield stream
    server.stop()
    assert "Traceback" not in server.log_path.read_text()


def test_a_buyer_has_a_basket_with_each_seller(stream: Stream) -> None:
    mine = get(stream.url, f"{stream.live}/mine", stream.tokens["buyer"]).json()
    baskets = {basket["seller"]: basket["amount_vnd"] for basket in mine["baskets"]}
    assert baskets == {stream.ids["seller"]: 120_000, stream.ids["foreign_seller"]: 80_000}


def test_behind_the_show_each_sees_its_own_money(stream: Stream) -> None:
    claimed = {"staff_a": 120_000, "staff_b": 80_000, "staff_c": 120_000}
    for staff, sum_vnd in claimed.items():
        board = stream.board(staff)
        assert cast(JsonObject, board["totals"])["claimed_vnd"] == sum_vnd
        priced = [pin["code"] for pin in cast(list[JsonObject], board["pins"]) if "paid_vnd" in pin]
        assert set(priced) == ({"A1", "A2"} if staff == "staff_a" else {CODES[staff]})


def test_only_the_organiser_sees_others_packs(stream: Stream) -> None:
    for staff in SELLERS:
        codes = {pin["code"] for pin in cast(list[JsonObject], stream.board(staff)["pins"])}
        assert codes == ({"A1", "A2", "A3", "A4"} if staff == "staff_a" else {CODES[staff]})


def test_host_frames_go_to_the_seller_concerned_alone(stream: Stream) -> None:
    sockets = {staff: LiveSocket(stream.url, stream.tokens[staff]) for staff in SELLERS}
    for socket in sockets.values():
        assert socket.call("join", {"session": stream.ids["session_id"]})["ok"]
    for staff, socket in sockets.items():
        frame = socket.wait_for("host")
        assert frame == stream.board(staff)
        assert BUYERS_PHONE[3:] not in json.dumps(frame)


def test_a_stall_shows_its_own_buyers_numbers_alone(stream: Stream) -> None:
    assert f"tel:{BUYERS_PHONE}" in stream.stall("staff_b", "foreign_seller").text
    assert "tel:" in stream.stall("staff_c", "third_seller").text
    assert BUYERS_PHONE not in stream.stall("staff_c", "third_seller").text


@pytest.mark.parametrize("staff", ["staff_a", "staff_c", "buyer"])
def test_nobody_else_opens_a_sellers_stall(stream: Stream, staff: str) -> None:
    assert stream.stall(staff, "foreign_seller").status_code == 404


def test_each_basket_becomes_an_order_of_its_own_seller(stream: Stream) -> None:
    stream.claim("buyer", "A4", 1)
    orders = {}
    for seller in ("foreign_seller", "third_seller"):
        answer = stream.order("buyer", stream.ids[seller])
        assert answer.status_code == 200, answer.text
        orders[seller] = answer.json()
    assert len({order["qr_payload"] for order in orders.values()}) == 2
    seen = get(stream.url, "/console/orders", stream.tokens["staff_b"]).text
    assert orders["foreign_seller"]["code"] in seen
    assert orders["third_seller"]["code"] not in seen


@pytest.mark.parametrize("staff", ["staff_a", "staff_c"])
@pytest.mark.parametrize(
    ("step", "body"), [("price", {"price_vnd": 1}), ("allotment", {"packs": 1})]
)
def test_nobody_changes_anothers_pin(
    stream: Stream, staff: str, step: str, body: JsonObject
) -> None:
    asked = {**body, "client_id": client_id()}
    path = f"{stream.live}/pins/{CODES['staff_b']}/{step}"
    assert post(stream.url, path, asked, stream.tokens[staff]).status_code == 404


def test_who_did_not_agree_pins_nothing(stream: Stream) -> None:
    body = {
        "listing": stream.ids["foreign_listing"],
        "packs": 1,
        "price_vnd": 50_000,
        "limit": 1,
        "client_id": client_id(),
    }
    path = (
        f"/api/v1/live/{stream.ids['next_session']}/pins"  # B was asked there, and has not answered
    )
    assert post(stream.url, path, body, stream.tokens["staff_b"]).status_code == 404
