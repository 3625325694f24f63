"""Who does not come is asked a deposit, reads why, answers, is forgiven and forgotten; over the pages."""

import pytest
from sqlalchemy import text

from core.db import db
from tests.factories.identity import bearer
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Buyer, Json, new_client_id

DEPOSIT_VND = 20_000
DAY_MINUTES = 24 * 60


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


def ordered(stall: Stall, buyer: Buyer) -> Json:
    buyer.put_in_cart(stall.listing, 1)
    return buyer.order_cart(stall.seller)


def vanish(stall: Stall, buyer: Buyer) -> None:
    ordered(stall, buyer)
    stall.pass_minutes(16)
    stall.tick()


def why(stall: Stall, buyer: Buyer) -> str:
    return stall.page(f"/deposits/{stall.seller}", buyer.token)


def post(stall: Stall, token: str, path: str, **fields: str) -> int:
    body = {"client_id": new_client_id(), **fields}
    answer = stall.app.test_client().post(path, data=body, headers=bearer(token))
    stall.settle()
    return answer.status_code


def count(stall: Stall, table: str) -> int:
    query = text(f"SELECT count(*) FROM {table} WHERE seller_id = :seller")
    with stall.app.app_context():
        return int(db.session.execute(query, {"seller": stall.seller}).scalar_one())


def test_after_two_vanishings_a_deposit_keeps_the_goods_and_the_rest_comes_later(
    stall: Stall, buyer: Buyer
) -> None:
    vanish(stall, buyer)
    vanish(stall, buyer)
    order = ordered(stall, buyer)
    assert (order["deposit_vnd"], order["due_vnd"]) == (DEPOSIT_VND, DEPOSIT_VND)
    assert "Vì sao phải cọc?" in stall.page(order["url"], buyer.token)
    stall.bank_tells(order["code"], DEPOSIT_VND)
    order = buyer.order(order["code"])
    assert (order["state"], order["due_vnd"]) == ("secured", PRICE_VND - DEPOSIT_VND)
    assert "Đã nhận cọc 20.000 đ" in stall.page(order["url"], buyer.token)
    stall.bank_tells(order["code"], PRICE_VND - DEPOSIT_VND)
    assert "Đã thanh toán" in stall.page(order["url"], buyer.token)


def test_the_checkout_says_why_and_an_appeal_that_is_granted_ends_it(
    stall: Stall, buyer: Buyer
) -> None:
    vanish(stall, buyer)
    vanish(stall, buyer)
    buyer.put_in_cart(stall.listing, 1)
    assert "Lần này bạn cọc trước nhé" in stall.page(f"/checkout/{stall.seller}", buyer.token)
    assert "hết giờ mà chưa trả tiền" in why(stall, buyer)
    assert post(stall, buyer.token, f"/deposits/{stall.seller}", reason="nhà mất điện") == 303
    desk = f"/console/{stall.seller}/deposits"
    assert "nhà mất điện" in stall.page(desk, stall.host.token)
    person = person_of(stall)
    answer = {"person": person, "answer": "forgive", "reason": "khách quen"}
    assert post(stall, stall.host.token, f"{desk}/answer", **answer) == 303
    assert "Bạn không phải cọc" in why(stall, buyer)
    assert "khách quen" in why(stall, buyer)
    assert "deposit_vnd" not in buyer.order_cart(stall.seller)


def person_of(stall: Stall) -> str:
    query = text("SELECT person_id FROM reliability_facts WHERE seller_id = :seller LIMIT 1")
    with stall.app.app_context():
        return str(db.session.execute(query, {"seller": stall.seller}).scalar_one())


def test_180_days_later_nothing_is_left_of_it(stall: Stall, buyer: Buyer) -> None:
    vanish(stall, buyer)
    vanish(stall, buyer)
    stall.pass_minutes(180 * DAY_MINUTES)
    stall.tick()
    assert count(stall, "reliability_facts") == 0
    assert "deposit_vnd" not in ordered(stall, buyer)


def test_a_stranger_with_the_link_reads_no_reasons(stall: Stall, buyer: Buyer) -> None:
    vanish(stall, buyer)
    vanish(stall, buyer)
    order = ordered(stall, buyer)
    assert "Vì sao phải cọc?" in stall.page(order["url"])
    told = stall.page(f"/deposits/{stall.seller}")
    assert "Không có gì về bạn trên máy này" in told
    assert "hết giờ" not in told


def test_claims_of_two_shows_left_alone_ask_for_a_deposit(stall: Stall, buyer: Buyer) -> None:
    for _ in range(2):
        show = stall.show(hold_rule="minutes", hold_minutes=10)
        buyer.claim(show, 1)
        stall.pass_minutes(15)
        stall.tick()
        stall.host.do(show, "end")
    assert count(stall, "reliability_facts") == 2
    assert "Hàng chốt trong phiên live" in why(stall, buyer)
    assert ordered(stall, buyer)["deposit_vnd"] == DEPOSIT_VND
