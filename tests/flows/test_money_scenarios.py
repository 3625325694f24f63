"""P3, P4, P7: the stories the money issue names, each from its order to the books, over HTTP alone.

Some are told elsewhere with the same numbers and not again here:

| story | where |
|---|---|
| 2 kg ordered, 1.940 kg packed: 582.000 đ, 18.000 đ back | `test_weighed_orders.py`, `test_refunds.py` |
| weighed before it is paid: 582.000 đ asked and receipted | `test_weighed_before_paying.py` |
| a surplus goes to an account its buyer enters, proved by SePay | `test_refunds.py` |
| paid by card and by QR: the second is a duplicate owed back | `test_card_orders.py` |
| two staff begin one refund at once | `tests/races/test_two_refunds_race.py` |
| 600 g + 400 g sold over weeks; 60 + 40 kg through a run | `tests/unit/shop/test_members_book.py` |
| a forged, old, changed or repeated notice | `test_money_states.py`, `test_bank_feeds.py` |
"""

import pytest

from core.db import write
from payments.receipts import codec
from shop.shipments import shipments
from tests.factories.payments import signed
from tests.flows.scenario_of import Scene, qr_of, token_of
from tests.support.stall import PRICE_VND, Stall, Town
from tests.support.visitors import Buyer, Json

ALL_PACKS = 10
LATE_MIN = 15 + 3
DEPOSIT_VND = 39_000  # 30 % of two packs
SLIPS = str.maketrans("DT8B5S2Z6GUV", "01B8S5Z2G6VU")


@pytest.fixture
def scene(stall: Stall) -> Scene:
    return Scene(stall)


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


def test_p3_an_order_of_582_000_says_582_000_from_its_qr_to_the_books(
    stall: Stall, scene: Scene, buyer: Buyer
) -> None:
    order = scene.ordered(buyer, scene.goods(291_000), 2)
    code, asked = order["code"], qr_of(scene, order)
    assert (asked["54"], fields_of_purpose(asked)) == ("582000", code)
    assert stall.till.number in asked["38"]
    assert "Trả 582.000 đ" in stall.page(order["url"])
    body = scene.tells(f"{code} tra tien che", 582_000)
    order = buyer.order(code)
    assert (order["state"], order["amount_vnd"], order["paid_vnd"]) == ("secured", 582_000, 582_000)
    assert "Đã nhận 582.000 đ" in stall.page(order["url"])
    receipt = stall.page(order["receipt_url"])
    assert "Tổng cộng 582.000 đ" in receipt
    assert "năm trăm tám mươi hai nghìn đồng" in receipt.lower()
    (signed_fields, _, _) = codec.decode(token_of(scene, order["receipt_url"]))
    assert (signed_fields.order_code, signed_fields.total_vnd) == (code, 582_000)
    assert scene.books() == {"bank": 582_000, "received": -582_000}
    assert "582.000 đ" in scene.desk(f"{stall.seller}/money/books/journal?about={code}")
    digest = scene.digest()
    assert stall.post_notice(body, signed(body)).status == 200
    assert (scene.digest(), stall.suspense()) == (digest, {})


def fields_of_purpose(asked: dict[str, str]) -> str:
    """The order's code, with which a QR's note begins."""
    return asked["62"][4:14]


def test_p3_96_000_sent_for_9_600_000_is_topped_up_by_exactly_the_rest(
    stall: Stall, scene: Scene, buyer: Buyer
) -> None:
    order = scene.ordered(buyer, scene.goods(960_000), 10)
    code = order["code"]
    assert qr_of(scene, order)["54"] == "9600000"
    scene.tells(code, 96_000, reference="FT-small")
    order = buyer.order(code)
    assert (order["state"], order["paid_vnd"], order["due_vnd"]) == ("placed", 96_000, 9_504_000)
    assert qr_of(scene, order)["54"] == "9504000"
    page = stall.page(order["url"])
    assert "Đã nhận 96.000 đ. Còn thiếu 9.504.000 đ" in page
    assert "receipt_url" not in order
    stall.pass_minutes(1)
    scene.tells(code, 9_504_000, reference="FT-rest")
    order = buyer.order(code)
    assert (order["state"], order["due_vnd"], stall.suspense()) == ("secured", 0, {})
    receipt = stall.page(order["receipt_url"])
    assert "Tổng cộng 9.600.000 đ" in receipt
    assert "FT-small, FT-rest" in receipt
    assert scene.books() == {"bank": 9_600_000, "received": -9_600_000}


def test_p7_two_equal_sums_are_both_offered_and_a_person_says_which(
    stall: Stall, scene: Scene
) -> None:
    one, other = stall.buyer("Lan"), stall.buyer("Mai")
    mine, theirs = (scene.ordered(who, stall.listing, 2)["code"] for who in (one, other))
    stall.pass_minutes(1)
    scene.tells("chuyen tien che", 2 * PRICE_VND)
    assert stall.suspense() == {"unknown_code": 2 * PRICE_VND}
    assert (one.order(mine)["paid_vnd"], other.order(theirs)["paid_vnd"]) == (0, 0)
    line = scene.waiting_line()
    offered = scene.offered(line)
    assert {code: ticked for code, (_, ticked) in offered.items()} == {mine: False, theirs: False}
    assert "máy không đoán thay bạn" in scene.desk(line)
    assert scene.post(f"{line}/place", seen=0, payment=offered[theirs][0]) == 303
    assert (one.order(mine)["state"], other.order(theirs)["state"]) == ("placed", "secured")
    assert stall.suspense() == {}


def late(stall: Stall, scene: Scene, buyer: Buyer) -> Json:
    """An order of all there is whose money is not there in time, nor for three minutes after."""
    order = scene.ordered(buyer, stall.listing, ALL_PACKS)
    stall.pass_minutes(LATE_MIN)
    stall.tick()
    assert buyer.order(order["code"])["state"] == "expired"
    return order


def test_p7_money_three_minutes_late_is_served_while_the_goods_are_there(
    stall: Stall, scene: Scene, buyer: Buyer
) -> None:
    code = late(stall, scene, buyer)["code"]
    scene.tells(code, ALL_PACKS * PRICE_VND)
    order = buyer.order(code)
    assert (order["state"], order["refund_due"], stall.left_in_shop()) == ("secured", False, 0)
    assert "Tổng cộng 650.000 đ" in stall.page(order["receipt_url"])
    assert scene.books() == {"bank": 650_000, "received": -650_000}


def test_p7_money_three_minutes_late_for_goods_that_are_gone_is_owed_and_both_are_told(
    stall: Stall, scene: Scene, buyer: Buyer
) -> None:
    code = late(stall, scene, buyer)["code"]
    scene.ordered(stall.buyer(), stall.listing, 1)
    scene.tells(code, ALL_PACKS * PRICE_VND)
    order = buyer.order(code)
    assert (order["state"], order["refund_due"]) == ("expired", True)
    assert "Bạn được trả lại 650.000 đ" in stall.page(order["url"])
    assert "order_refund" in scene.told(code)
    owed = scene.desk(f"{stall.seller}/refunds")
    assert (code in owed, "650.000 đ" in owed) == (True, True)
    assert scene.books() == {"bank": 650_000, "refund_due": -650_000}


def asked_a_deposit(stall: Stall, scene: Scene, buyer: Buyer) -> Json:
    """The order of somebody who left two others unpaid: two packs, 39.000 đ beforehand."""
    for _ in range(2):
        scene.ordered(buyer, stall.listing, 1)
        stall.pass_minutes(LATE_MIN)
        stall.tick()
    return scene.ordered(buyer, stall.listing, 2)


def test_p4_a_deposit_by_qr_and_the_rest_in_cash_make_one_honest_receipt(
    stall: Stall, scene: Scene, buyer: Buyer
) -> None:
    order = asked_a_deposit(stall, scene, buyer)
    code, rest_vnd = order["code"], 2 * PRICE_VND - DEPOSIT_VND
    assert (order["deposit_vnd"], qr_of(scene, order)["54"]) == (DEPOSIT_VND, str(DEPOSIT_VND))
    scene.tells(code, DEPOSIT_VND, reference="FT-deposit")
    order = buyer.order(code)
    assert (order["state"], order["due_vnd"]) == ("secured", rest_vnd)
    assert "receipt_url" not in order
    assert scene.books() == {"bank": DEPOSIT_VND, "received": -DEPOSIT_VND}
    for do in ("start", "pack"):
        assert scene.post(f"orders/{code}/step", do=do, reason="") == 303
    given = {"label": label_of(stall, code), "to": "buyer"}
    assert scene.post(f"{stall.seller}/hand-over", **given, took_vnd=rest_vnd - 1_000) == 409
    assert scene.post(f"{stall.seller}/hand-over", **given, took_vnd=rest_vnd) == 303
    order = buyer.order(code)
    assert (order["state"], order["paid_vnd"], order["due_vnd"]) == ("delivered", 130_000, 0)
    receipt = stall.page(order["receipt_url"])
    for words in ("Tổng cộng 130.000 đ", "Chuyển khoản và tiền mặt", "FT-deposit"):
        assert words in receipt
    assert scene.books() == {"bank": DEPOSIT_VND, "cash": rest_vnd, "received": -130_000}


def label_of(stall: Stall, code: str) -> str:
    with stall.app.app_context():
        return write(lambda session: shipments.for_order(session, code)).label_code


def test_p7_a_memo_with_two_codes_waits_for_a_person_who_divides_it(
    stall: Stall, scene: Scene, buyer: Buyer
) -> None:
    small, large = (scene.ordered(buyer, stall.listing, packs)["code"] for packs in (1, 2))
    scene.tells(f"{small} va {large}", 3 * PRICE_VND)
    assert stall.suspense() == {"unknown_code": 3 * PRICE_VND}
    line = scene.waiting_line()
    assert "Tiền vào ghi nhiều mã đơn" in scene.desk(line)
    shares = {"code_1": small, "amount_1": "65.000", "code_2": large, "amount_2": "130.000"}
    assert scene.post(f"{line}/split", seen=0, **shares) == 303
    assert [buyer.order(code)["state"] for code in (small, large)] == ["secured", "secured"]
    assert stall.suspense() == {}


def test_p7_the_code_of_another_sellers_order_pays_nobody_and_waits_here(
    town: Town, stall: Stall, scene: Scene, buyer: Buyer
) -> None:
    elsewhere, stranger = town.new_stall(), stall.buyer()
    theirs = Scene(elsewhere).ordered(stranger, elsewhere.listing, 2)["code"]
    mine = scene.ordered(buyer, stall.listing, 2)["code"]
    scene.tells(theirs, 2 * PRICE_VND)
    assert (stranger.order(theirs)["paid_vnd"], buyer.order(mine)["paid_vnd"]) == (0, 0)
    assert (stall.suspense(), elsewhere.suspense()) == ({"unknown_code": 2 * PRICE_VND}, {})
    assert theirs in scene.desk(scene.waiting_line())


def slipped(code: str) -> str:
    """The code with its first letter that has a look-alike written as that one."""
    at = next((n for n, letter in enumerate(code) if n > 1 and ord(letter) in SLIPS), None)
    return code if at is None else code[:at] + code[at].translate(SLIPS) + code[at + 1 :]


def test_p3_one_letter_taken_for_its_look_alike_still_pays_the_one_order_it_can_mean(
    stall: Stall, scene: Scene
) -> None:
    """One code in a hundred has no such letter: then the next order's is written wrong."""
    while True:
        buyer = stall.buyer()
        code = scene.ordered(buyer, stall.listing, 1)["code"]
        if slipped(code) != code:
            break
    scene.tells(f"{slipped(code)} tra tien", PRICE_VND)
    assert (buyer.order(code)["state"], stall.suspense()) == ("secured", {})
