"""Orders from the claim to the hand, and back: what goes wrong on the way, asked for over the pages."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.db import db, write
from shop.delivery import slots, ways, zones
from shop.delivery.slots import NewSlot
from shop.delivery.ways import CARRIER, PICKUP, NewFee, NewWay
from tests.factories.catalog import HOUR_MS
from tests.factories.identity import bearer
from tests.support.stall import LIVE_PRICE_VND, PRICE_VND, RUN_VND, Stall
from tests.support.visitors import Buyer, new_client_id

DOOR = {"way": "own_run", "address": "Số 5, xóm Đồng Lạnh"}
ALL_PACKS = 10


class Desk:
    """The stall's owner at the page of one order."""

    def __init__(self, stall: Stall, code: str) -> None:
        self.stall, self.code = stall, code

    def post(self, path: str, **fields: object) -> TestResponse:
        answer = self.stall.app.test_client().post(
            path,
            data={"client_id": new_client_id(), **fields},
            headers=bearer(self.stall.host.token),
        )
        self.stall.settle()
        return answer

    def step(self, do: str, reason: str = "") -> int:
        return self.post(f"/console/orders/{self.code}/step", do=do, reason=reason).status_code

    def steps(self, *names: str) -> None:
        for do in names:
            assert self.step(do) == 303, do

    def short(self, packs: int, reason: str = "chè ướt") -> int:
        line = self.id_of("SELECT id FROM order_lines WHERE order_code = :what", self.code)
        path = f"/console/orders/{self.code}/lines/{line}"
        return self.post(path, packs=packs, reason=reason).status_code

    def send_to(self, address: str) -> int:
        path = f"/console/orders/{self.code}/delivery"
        return self.post(path, way="own_run", address=address).status_code

    def grade(self, good: str) -> int:
        product = self.stall.product
        lot = self.id_of(
            "SELECT id FROM lots WHERE origin = 'return' AND product_id = :what", product
        )
        row = self.id_of("SELECT id FROM stock WHERE product_id = :what", product)
        fields = {"stock": row, "good": good, "spoilt": "0", "unit": "g", "reason": "còn tốt"}
        path = f"/console/{self.stall.seller}/lots/{lot}/grade"
        return self.post(path, **fields).status_code

    def id_of(self, query: str, what: str) -> str:
        with self.stall.app.app_context():
            return str(db.session.execute(text(query), {"what": what}).scalar_one())

    def says(self) -> str:
        return self.stall.page(f"/console/orders/{self.code}", self.stall.host.token)


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


def ordered(stall: Stall, buyer: Buyer, packs: int = 2, *, door: bool = False) -> Desk:
    """An order from the shop, at the desk."""
    buyer.put_in_cart(stall.listing, packs)
    delivery = DOOR if door else {"way": "pickup"}
    return Desk(stall, str(buyer.order_cart(stall.seller, delivery)["code"]))


def paid(stall: Stall, buyer: Buyer, packs: int = 2, *, door: bool = False) -> Desk:
    desk = ordered(stall, buyer, packs, door=door)
    stall.bank_tells(desk.code, packs * PRICE_VND + (RUN_VND if door else 0))
    return desk


def test_claim_pay_pack_short_and_the_difference_goes_back(stall: Stall, buyer: Buyer) -> None:
    show = stall.show()
    buyer.claim(show, 3)
    desk = Desk(stall, str(buyer.order_basket(show, stall.seller)["code"]))
    stall.bank_tells(desk.code, 3 * LIVE_PRICE_VND)
    desk.steps("start")
    assert desk.short(2) == 303
    desk.steps("pack", "hand_over", "delivered")
    order = buyer.order(desk.code)
    assert (order["state"], order["cut_refund_vnd"]) == ("delivered", LIVE_PRICE_VND)
    assert order["lines"][0]["losses"][0]["reason"] == "chè ướt"
    assert "60.000 đ" in stall.page(order["url"])
    assert stall.suspense() == {"refund_due": LIVE_PRICE_VND}


def test_a_short_line_of_an_unpaid_basket_goes_back_to_the_show(stall: Stall, buyer: Buyer) -> None:
    show = stall.show()
    buyer.claim(show, 3)
    desk = Desk(stall, str(buyer.order_basket(show, stall.seller)["code"]))
    assert desk.short(1) == 303
    assert buyer.order(desk.code)["due_vnd"] == LIVE_PRICE_VND
    assert stall.left_in_show(show) == 4


def test_the_buyer_cancels_alone_before_packing_and_not_after(stall: Stall, buyer: Buyer) -> None:
    desk = paid(stall, buyer)
    desk.steps("start")
    assert buyer.refused(f"/orders/{desk.code}/cancel") == "bad_transition"
    desk.steps("aside")
    buyer.send(f"/orders/{desk.code}/cancel")
    assert (buyer.order(desk.code)["state"], buyer.order(desk.code)["refund_due"]) == (
        "cancelled",
        True,
    )
    assert stall.left_in_shop() == ALL_PACKS


def test_the_seller_cancels_after_packing_with_a_reason(stall: Stall, buyer: Buyer) -> None:
    desk = paid(stall, buyer)
    desk.steps("start", "pack")
    assert desk.step("off") == 400
    assert desk.step("off", "mất điện") == 303
    assert (buyer.order(desk.code)["state"], buyer.order(desk.code)["refund_due"]) == (
        "cancelled",
        True,
    )
    assert stall.left_in_shop() == ALL_PACKS
    assert "mất điện" in desk.says()


def test_paid_on_delivery_refused_waits_and_is_sold_again_once_graded(
    stall: Stall, buyer: Buyer
) -> None:
    desk = ordered(stall, buyer, door=True)
    desk.steps("cod", "start", "pack", "hand_over")
    assert desk.step("refused", "không nghe máy") == 303
    order = buyer.order(desk.code)
    assert (order["state"], order["refund_due"], order["qr_payload"]) == ("refused", False, None)
    assert stall.left_in_shop() == ALL_PACKS - 2
    assert desk.grade("400") == 303
    assert stall.left_in_shop() == ALL_PACKS


def test_paid_on_delivery_the_driver_takes_the_money_and_there_is_a_receipt(
    stall: Stall, buyer: Buyer
) -> None:
    desk = ordered(stall, buyer, door=True)
    desk.steps("cod", "start", "pack", "hand_over", "cash", "delivered")
    order = buyer.order(desk.code)
    assert (order["state"], order["due_vnd"]) == ("delivered", 0)
    assert "Tiền mặt" in stall.page(order["receipt_url"])


def test_a_wrong_address_before_packing_is_changed_and_the_dearer_way_paid_on_top(
    stall: Stall, buyer: Buyer
) -> None:
    desk = paid(stall, buyer)
    assert desk.send_to("Xóm Nà Hấu") == 303
    order = buyer.order(desk.code)
    assert order["due_vnd"] == RUN_VND
    assert "Trả thêm 20.000 đ" in stall.page(order["url"])
    desk.steps("start", "pack")
    assert desk.step("hand_over") == 409
    code = desk.id_of("SELECT code FROM order_topups WHERE order_code = :what", desk.code)
    stall.bank_tells(code, RUN_VND)
    desk.steps("hand_over")
    assert buyer.order(desk.code)["due_vnd"] == 0


def test_a_wrong_address_after_packing_needs_the_parcel_opened(stall: Stall, buyer: Buyer) -> None:
    desk = paid(stall, buyer, door=True)
    desk.steps("start", "pack")
    assert desk.send_to("Xóm Nà Hấu") == 409
    desk.steps("unpack")
    assert desk.send_to("Xóm Nà Hấu") == 303
    desk.steps("pack", "hand_over")
    assert "Xóm Nà Hấu" in desk.says()


def test_a_step_out_of_order_is_refused_in_words_and_changes_nothing(
    stall: Stall, buyer: Buyer
) -> None:
    desk = paid(stall, buyer)
    path = f"/console/orders/{desk.code}/step"
    answer = desk.post(path, do="hand_over", reason="")
    assert (answer.status_code, "trạng thái đã đổi" in answer.text) == (409, True)
    assert buyer.order(desk.code)["state"] == "secured"


def test_two_packers_at_once_pack_it_once(stall: Stall, buyer: Buyer) -> None:
    desk = paid(stall, buyer)
    desk.steps("start", "start", "pack", "pack", "hand_over", "hand_over")
    assert buyer.order(desk.code)["state"] == "handed_over"
    assert stall.left_in_shop() == ALL_PACKS - 2


def test_an_order_goes_where_the_fee_depends_on_the_place_and_by_a_slot(
    stall: Stall, buyer: Buyer
) -> None:
    desk = ordered(stall, buyer)
    by_post, gate, slot = far_ways(stall)
    path = f"/console/orders/{desk.code}/delivery"
    assert desk.post(path, way=by_post, address="Số 1").status_code == 400
    there = {"address": "Số 1, xóm Đồng Lạnh", "commune": "Tân Cương, Thái Nguyên"}
    assert desk.post(path, way=by_post, **there).status_code == 303
    page = stall.page(f"/console/orders/{desk.code}", stall.host.token)
    assert "25.000" in page
    assert desk.post(path, way=gate).status_code == 400
    assert desk.post(path, way=gate, slot=slot).status_code == 303


def far_ways(stall: Stall) -> tuple[str, str, str]:
    """A carrier with fees by place, a gate with slots, and one of them: their ids."""

    def make(session: Session) -> tuple[str, str, str]:
        near = zones.draw(session, stall.seller, "Trong tỉnh", ["19"])
        post = NewWay(CARRIER, "Chuyển phát", fee_vnd=25_000, zone_id=near)
        by_post = ways.offer(session, stall.seller, post)
        ways.charge(session, stall.seller, by_post, NewFee(40_000))
        gate = ways.offer(session, stall.seller, NewWay(PICKUP, "Cổng hội chợ"))
        starts_ms = stall.time.at_ms + 24 * HOUR_MS
        new = NewSlot(starts_ms, starts_ms + HOUR_MS, starts_ms - HOUR_MS, 3)
        slots.open_slots(session, stall.seller, gate, new)
        return by_post, gate, slots.ahead(session, stall.seller)[gate][0].id

    with stall.app.app_context():
        return write(make)
