"""The shop's pages as a browser without scripts meets them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core import clock, outbox
from core.clock import FixedClock
from core.db import db, write
from core.ids import new_id
from shop import orders
from shop.delivery import ways
from shop.delivery.ways import COACH, NewWay
from shop.vouchers import offering
from shop.vouchers.offering import NewVoucher
from shop.vouchers.rules import SUM, Worth
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import Stand, make_stand

T = TypeVar("T")
MINUTE_MS = 60_000


@dataclass
class Browser:
    """One browser on one market: it keeps its cookie, as `client` does."""

    app: Flask
    client: FlaskClient

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def see(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200
        return answer.text

    def send(self, path: str, **fields: str) -> TestResponse:
        origin = {"Origin": str(self.app.config["SETTINGS"].public_url)}
        return self.client.post(path, data=fields, headers=origin)

    def order(self, stand: Stand) -> str:
        """Go from the product to the pay page; returns its path."""
        self.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="2")
        checkout = f"/checkout/{stand.seller_id}"
        shown = re.search(r'name="client_id" value="(\w+)"', self.see(checkout))
        assert shown
        form = {"name": "Chị Hoa", "phone": "0912 345 678", "way": "pickup"}
        return self.send(checkout, client_id=shown[1], **form).headers["Location"]


@pytest.fixture
def browser(app: Flask, client: FlaskClient) -> Browser:
    return Browser(app, client)


@pytest.fixture
def stand(browser: Browser) -> Stand:
    return browser.change(make_stand)


def code_in(path: str) -> str:
    return urlsplit(path).path.rpartition("/")[2]


def key_in(path: str) -> str:
    return parse_qs(urlsplit(path).query)["k"][0]


def test_the_front_page_shows_goods_and_sellers(browser: Browser, stand: Stand) -> None:
    page = browser.see("/")
    assert f'href="/products/{stand.listing_id}"' in page
    assert f'href="/sellers/{stand.seller_id}"' in page


def test_a_guest_fills_a_cart_without_signing_in(browser: Browser, stand: Stand) -> None:
    assert "Giỏ đang trống" in browser.see("/cart")
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="2")
    assert "130.000 đ" in browser.see("/cart")
    browser.send(f"/cart/lines/{stand.listing_id}", packs="0")
    assert "Giỏ đang trống" in browser.see("/cart")


def test_the_checkout_shows_the_whole_price_of_each_way_before_ordering(
    browser: Browser, stand: Stand
) -> None:
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="2")
    page = browser.see(f"/checkout/{stand.seller_id}")
    assert 'data-total="130.000 đ"' in page
    assert 'data-total="150.000 đ"' in page
    assert page.count('data-in-sum="cả phí giao"') == 2


def test_a_fee_that_the_coach_takes_at_the_door_is_not_said_to_be_in_the_sum(
    browser: Browser, stand: Stand
) -> None:
    def only_by_coach(session: Session) -> None:
        for way in ways.ways_of(session, stand.seller_id):
            ways.end(session, stand.seller_id, way.id)
        coach = NewWay(COACH, "Xe Hải Yến", on_arrival=True, plate="20B-012.34", stop="Bến Mỹ Đình")
        ways.offer(session, stand.seller_id, coach)

    browser.change(only_by_coach)
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="2")
    page = browser.see(f"/checkout/{stand.seller_id}")
    assert "<small data-checkout-in-sum>chưa gồm phí giao</small>" in page


def test_a_voucher_shows_what_it_takes_off_before_ordering(browser: Browser, stand: Stand) -> None:
    def give_out(session: Session) -> None:
        now = clock.now_ms()
        new = NewVoucher("TET10", Worth(SUM, 10_000), now, now + 60 * MINUTE_MS)
        offering.offer(session, stand.seller_id, new, "p:owner")

    browser.change(give_out)
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="2")
    checkout = f"/checkout/{stand.seller_id}"
    page = browser.send(checkout, look="1", name="Hoa", voucher="tết 10").text
    assert "−10.000 đ" in page
    assert 'data-total="120.000 đ"' in page
    wrong = browser.send(checkout, look="1", name="Hoa", voucher="không có")
    assert (wrong.status_code, 'id="f-voucher-error"' in wrong.text) == (200, True)
    assert 'data-total="130.000 đ"' in wrong.text


def test_what_was_typed_wrong_is_said_at_its_field_and_the_rest_stays(
    browser: Browser, stand: Stand
) -> None:
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="1")
    form = {"client_id": "abcdefgh", "name": "Chị Hoa", "way": "own_run", "phone": "12"}
    answer = browser.send(f"/checkout/{stand.seller_id}", **form)
    assert answer.status_code == 400
    assert 'id="f-phone-error"' in answer.text
    assert 'value="Chị Hoa"' in answer.text


def test_goods_that_ran_out_meanwhile_are_said_above_the_form(
    browser: Browser, stand: Stand
) -> None:
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="11")
    form = {"client_id": "abcdefgh", "name": "Hoa", "way": "pickup", "phone": "0912345678"}
    answer = browser.send(f"/checkout/{stand.seller_id}", **form)
    assert (answer.status_code, "chỉ còn 10" in answer.text) == (409, True)


def test_sending_the_checkout_twice_orders_once(browser: Browser, stand: Stand) -> None:
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="1")
    form = {"client_id": "abcdefgh", "name": "Hoa", "way": "pickup", "phone": "0912345678"}
    paths = {browser.send(f"/checkout/{stand.seller_id}", **form).headers["Location"] for _ in "ab"}
    assert len(paths) == 1


def test_the_pay_page_has_picture_sum_account_and_note(browser: Browser, stand: Stand) -> None:
    path = browser.order(stand)
    page = browser.see(path)
    for copied in (stand.till.number, "130000", code_in(path)):
        assert f'data-copy="{copied}"' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_its_picture_is_a_png_of_the_same_origin(browser: Browser, stand: Stand) -> None:
    path = browser.order(stand)
    picture = browser.client.get(f"/orders/{code_in(path)}/qr.png?k={key_in(path)}")
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")


def test_the_poll_costs_nothing_until_money_comes(browser: Browser, stand: Stand) -> None:
    path = browser.order(stand)
    state = f"/orders/{code_in(path)}/state?k={key_in(path)}"
    mark = browser.client.get(state).headers["ETag"]
    assert browser.client.get(state, headers={"If-None-Match": mark}).status_code == 304
    browser.change(lambda session: pay(session, stand.till, code_in(path), 130_000))
    with browser.app.app_context():
        outbox.run_pending()
    news = browser.client.get(state, headers={"If-None-Match": mark})
    assert (news.status_code, news.json and news.json["shows"]) == (200, "paid")
    assert "Đã nhận 130.000 đ lúc" in browser.see(path)


def test_nobody_sees_an_order_by_its_code_alone(browser: Browser, app: Flask, stand: Stand) -> None:
    code = code_in(browser.order(stand))
    stranger = app.test_client()
    for leaf in ("", "/state", "/qr.png"):
        assert stranger.get(f"/orders/{code}{leaf}").status_code == 404
        assert stranger.get(f"/orders/{code}{leaf}?k={'x' * 43}").status_code == 404


def test_the_link_opens_the_order_on_any_phone(browser: Browser, app: Flask, stand: Stand) -> None:
    assert "Trả 130.000 đ" in app.test_client().get(browser.order(stand)).text


def test_opening_the_page_late_gives_ten_minutes(
    browser: Browser, stand: Stand, time_at: FixedClock
) -> None:
    path = browser.order(stand)
    time_at.advance(12 * MINUTE_MS)
    browser.see(path)
    with browser.app.app_context():
        pay_by_ms = orders.facts(db.session(), code_in(path)).pay_by_ms
    assert pay_by_ms == time_at.at_ms + 10 * MINUTE_MS


def test_the_buyer_cancels_on_the_page(browser: Browser, stand: Stand) -> None:
    path = browser.order(stand)
    answer = browser.send(f"/orders/{code_in(path)}/cancel?k={key_in(path)}", reason="đổi ý")
    assert answer.status_code == 303
    assert "Đơn đã hủy" in browser.see(path)


def test_staff_see_their_own_orders_with_phones(browser: Browser, app: Flask, stand: Stand) -> None:
    code = code_in(browser.order(stand))
    token, _ = browser.change(lambda s: make_login(s, roles={stand.seller_id: "owner"}))
    foreign, _ = browser.change(lambda s: make_login(s, roles={make_stand(s).seller_id: "owner"}))
    mine, theirs = (
        app.test_client().get("/console/orders", headers={"Authorization": f"Bearer {one}"}).text
        for one in (token, foreign)
    )
    assert code in mine
    assert "091 234 56 78" in mine or "0912 345 678" in mine
    assert code not in theirs


def test_who_works_for_nobody_has_no_list_of_orders(browser: Browser) -> None:
    token, _ = browser.change(make_login)
    asked = {"Authorization": f"Bearer {token}"}
    assert browser.client.get("/console/orders").status_code == 401
    assert browser.client.get("/console/orders", headers=asked).status_code == 404


IMPOSSIBLE = ["0", "-1", "0.5", "1e12", "99999", "mười"]
SAID = "Bạn chọn ít nhất 1, nhiều nhất 10 gói nhé."


@pytest.mark.parametrize("packs", IMPOSSIBLE)
def test_a_number_of_packs_that_cannot_be_keeps_the_product_page(
    browser: Browser, stand: Stand, packs: str
) -> None:
    asked = {"client_id": new_id(), "listing": stand.listing_id, "packs": packs}
    answer = browser.send("/cart/lines", **asked)
    assert answer.status_code == 400
    assert SAID in answer.text
    assert f'name="packs" value="{packs}"' in answer.text
    assert "Giỏ đang trống" in browser.see("/cart")


@pytest.mark.parametrize("packs", [one for one in IMPOSSIBLE if one != "0"])
def test_a_number_of_packs_that_cannot_be_keeps_the_cart(
    browser: Browser, stand: Stand, packs: str
) -> None:
    browser.send("/cart/lines", client_id=new_id(), listing=stand.listing_id, packs="2")
    answer = browser.send(f"/cart/lines/{stand.listing_id}", packs=packs)
    assert answer.status_code == 400
    assert SAID in answer.text
    assert f'name="packs" value="{packs}"' in answer.text
    assert "130.000 đ" in browser.see("/cart")


def test_a_wrong_number_of_what_is_not_there_is_no_page_of_it(browser: Browser) -> None:
    asked = {"client_id": new_id(), "listing": "nothing", "packs": "0"}
    assert browser.send("/cart/lines", **asked).status_code == 404
