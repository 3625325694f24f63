"""A buyer chooses what becomes of money on top, over the pages: another order, credit, or back."""

import pytest

from tests.factories.payments import new_code
from tests.flows.test_refunds import MORE_VND, desk, page, path_of, post, surplus
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Buyer, Json, new_client_id


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


def another(stall: Stall, buyer: Buyer) -> Json:
    """Another order of the buyer, that waits for its money."""
    buyer.put_in_cart(stall.listing, 1)
    return buyer.order_cart(stall.seller)


def choose(stall: Stall, buyer: Buyer, order: Json, choice: str) -> int:
    return post(stall, buyer.token, path_of(order, "surplus"), choice=choice).status_code


def test_a_surplus_goes_onto_another_order_once_however_often_it_is_sent(
    stall: Stall, buyer: Buyer
) -> None:
    first, second = surplus(stall, buyer), another(stall, buyer)
    shown = page(stall, buyer.token, first["url"])
    assert f"Trả cho đơn {second['code']} của tôi" in shown
    assert "còn phải trả 45.000 đ" in shown
    said = {"client_id": new_client_id(), "choice": second["code"]}
    for _ in range(2):
        assert post(stall, buyer.token, path_of(first, "surplus"), **said).status_code == 303
    assert buyer.order(second["code"])["due_vnd"] == PRICE_VND - MORE_VND
    assert "đã trả cho đơn" in page(stall, buyer.token, first["url"])
    assert f"trả cho đơn {second['code']}" in page(
        stall, stall.host.token, f"/console/orders/{first['code']}"
    )
    assert "Không nợ khách khoản nào" in page(stall, stall.host.token, desk(stall))


def test_what_is_kept_pays_the_next_order(stall: Stall, buyer: Buyer) -> None:
    first = surplus(stall, buyer)
    assert choose(stall, buyer, first, "keep") == 303
    assert "Khách để dành 20.000 đ" in page(stall, stall.host.token, desk(stall))
    second = another(stall, buyer)
    assert "còn trả 45.000 đ" in page(stall, buyer.token, second["url"])
    assert post(stall, buyer.token, path_of(second, "credit")).status_code == 303
    stall.bank_tells(second["code"], PRICE_VND - MORE_VND)
    assert buyer.order(second["code"])["state"] == "secured"
    assert post(stall, buyer.token, path_of(second, "credit")).status_code == 409


def test_what_is_kept_is_wanted_back(stall: Stall, buyer: Buyer) -> None:
    first = surplus(stall, buyer)
    choose(stall, buyer, first, "keep")
    assert choose(stall, buyer, first, "unkeep") == 303
    assert "Bạn chuyển thừa 20.000 đ" in page(stall, buyer.token, first["url"])
    assert "Khách chưa chọn" in page(stall, stall.host.token, desk(stall))


def test_only_its_buyer_chooses_and_only_for_orders_of_theirs(stall: Stall, buyer: Buyer) -> None:
    first, other = surplus(stall, buyer), stall.buyer("Trần Văn Bình")
    strange = another(stall, other)
    for choice in (strange["code"], new_code(), first["code"]):
        assert choose(stall, buyer, first, choice) == 409
    assert choose(stall, other, first, "keep") == 403
    assert "chọn được trả về đâu" in page(stall, other.token, first["url"])
    choose(stall, buyer, first, "keep")
    assert post(stall, other.token, path_of(strange, "credit")).status_code == 409
    assert choose(stall, buyer, first, "keep") == 409
