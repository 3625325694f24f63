"""Meat by the kilo, priced by the scales: the same sum on every page from the packing table on."""

import pytest
from sqlalchemy import text

from core.db import db
from tests.support.butcher import Butcher
from tests.support.stall import Stall
from tests.support.visitors import pin


@pytest.fixture
def butcher(stall: Stall) -> Butcher:
    return Butcher(stall)


def test_two_kilos_ordered_1940_grams_packed_the_same_number_everywhere(
    stall: Stall, butcher: Butcher
) -> None:
    buyer = stall.buyer()
    code = butcher.bought(buyer)
    before = buyer.order(code)
    assert "số tiền bây giờ là ước tính" in stall.page(before["url"])
    assert "Khách được báo (ước tính) 600.000 đ" in butcher.desk(
        f"/console/{stall.seller}/packing/{code}"
    )
    assert butcher.weigh(code, "1,94").status_code == 303
    order = buyer.order(code)
    assert (order["goods_vnd"], order["amount_vnd"], order["cut_refund_vnd"]) == (
        582_000,
        582_000,
        18_000,
    )
    (line,) = order["lines"]
    assert (line["amount_vnd"], line["weighed"], line["estimate_vnd"]) == (582_000, 1_940, 600_000)
    page = stall.page(order["url"])
    assert "Cân được 1,94 kg · ước tính 600.000 đ · bớt 18.000 đ" in page
    assert "Bạn được trả lại 18.000 đ" in page
    told = butcher.desk(f"/console/orders/{code}")
    assert ("582.000 đ" in told, "Phải hoàn 18.000 đ" in told) == (True, True)
    assert "Cân được 1,94 kg" in butcher.desk(f"/console/{stall.seller}/packing/{code}")
    assert stall.suspense() == {"refund_due": 18_000}
    notice = "SELECT facts FROM notices WHERE kind = 'order_weighed_back'"
    with stall.app.app_context():
        assert '"money": "18.000 đ"' in str(db.session.execute(text(notice)).scalar_one())
    assert butcher.step(code, "hand_over") == 303
    assert buyer.order(code)["state"] == "handed_over"


def test_a_heavier_piece_is_paid_on_top_before_it_leaves(stall: Stall, butcher: Butcher) -> None:
    buyer = stall.buyer()
    code = butcher.bought(buyer)
    butcher.weigh(code, "2,05")
    order = buyer.order(code)
    assert order["due_vnd"] == 15_000
    assert "Cân xong nặng hơn ước tính, cần trả thêm 15.000 đ" in stall.page(order["url"])
    assert butcher.step(code, "hand_over") == 409
    with stall.app.app_context():
        top = str(db.session.execute(text("SELECT code FROM order_topups")).scalar_one())
    stall.bank_tells(top, 15_000)
    assert butcher.step(code, "hand_over") == 303


def test_who_lets_small_differences_be_sees_the_weight_and_the_same_sum(
    stall: Stall, butcher: Butcher
) -> None:
    buyer = stall.buyer()
    code = butcher.bought(buyer, if_differs="let_be")
    assert "khách đã chọn bỏ qua" in butcher.desk(f"/console/{stall.seller}/packing/{code}")
    butcher.weigh(code, "1,94")
    order = buyer.order(code)
    assert (order["amount_vnd"], order["lines"][0]["weighed"]) == (600_000, 1_940)
    assert "cut_refund_vnd" not in order
    assert stall.suspense() == {}


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", 409, "tính tiền theo cân thực tế"),
        ("0", 400, "lớn hơn 0"),
        ("-2", 400, "lớn hơn 0"),
        ("50", 409, "nặng nhất được 2,2 kg"),
        ("0,9", 409, "nhẹ nhất được 1 kg"),
        ("hai cân", 400, ""),
    ],
)
def test_a_slip_of_the_thumb_is_said_and_what_was_typed_stays(
    stall: Stall, butcher: Butcher, typed: str, code: int, words: str
) -> None:
    buyer = stall.buyer()
    order = butcher.bought(buyer)
    answer = butcher.weigh(order, typed)
    assert (answer.status_code, words in answer.text, f'value="{typed}"' in answer.text) == (
        code,
        True,
        True,
    )
    assert buyer.order(order)["state"] == "secured"


def test_a_live_claim_is_weighed_like_any_order(stall: Stall, butcher: Butcher) -> None:
    buyer = stall.buyer()
    show = stall.host.open(stall.seller, [pin(butcher.meat, 4, 280_000, 4)])
    stall.host.do(show, "start")
    buyer.claim(show, 2)
    assert "Giá tính theo cân thực tế" in stall.page(f"/live/{show}")
    code = str(buyer.order_basket(show, stall.seller)["code"])
    stall.bank_tells(code, 560_000)
    assert butcher.weigh(code, "1,9").status_code == 303
    order = buyer.order(code)
    assert (order["amount_vnd"], order["cut_refund_vnd"]) == (532_000, 28_000)


def test_the_buyer_reads_it_before_ordering(stall: Stall, butcher: Butcher) -> None:
    buyer = stall.buyer()
    buyer.put_in_cart(butcher.meat, 2)
    for path in (f"/products/{butcher.meat}", "/cart", f"/checkout/{stall.seller}"):
        assert "Giá tính theo cân thực tế" in stall.page(path, buyer.token), path
    assert "Cân thật lệch chưa tới 20.000 đ" in stall.page(f"/checkout/{stall.seller}", buyer.token)
