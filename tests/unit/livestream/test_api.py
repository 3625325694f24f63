"""The room over HTTP: same bodies as the sockets, each write once, hosts apart from buyers."""

from dataclasses import dataclass
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.client_ids import JsonObject
from core.db import write
from core.ids import new_id
from tests.factories.catalog import make_listing
from tests.factories.identity import bearer, make_login
from tests.factories.livestream import Show, make_show


@dataclass
class Room:
    """A running show and the tokens of its host and a buyer."""

    client: FlaskClient
    show: Show
    host: str
    buyer: str

    def ask(self, path: str, body: JsonObject, token: str = "") -> TestResponse:
        sent = {"client_id": new_id(), **body}
        headers = bearer(token or self.buyer)
        return self.client.post(f"/api/v1/live{path}", json=sent, headers=headers)

    def room(self, path: str, body: JsonObject | None = None, token: str = "") -> TestResponse:
        return self.ask(f"/{self.show.id}{path}", body or {}, token)

    def read(self, path: str, token: str = "") -> JsonObject:
        headers = bearer(token) if token else {}
        answer = self.client.get(f"/api/v1/live/{self.show.id}{path}", headers=headers)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return cast(JsonObject, answer.get_json())


@pytest.fixture
def room(app: Flask) -> Room:
    with app.app_context():
        show = write(lambda session: make_show(session, 3))
        roles = {show.seller_id: "owner"}
        host = write(lambda session: make_login(session, roles=roles)[0])
        buyer = write(lambda session: make_login(session)[0])
    return Room(app.test_client(use_cookies=False), show, host, buyer)


def test_a_claim_is_answered_as_on_a_socket(room: Room) -> None:
    answer = room.room("/claims", {"code": "A1", "qty": 2}).get_json()
    assert set(answer) == {
        *("ok", "claim", "number", "status", "held", "waiting"),
        *("unit_price_vnd", "expires_at", "left", "seq"),
    }
    assert (answer["status"], answer["held"], answer["left"]) == ("held", 2, 1)


def test_the_same_claim_sent_again_has_the_same_answer(room: Room) -> None:
    body: JsonObject = {"code": "A1", "qty": 1, "client_id": "the-same-id"}
    first, second = (room.room("/claims", body) for _ in range(2))
    assert first.get_json() == second.get_json()
    other = room.room("/claims", {**body, "qty": 2})
    assert (other.status_code, other.get_json()["code"]) == (409, "client_id_conflict")


def test_a_claim_is_lowered(room: Room) -> None:
    claimed = room.room("/claims", {"code": "A1", "qty": 2}).get_json()
    answer = room.room(f"/claims/{claimed['claim']}/change", {"qty": 1}).get_json()
    assert (answer["held"], answer["status"]) == (1, "held")


def test_refusals_are_problems_with_their_data(room: Room) -> None:
    for body, status, code in (
        ({"code": "B7", "qty": 1}, 404, "unknown_code"),
        ({"code": "A1", "qty": 9}, 409, "limit_reached"),
        ({"code": "A1", "qty": 0}, 400, "bad_request"),
        ({"code": "A1", "qty": 1, "price_vnd": 1}, 400, "bad_request"),
    ):
        answer = room.room("/claims", cast(JsonObject, body))
        assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_a_comment_is_answered_item_by_item(room: Room) -> None:
    answer = room.room("/comments", {"text": "A1 1, C9 2"}).get_json()
    assert answer["reading"]["kind"] == "claim"
    (done,) = answer["claims"]
    assert (done["ok"], done["held"], answer["reading"]["why"]) == (True, 1, "unknown_code")


def test_a_basket_is_ordered_with_its_qr(room: Room) -> None:
    room.room("/claims", {"code": "A1", "qty": 2})
    body: JsonObject = {
        "seller": room.show.seller_id,
        "name": "Hoa",
        "delivery": {"way": "pickup"},
    }
    answer = room.room("/orders", body).get_json()
    assert (answer["state"], answer["amount_vnd"]) == ("placed", 120_000)
    assert answer["qr_payload"].startswith("000201")
    mine = room.read("/mine", room.buyer)
    (basket,) = cast(list[JsonObject], mine["baskets"])
    assert basket["order"] == answer["code"]


def test_a_viewer_without_login_watches(room: Room) -> None:
    room.room("/claims", {"code": "A1", "qty": 1})
    room.room("/comments", {"text": "chào cả nhà"})
    snapshot = room.read("")
    assert (snapshot["state"], snapshot["left"]) == ("live", {"A1": 2})
    events = room.read("/events?after=0")
    assert (events["from"], events["to"]) == (1, snapshot["seq"])
    assert [line["text"] for line in cast(list[JsonObject], room.read("/chat")["list"])]
    listed = room.client.get("/api/v1/live").get_json()["sessions"]
    assert [one["session"] for one in listed] == [room.show.id]


def test_a_viewer_who_has_everything_gets_an_empty_list(room: Room) -> None:
    seq = cast(int, room.read("")["seq"])
    events = room.read(f"/events?after={seq}")
    assert (events["from"], events["to"], events["list"]) == (seq + 1, seq, [])


def test_writing_needs_a_login(room: Room) -> None:
    for path in ("/claims", "/comments", "/orders"):
        answer = room.client.post(f"/api/v1/live/{room.show.id}{path}", json={})
        assert answer.status_code in {400, 401}
    body = {"code": "A1", "qty": 1, "client_id": new_id()}
    path = f"/api/v1/live/{room.show.id}/claims"
    assert room.client.post(path, json=body).status_code == 401
    assert room.client.get(f"/api/v1/live/{room.show.id}/mine").status_code == 401


def test_a_host_runs_a_show_from_beginning_to_end(room: Room, app: Flask) -> None:
    with app.app_context():
        listing = write(lambda session: make_listing(session, room.show.seller_id))
    pin: JsonObject = {"listing": listing, "packs": 2, "price_vnd": 50_000, "limit": 2}
    body: JsonObject = {
        "seller": room.show.seller_id,
        "title": "Phiên mới",
        "minutes": 60,
        "pins": [pin],
    }
    made = room.ask("", body, room.host).get_json()
    assert made["state"] == "checked"
    states = [
        room.ask(f"/{made['session']}/{step}", {}, room.host).get_json()["state"]
        for step in ("start", "interrupt", "resume", "end")
    ]
    assert states == ["live", "interrupted", "live", "ended"]


def test_a_host_runs_the_pins(room: Room, app: Flask) -> None:
    with app.app_context():
        listing = write(lambda session: make_listing(session, room.show.seller_id))
    pin: JsonObject = {"listing": listing, "packs": 2, "price_vnd": 50_000, "limit": 2}
    assert room.room("/pins", pin, room.host).get_json()["code"] == "A2"
    steps: tuple[tuple[str, JsonObject], ...] = (
        ("/pins/A2/side", {}),
        ("/pins/A2/show", {}),
        ("/pins/A2/price", {"price_vnd": 45_000}),
        ("/pins/A2/allotment", {"packs": 3}),
        ("/pins/A2/flash", {"price_vnd": 30_000, "minutes": 5}),
        ("/pins/A2/flash/end", {}),
        ("/announcement", {"text": "Còn ít thôi"}),
        ("/pins/A1/close", {}),
    )
    for path, body in steps:
        assert room.room(path, body, room.host).status_code == 200, path
    pins = cast(list[JsonObject], room.read("")["pins"])
    assert [(one["state"], one["price_vnd"], one["packs"]) for one in pins] == [
        ("closed", 60_000, 3),
        ("showing", 45_000, 3),
    ]


def test_a_buyer_runs_nothing(room: Room) -> None:
    for path in ("/start", "/end", "/pins/A1/show", "/pins/A1/close", "/pins/A1/flash/end"):
        assert room.room(path).status_code == 404
    for path in ("/host", "/unclear"):
        answer = room.client.get(f"/api/v1/live/{room.show.id}{path}", headers=bearer(room.buyer))
        assert answer.status_code == 404


def test_a_host_sees_numbers_and_unclear_comments(room: Room) -> None:
    room.room("/comments", {"text": "A1 300g"})
    room.room("/claims", {"code": "A1", "qty": 1})
    board = room.read("/host", room.host)
    assert cast(JsonObject, board["totals"])["claimed_vnd"] == 60_000
    (unclear,) = cast(list[JsonObject], room.read("/unclear", room.host)["list"])
    assert unclear["why"] == "quantity"
