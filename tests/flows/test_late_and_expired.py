"""P7, P18: what an order's time does to its stock, and what becomes of money that comes after it."""

from datetime import datetime

import pytest

from tests.support.stall import LIVE_PRICE_VND, MINUTE_MS, PRICE_VND, Stall
from tests.support.visitors import Buyer, Json

ALL_PACKS = 10
PAY_WITHIN_MIN = 15
LATE_MIN = PAY_WITHIN_MIN + 1


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


def web_order(stall: Stall, buyer: Buyer, packs: int = ALL_PACKS) -> str:
    """An order of so many packs from the shop (all of them unless said)."""
    buyer.put_in_cart(stall.listing, packs)
    return str(buyer.order_cart(stall.seller)["code"])


def live_order(stall: Stall, buyer: Buyer, session_id: str, packs: int = 2) -> str:
    buyer.claim(session_id, packs)
    return str(buyer.order_basket(session_id, stall.seller)["code"])


def minutes_left(stall: Stall, order: Json) -> float:
    until = datetime.fromisoformat(order["pay_by"]).timestamp() * 1000
    return round((until - stall.time.at_ms) / MINUTE_MS, 3)


def test_a_web_order_waits_fifteen_minutes_for_its_money(stall: Stall, buyer: Buyer) -> None:
    order = buyer.order(web_order(stall, buyer))
    assert minutes_left(stall, order) == PAY_WITHIN_MIN


def test_opening_the_pay_page_moves_the_end_once_to_ten_minutes_from_then(
    stall: Stall, buyer: Buyer
) -> None:
    code = web_order(stall, buyer)
    url = buyer.order(code)["url"]
    seen = []
    for _ in range(2):
        stall.pass_minutes(9)
        stall.page(url)
        seen.append(minutes_left(stall, buyer.order(code)))
    assert seen == [10, 1]


def test_p18_what_ran_out_is_another_buyers_before_any_tick(stall: Stall, buyer: Buyer) -> None:
    web_order(stall, buyer)
    assert stall.buyer().put_in_cart(stall.listing)["sellers"][0]["lines"][0]["left"] == 0
    stall.pass_minutes(LATE_MIN)
    assert web_order(stall, stall.buyer())


def test_p18_the_last_millisecond_is_still_the_buyers(stall: Stall, buyer: Buyer) -> None:
    web_order(stall, buyer)
    other = stall.buyer()
    stall.time.advance(PAY_WITHIN_MIN * MINUTE_MS - 1)
    other.put_in_cart(stall.listing)
    wanted = {"seller": stall.seller, "name": "Lan", "delivery": {"way": "pickup"}}
    assert other.refused("/cart/orders", **wanted) == "out_of_stock"
    stall.time.advance(1)
    other.send("/cart/orders", **wanted)


def test_an_expired_order_says_so_and_asks_for_no_money(stall: Stall, buyer: Buyer) -> None:
    code = web_order(stall, buyer)
    stall.pass_minutes(LATE_MIN)
    stall.tick()
    order = buyer.order(code)
    assert (order["state"], order["qr_payload"]) == ("expired", None)
    assert stall.left_in_shop() == ALL_PACKS


def test_an_order_whose_time_is_over_shows_no_qr_before_any_tick(
    stall: Stall, buyer: Buyer
) -> None:
    code = web_order(stall, buyer)
    stall.pass_minutes(LATE_MIN)
    assert buyer.order(code)["qr_payload"] is None


@pytest.mark.parametrize("ticked", [True, False])
def test_p7_late_money_takes_the_stock_again_while_it_is_there(
    stall: Stall, buyer: Buyer, ticked: bool
) -> None:
    code = web_order(stall, buyer)
    stall.pass_minutes(LATE_MIN)
    if ticked:
        stall.tick()
    stall.bank_tells(code, ALL_PACKS * PRICE_VND)
    order = buyer.order(code)
    assert (order["state"], order["refund_due"], order["due_vnd"]) == ("secured", False, 0)
    assert code in stall.page(order["receipt_url"])
    assert stall.left_in_shop() == 0


@pytest.mark.parametrize("ticked", [True, False])
def test_p7_late_money_for_stock_that_is_gone_is_due_back(
    stall: Stall, buyer: Buyer, ticked: bool
) -> None:
    code = web_order(stall, buyer)
    stall.pass_minutes(LATE_MIN)
    if ticked:
        stall.tick()
    winner = stall.buyer()
    web_order(stall, winner, 1)
    stall.bank_tells(code, ALL_PACKS * PRICE_VND)
    order = buyer.order(code)
    assert (order["state"], order["refund_due"]) == ("expired", True)
    assert stall.left_in_shop() == ALL_PACKS - 1


def test_p7_both_sides_read_that_late_money_goes_back(stall: Stall, buyer: Buyer) -> None:
    code = web_order(stall, buyer)
    stall.pass_minutes(LATE_MIN)
    web_order(stall, stall.buyer(), 1)
    stall.bank_tells(code, ALL_PACKS * PRICE_VND)
    assert "650.000 đ" in stall.page(buyer.order(code)["url"])
    assert "hoàn" in stall.page(buyer.order(code)["url"])
    assert code in stall.page("/console/orders?show=refund", stall.host.token)


def test_p7_a_part_paid_in_time_and_the_rest_late_make_a_whole(stall: Stall, buyer: Buyer) -> None:
    code = web_order(stall, buyer, 2)
    stall.bank_tells(code, PRICE_VND)
    stall.pass_minutes(LATE_MIN)
    stall.tick()
    assert buyer.order(code)["state"] == "expired"
    stall.bank_tells(code, PRICE_VND)
    assert buyer.order(code)["state"] == "secured"
    assert stall.suspense() == {}


def test_p7_money_for_a_cancelled_order_is_due_back_and_takes_no_stock(
    stall: Stall, buyer: Buyer
) -> None:
    code = web_order(stall, buyer)
    assert buyer.send(f"/orders/{code}/cancel")["state"] == "cancelled"
    stall.bank_tells(code, ALL_PACKS * PRICE_VND)
    order = buyer.order(code)
    assert (order["state"], order["refund_due"]) == ("cancelled", True)
    assert stall.left_in_shop() == ALL_PACKS


def test_cancelling_a_paid_order_gives_the_stock_back_and_owes_the_money(
    stall: Stall, buyer: Buyer
) -> None:
    code = web_order(stall, buyer)
    stall.bank_tells(code, ALL_PACKS * PRICE_VND)
    assert buyer.send(f"/orders/{code}/cancel")["refund_due"] is True
    assert stall.left_in_shop() == ALL_PACKS


def test_an_order_from_the_show_that_lapses_goes_to_who_waits(stall: Stall, buyer: Buyer) -> None:
    session_id = stall.show(2, hold_rule="minutes", hold_minutes=15)
    code = live_order(stall, buyer, session_id)
    waiting = stall.buyer()
    claim = waiting.claim(session_id)["claim"]
    stall.pass_minutes(LATE_MIN)
    stall.tick()
    assert buyer.order(code)["state"] == "expired"
    assert [c["status"] for c in buyer.mine(session_id)["claims"]] == ["lapsed"]
    assert waiting.my_claim(session_id, claim)["status"] == "held"


def test_p7_late_money_for_a_show_takes_the_packs_again_while_nobody_has_them(
    stall: Stall, buyer: Buyer
) -> None:
    session_id = stall.show(2, hold_rule="minutes", hold_minutes=15)
    code = live_order(stall, buyer, session_id)
    stall.pass_minutes(LATE_MIN)
    stall.tick()
    stall.bank_tells(code, 2 * LIVE_PRICE_VND)
    assert buyer.order(code)["state"] == "secured"
    assert stall.left_in_show(session_id) == 0
    assert [c["status"] for c in buyer.mine(session_id)["claims"]] == ["paid"]


def test_p7_late_money_takes_no_packs_from_who_was_promoted(stall: Stall, buyer: Buyer) -> None:
    session_id = stall.show(ALL_PACKS, limit=ALL_PACKS, hold_rule="minutes", hold_minutes=15)
    code = live_order(stall, buyer, session_id, ALL_PACKS)
    waiting = stall.buyer()
    claim = waiting.claim(session_id)["claim"]
    stall.pass_minutes(LATE_MIN)
    stall.tick()
    stall.bank_tells(code, ALL_PACKS * LIVE_PRICE_VND)
    order = buyer.order(code)
    assert (order["state"], order["refund_due"]) == ("expired", True)
    assert waiting.my_claim(session_id, claim)["status"] == "held"


def test_p7_late_money_after_the_show_takes_from_the_shop(stall: Stall, buyer: Buyer) -> None:
    session_id = stall.show(2, hold_rule="minutes", hold_minutes=15)
    code = live_order(stall, buyer, session_id)
    stall.host.do(session_id, "end")
    stall.pass_minutes(LATE_MIN)
    stall.tick()
    assert stall.left_in_shop() == ALL_PACKS
    stall.bank_tells(code, 2 * LIVE_PRICE_VND)
    assert buyer.order(code)["state"] == "secured"
    assert stall.left_in_shop() == ALL_PACKS - 2


def test_an_unpaid_order_of_a_show_outlives_the_shows_end(stall: Stall, buyer: Buyer) -> None:
    session_id = stall.show(2)
    code = live_order(stall, buyer, session_id)
    stall.host.do(session_id, "end")
    stall.settle()
    stall.bank_tells(code, 2 * LIVE_PRICE_VND)
    assert buyer.order(code)["state"] == "secured"
