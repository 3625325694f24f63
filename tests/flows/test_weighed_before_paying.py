"""Meat by the kilo weighed before it is paid: what the buyer sees, what the desk may do, who waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from catalog.modes import Mode
from core.db import db
from tests.factories.identity import bearer
from tests.support.butcher import Butcher
from tests.support.stall import Stall
from tests.support.visitors import new_client_id, pin


@pytest.fixture
def first(stall: Stall) -> Butcher:
    return Butcher(stall, Mode.WEIGH_THEN_PAY)


def told(stall: Stall, code: str) -> set[str]:
    """The kinds of the notices about an order."""
    stall.settle()
    query = text("SELECT kind FROM notices WHERE facts LIKE :code")
    with stall.app.app_context():
        return set(db.session.scalars(query, {"code": f"%{code}%"}))


def test_weighed_before_it_is_paid_582_000_is_asked_and_receipted(
    stall: Stall, first: Butcher
) -> None:
    buyer = stall.buyer()
    code = first.ordered(buyer)
    order = buyer.order(code)
    assert (order["state"], order["due_vnd"], order["qr_payload"]) == ("placed", 0, None)
    page = stall.page(order["url"])
    assert ("Cân xong có mã QR và giá đúng" in page, "Ước tính 600.000 đ" in page) == (True, True)
    assert "Số tài khoản" not in page
    assert stall.app.test_client().get(f"/orders/{code}/qr.png").status_code == 404
    assert "Chờ cân" in first.desk(f"/console/{stall.seller}/packing")
    assert first.weigh_first(code, "1,94").status_code == 303
    assert "Chờ cân" not in first.desk(f"/console/{stall.seller}/packing")
    order = buyer.order(code)
    assert (order["amount_vnd"], order["due_vnd"]) == (582_000, 582_000)
    assert "582.000 đ là số đúng theo cân" in stall.page(order["url"])
    stall.bank_tells(code, 582_000)
    order = buyer.order(code)
    assert order["state"] == "secured"
    assert "582.000 đ" in stall.page(order["receipt_url"])
    assert first.weigh(code, "").status_code == 303
    assert first.step(code, "hand_over") == 303
    assert told(stall, code) >= {"order_to_weigh", "order_weighed_pay", "order_paid"}
    assert (buyer.order(code)["amount_vnd"], stall.suspense()) == (582_000, {})


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("", 409, "tính tiền theo cân thực tế"),
        ("50", 409, "nặng nhất được 2,2 kg"),
        ("0,9", 409, "nhẹ nhất được 1 kg"),
        ("-2", 400, "lớn hơn 0"),
        ("hai cân", 400, ""),
    ],
)
def test_a_slip_before_it_is_paid_leaves_it_waiting(
    stall: Stall, first: Butcher, typed: str, status: int, words: str
) -> None:
    buyer = stall.buyer()
    code = first.ordered(buyer)
    answer = first.weigh_first(code, typed)
    assert (answer.status_code, words in answer.text, f'value="{typed}"' in answer.text) == (
        status,
        True,
        True,
    )
    assert buyer.order(code)["due_vnd"] == 0


def test_two_who_weigh_at_once_set_one_sum(stall: Stall, first: Butcher) -> None:
    buyer = stall.buyer()
    code = first.ordered(buyer)
    line = first.line(code)

    def weigh(typed: str) -> int:
        fields = {"client_id": new_client_id(), "line_1": line, "weight_1": typed}
        asked = stall.app.test_client().post(
            f"/console/orders/{code}/weigh", data=fields, headers=bearer(stall.host.token)
        )
        return asked.status_code

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(weigh, ("1,94", "2,06")))
    assert sorted(answers) == [303, 409]
    won = {303: 582_000, 409: 618_000}[answers[0]]
    assert buyer.order(code)["amount_vnd"] == won


def test_nobody_weighed_it_and_the_meat_is_sold_again(stall: Stall, first: Butcher) -> None:
    buyer = stall.buyer()
    code = first.ordered(buyer)
    stall.pass_minutes(24 * 60 + 1)
    stall.tick()
    order = buyer.order(code)
    assert order["state"] == "expired"
    assert "Người bán chưa cân kịp" in stall.page(order["url"])
    assert "order_not_weighed" in told(stall, code)
    assert first.weigh_first(code, "1,94").status_code == 409
    assert int(stall.host.get(f"/listings/{first.meat}")["left"]) == 5


def test_money_that_came_by_itself_is_judged_by_the_scales(stall: Stall, first: Butcher) -> None:
    buyer = stall.buyer()
    code = first.ordered(buyer)
    stall.bank_tells(code, 600_000)
    order = buyer.order(code)
    assert (order["state"], order["paid_vnd"], order["due_vnd"]) == ("placed", 600_000, 0)
    assert "Đã nhận 600.000 đ bạn chuyển trước" in stall.page(order["url"])
    assert first.step(code, "cash") == 409
    first.weigh_first(code, "1,94")
    order = buyer.order(code)
    assert (order["state"], order["cut_refund_vnd"]) == ("secured", 18_000)
    assert stall.suspense() == {"refund_due": 18_000}


def test_paid_at_the_door_only_after_the_scales(stall: Stall, first: Butcher) -> None:
    buyer = stall.buyer()
    code = first.ordered(buyer)
    assert first.step(code, "cod") == 409
    first.weigh_first(code, "1,94")
    assert first.step(code, "cod") == 303
    assert buyer.order(code)["due_vnd"] == 582_000


def test_a_live_claim_waits_for_the_scales_too(stall: Stall, first: Butcher) -> None:
    buyer = stall.buyer()
    show = stall.host.open(stall.seller, [pin(first.meat, 4, 280_000, 4)])
    stall.host.do(show, "start")
    buyer.claim(show, 2)
    basket = f"/live/{show}/basket/{stall.seller}"
    assert "người bán cân trong vòng 24 giờ" in stall.page(basket, buyer.token)
    code = str(buyer.order_basket(show, stall.seller)["code"])
    assert buyer.order(code)["due_vnd"] == 0
    stall.host.do(show, "end")
    stall.pass_minutes(6 * 60)
    stall.tick()
    assert first.weigh_first(code, "1,9").status_code == 303
    assert buyer.order(code)["due_vnd"] == 532_000
    stall.bank_tells(code, 532_000)
    assert buyer.order(code)["state"] == "secured"


def test_the_buyer_reads_before_ordering_that_nothing_is_paid_yet(
    stall: Stall, first: Butcher
) -> None:
    buyer = stall.buyer()
    buyer.put_in_cart(first.meat, 2)
    page = stall.page(f"/checkout/{stall.seller}", buyer.token)
    assert "Người bán cân xong bạn mới trả tiền" in page
    assert ("Đặt xong bạn chưa phải trả gì" in page, "trả bằng QR" in page) == (True, False)


def test_money_for_what_nobody_weighed_is_owed_back_in_plain_words(
    stall: Stall, first: Butcher
) -> None:
    buyer = stall.buyer()
    code = first.ordered(buyer)
    stall.bank_tells(code, 600_000)
    stall.pass_minutes(24 * 60 + 1)
    stall.tick()
    order = buyer.order(code)
    assert (order["state"], order["refund_due"]) == ("expired", True)
    page = stall.page(order["url"])
    assert "Người bán chưa cân kịp nên đơn đã hết hạn. Bạn được trả lại 600.000 đ" in page
