"""The room and the basket as a phone without scripts meets them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.client_ids import JsonObject
from core.clock import FixedClock
from core.db import db, write
from core.ids import new_id
from livestream.desk.hold_rule import MINUTE_MS
from livestream.models import Claim
from livestream.pins import flash
from livestream.pins.pin_views import FlashSale
from livestream.reader.claim_reader import read
from livestream.room import room_words, snapshot
from livestream.shows import sessions
from tests.factories.livestream import Show, make_buyer, make_claim, make_show
from tests.support.phrases import PINS, phrases

T = TypeVar("T")
PHONE = "0912 345 678"


@dataclass
class Phone:
    """A phone in one room: it keeps its cookie, as `client` does, and runs no script."""

    app: Flask
    client: FlaskClient
    show: Show

    @property
    def room(self) -> str:
        return f"/live/{self.show.id}"

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def see(self, path: str = "") -> str:
        answer = self.client.get(self.room + path)
        assert answer.status_code == 200
        return answer.text

    def send(self, path: str, **fields: object) -> TestResponse:
        origin = {"Origin": str(self.app.config["SETTINGS"].public_url)}
        form = {"client_id": new_id(), **fields}
        return self.client.post(self.room + path, data=form, headers=origin)

    def claim(self, packs: int = 1, **fields: object) -> str:
        who = {"phone": PHONE, "name": "Nguyễn Thị Hoa"}
        answer = self.send("/claims", **{"code": "A1", "packs": packs, **who, **fields})
        assert answer.status_code == 200
        return answer.text

    def count(self) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(Claim)) or 0


@pytest.fixture
def phone(app: Flask, client: FlaskClient) -> Phone:
    with app.app_context():
        show = write(lambda session: make_show(session, 3, 8))
    return Phone(app, client, show)


def facts_in(page: str) -> JsonObject:
    found = re.search(r'id="room-facts">(.*?)</script>', page)
    assert found
    return cast(JsonObject, json.loads(found[1]))


def test_the_room_shows_the_pin_its_stock_and_a_form_before_any_script(phone: Phone) -> None:
    page = phone.see()
    assert 'name="code" value="A1"' in page
    assert "65.000 đ" in page
    assert "60.000 đ" in page
    assert "data-pin-left>3<" in page
    assert "ship từ 20.000 đ" in page


def test_another_pin_is_chosen_by_its_address(phone: Phone) -> None:
    assert 'name="code" value="A2"' in phone.see("?code=a2")


def test_the_script_goes_on_from_the_same_snapshot(phone: Phone) -> None:
    facts = facts_in(phone.see())
    start = cast(snapshot.Snapshot, facts["snapshot"])
    assert [pin["code"] for pin in start["pins"]] == ["A1", "A2"]
    assert (facts["left"], facts["known"]) == ({"A1": 3, "A2": 8}, False)


def test_a_guest_is_asked_for_a_number_and_the_claim_is_kept_meanwhile(phone: Phone) -> None:
    page = phone.send("/claims", code="A1", packs=2).text
    assert "Ai đang chốt" in page
    assert 'name="packs" value="2"' in page
    assert phone.count() == 0


def test_a_claim_with_a_number_is_held_and_told(phone: Phone) -> None:
    assert "Đã giữ 2 × A1 cho bạn, số 1." in phone.claim(2)
    page = phone.see()
    assert "2 gói · 120.000 đ" in page
    assert f"{phone.room}/basket/{phone.show.seller_id}" in page


def test_the_same_form_sent_twice_claims_once(phone: Phone) -> None:
    for _ in range(2):
        assert "số 1" in phone.claim(2, client_id="the-same-form")
    assert phone.count() == 1


def test_a_number_that_is_none_is_asked_again_and_nothing_is_claimed(phone: Phone) -> None:
    answer = phone.send("/claims", code="A1", packs=1, phone="12345", name="Hoa")
    assert answer.status_code == 400
    assert "Số điện thoại chưa đúng" in answer.text
    assert phone.count() == 0


def test_a_short_claim_tells_both_numbers(phone: Phone) -> None:
    assert "Không đủ 5: đã giữ 3, còn 2 vào danh sách chờ" in phone.claim(5)
    assert "· 2 chờ" in phone.see()


def test_a_sold_out_pin_offers_the_waiting_list(phone: Phone) -> None:
    phone.change(lambda session: make_claim(session, phone.show, 3))
    assert "Vào danh sách chờ" in phone.see()
    assert "Tạm hết. Bạn chờ 1 × A1" in phone.claim()


def test_a_refusal_is_told_in_the_room(phone: Phone) -> None:
    phone.claim(1)
    answer = phone.send("/claims", code="A9", packs=1)
    assert answer.status_code == 404
    assert "không có mã “A9”" in answer.text


def test_a_comment_claims_and_is_shown(phone: Phone) -> None:
    phone.claim(1)
    assert "Đã giữ 2 × A2" in phone.send("/comments", text="chốt A2 2 gói").text
    assert "chốt A2 2 gói" in phone.see()


def test_a_comment_served_in_part_says_what_a_person_will_look_at(phone: Phone) -> None:
    phone.claim(1)
    told = phone.send("/comments", text="A2 1, C9 2").text
    assert "Đã giữ 1 × A2" in told
    assert "Phần còn lại người bán sẽ xem giúp bạn: Không có mã này." in told


def test_every_reason_a_comment_is_unclear_has_words() -> None:
    whys = {phrase.read().why for phrase in phrases()} | {read("A" * 2000, PINS, None).why}
    assert "too_long" in whys
    assert whys <= room_words.whys().keys()


def test_a_claim_is_lowered_and_given_up_by_its_forms(phone: Phone) -> None:
    page = phone.claim(2)
    found = re.search(r'action="/live/\w+/claims/(\w+)"', page)
    assert found
    assert "Đã bớt, còn giữ 1." in phone.send(f"/claims/{found[1]}", qty=1).text
    assert "Đã bỏ món này." in phone.send(f"/claims/{found[1]}", qty=0).text


def test_another_buyer_sees_the_claim_masked_and_nothing_else(phone: Phone) -> None:
    phone.claim(2)
    stranger = phone.app.test_client().get(phone.room).text
    assert "N***" in stranger
    assert "Nguyễn" not in stranger
    assert "912345678" not in stranger


def test_a_flash_price_is_shown_while_it_holds(phone: Phone, time_at: FixedClock) -> None:
    window = FlashSale(45_000, time_at.at_ms, time_at.at_ms + MINUTE_MS)
    phone.change(lambda session: flash.start(session, phone.show.id, "A1", window))
    assert "data-pin-price>45.000 đ<" in phone.see()
    time_at.advance(MINUTE_MS)
    assert "data-pin-price>60.000 đ<" in phone.see()


def test_a_show_that_has_not_begun_says_what_it_will_sell(phone: Phone) -> None:
    phone.show = phone.change(lambda session: make_show(session, 4, started=False))
    page = phone.see()
    assert "Sẽ bán trong phiên" in page
    assert "data-write" not in page


def test_a_show_that_is_over_still_leads_to_paying(phone: Phone) -> None:
    phone.claim(1)
    phone.change(lambda session: sessions.end(session, phone.show.id))
    page = phone.see()
    assert "Phiên đã kết thúc." in page
    assert f"{phone.room}/basket/{phone.show.seller_id}" in page


def test_a_draft_has_no_room(phone: Phone) -> None:
    assert phone.client.get("/live/nothing").status_code == 404
    assert phone.send("/me", phone=PHONE, name="Hoa").status_code == 400


def test_the_basket_shows_the_whole_price_and_leads_to_the_page_to_pay(phone: Phone) -> None:
    phone.claim(2)
    path = f"/basket/{phone.show.seller_id}"
    assert 'data-total="140.000 đ"' in phone.see(path)
    fields = {"name": "Hoa", "phone": "", "way": "own_run", "address": "Số 5, xóm Đồng Lạnh"}
    answer = phone.send(path, **fields)
    assert answer.status_code == 303
    assert "140.000 đ" in phone.client.get(answer.headers["Location"]).text
    assert "Chưa có gì để trả" in phone.see(path)


def test_a_basket_form_sent_twice_orders_once(phone: Phone) -> None:
    phone.claim(1)
    fields = {"client_id": "the-same-form", "name": "Hoa", "way": "pickup"}
    path = f"/basket/{phone.show.seller_id}"
    first, second = (phone.send(path, **fields).headers["Location"] for _ in range(2))
    assert first == second


def test_a_missing_address_is_asked_at_its_field(phone: Phone) -> None:
    phone.claim(1)
    path = f"/basket/{phone.show.seller_id}"
    answer = phone.send(path, name="Hoa", way="own_run", address="")
    assert answer.status_code == 400
    assert 'id="f-address-error"' in answer.text


def test_a_guest_at_a_basket_is_sent_to_the_room(phone: Phone) -> None:
    answer = phone.client.get(f"{phone.room}/basket/{phone.show.seller_id}")
    assert (answer.status_code, answer.headers["Location"]) == (303, phone.room)


def test_what_is_live_is_on_the_front_page_the_list_and_the_sellers_page(phone: Phone) -> None:
    for path in ("/", "/live", f"/sellers/{phone.show.seller_id}"):
        assert f'href="{phone.room}"' in phone.client.get(path).text


def test_a_product_that_is_sold_live_leads_to_the_room(phone: Phone) -> None:
    pinned = cast(dict[str, list[dict[str, str]]], facts_in(phone.see())["snapshot"])["pins"]
    page = phone.client.get(f"/products/{pinned[0]['listing']}").text
    assert f'href="{phone.room}?code=A1"' in page


def test_one_product_looks_the_same_wherever_it_is_shown(phone: Phone) -> None:
    phone.claim()
    drawing = re.compile(r"/static/art/tea-[123]\.svg")
    listing_id = cast(snapshot.Snapshot, facts_in(phone.see())["snapshot"])["pins"][0]["listing"]
    photo = drawing.findall(phone.client.get(f"/products/{listing_id}").text)[0]
    basket = phone.see(f"/basket/{phone.show.seller_id}")
    card = phone.client.get("/live").text
    assert [drawing.findall(page)[0] for page in (phone.see(), basket, card)] == [photo] * 3


def test_who_types_somebodys_number_sees_nothing_of_theirs(phone: Phone) -> None:
    buyer = phone.change(lambda session: make_buyer(session))
    phone.change(lambda session: make_claim(session, phone.show, 2, login=buyer))
    phone.claim(1, phone=buyer.phone)
    assert "1 gói · 60.000 đ" in phone.see()
