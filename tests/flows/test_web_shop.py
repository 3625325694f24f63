"""P1: the web shop sells the same stock as the shows, and the server says the whole price."""

import pytest

from payments.qr import vietqr
from tests.support.stall import PRICE_VND, RUN_VND, Stall
from tests.support.visitors import OWN_RUN, PICKUP, Buyer, Json, arrive

ALL_PACKS = 10


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    """Somebody who typed a number and proved nothing: all that buying asks."""
    return arrive(stall.door)


def wish(stall: Stall, **fields: Json) -> Json:
    """An order of the cart, to be picked up, with other fields on top."""
    return {"seller": stall.seller, "name": "Hoa", "delivery": PICKUP, **fields}


def test_a_cart_is_kept_by_seller_at_todays_price(stall: Stall, buyer: Buyer) -> None:
    buyer.put_in_cart(stall.listing, 2)
    (part,) = buyer.put_in_cart(stall.listing, 1)["sellers"]
    assert (part["seller"], part["goods_vnd"]) == (stall.seller, 3 * PRICE_VND)
    assert [(line["packs"], line["unit"]) for line in part["lines"]] == [(3, "gói 200 g")]
    assert buyer.get("/cart") == {"sellers": [part]}


def test_ordering_empties_the_cart_and_holds_the_stock(stall: Stall, buyer: Buyer) -> None:
    buyer.put_in_cart(stall.listing, 3)
    buyer.order_cart(stall.seller)
    assert buyer.get("/cart") == {"sellers": []}
    assert stall.left_in_shop() == ALL_PACKS - 3


def test_an_order_asks_for_lines_and_fee_and_its_qr_for_exactly_that(
    stall: Stall, buyer: Buyer
) -> None:
    buyer.put_in_cart(stall.listing, 2)
    order = buyer.order_cart(stall.seller, OWN_RUN)
    assert (order["goods_vnd"], order["fee_vnd"]) == (2 * PRICE_VND, RUN_VND)
    assert order["amount_vnd"] == order["due_vnd"] == 2 * PRICE_VND + RUN_VND
    read = vietqr.read(order["qr_payload"])
    assert isinstance(read, vietqr.VietQR)
    assert (read.amount_vnd, read.purpose[:10]) == (order["due_vnd"], order["code"])
    assert (read.bin, read.account) == ("999999", stall.till.number)


def test_picking_up_costs_nothing(stall: Stall, buyer: Buyer) -> None:
    buyer.put_in_cart(stall.listing)
    order = buyer.order_cart(stall.seller)
    assert (order["fee_vnd"], order["amount_vnd"]) == (0, PRICE_VND)


@pytest.mark.parametrize("more", [{"price_vnd": 1}, {"amount_vnd": 1}, {"fee_vnd": 0}])
def test_a_price_from_the_client_is_refused(stall: Stall, buyer: Buyer, more: Json) -> None:
    fields = {"listing": stall.listing, "packs": 1, **more}
    assert buyer.refused("/cart/lines", **fields) == "bad_request"
    buyer.put_in_cart(stall.listing)
    assert buyer.refused("/cart/orders", **wish(stall, **more)) == "bad_request"


def test_an_order_too_heavy_for_the_run_has_no_fee_and_so_no_qr(stall: Stall, buyer: Buyer) -> None:
    """The run carries five kilograms."""
    heavy = stall.second_listing(30)
    buyer.put_in_cart(heavy, 26)
    told = buyer.ask("/cart/orders", **wish(stall, delivery=OWN_RUN))
    assert 400 <= told.status < 500
    assert "qr_payload" not in told.body


def test_the_last_pack_goes_to_one_and_the_other_is_told_how_many_are_left(
    stall: Stall, buyer: Buyer
) -> None:
    other = arrive(stall.door)
    for who in (buyer, other):
        who.put_in_cart(stall.listing, 6)
    buyer.order_cart(stall.seller)
    told = other.ask("/cart/orders", **wish(stall))
    assert (told.status, told.body["code"], told.body["left"]) == (409, "out_of_stock", 4)
    assert other.get("/cart")["sellers"][0]["lines"][0]["packs"] == 6


def test_all_or_nothing_is_held(stall: Stall, buyer: Buyer) -> None:
    scarce = stall.second_listing(1)
    buyer.put_in_cart(stall.listing, 2)
    buyer.put_in_cart(scarce, 2)
    assert buyer.refused("/cart/orders", **wish(stall)) == "out_of_stock"
    assert stall.left_in_shop() == ALL_PACKS


def test_what_only_a_show_has_is_out_of_stock_for_the_web(stall: Stall, buyer: Buyer) -> None:
    buyer.put_in_cart(stall.listing)
    stall.show(ALL_PACKS)
    assert buyer.refused("/cart/orders", **wish(stall)) == "out_of_stock"
    listing = buyer.get(f"/listings/{stall.listing}")
    assert (listing["left"], listing["only_in_live"]) == (0, True)


def test_what_only_a_show_has_says_so_and_links_to_the_room(stall: Stall) -> None:
    session_id = stall.show(ALL_PACKS)
    page = stall.app.test_client().get(f"/products/{stall.listing}")
    assert page.status_code == 200
    assert f'href="/live/{session_id}' in page.text


def test_what_the_show_leaves_the_web_may_sell(stall: Stall, buyer: Buyer) -> None:
    stall.show(ALL_PACKS - 1)
    assert stall.left_in_shop() == 1
    buyer.put_in_cart(stall.listing)
    assert buyer.order_cart(stall.seller)["state"] == "placed"
    assert stall.left_in_shop() == 0


def test_a_show_cannot_be_given_what_the_web_has_sold(stall: Stall, buyer: Buyer) -> None:
    session_id = stall.show(5)
    buyer.put_in_cart(stall.listing, 4)
    buyer.order_cart(stall.seller)
    told = stall.host.ask(f"/live/{session_id}/pins/A1/allotment", packs=7)
    assert (told.status, told.body["code"]) == (409, "out_of_stock")
    stall.host.do(session_id, "pins/A1/allotment", packs=6)
    assert (stall.left_in_show(session_id), stall.left_in_shop()) == (6, 0)


def test_a_smaller_allotment_returns_packs_to_the_web(stall: Stall) -> None:
    session_id = stall.show(8)
    stall.host.do(session_id, "pins/A1/allotment", packs=3)
    assert (stall.left_in_show(session_id), stall.left_in_shop()) == (3, ALL_PACKS - 3)


def test_a_cancelled_order_gives_its_stock_back(stall: Stall, buyer: Buyer) -> None:
    buyer.put_in_cart(stall.listing, 4)
    code = buyer.order_cart(stall.seller)["code"]
    assert buyer.send(f"/orders/{code}/cancel")["state"] == "cancelled"
    assert stall.left_in_shop() == ALL_PACKS


def test_an_order_is_its_buyers_and_its_links_alone(stall: Stall, buyer: Buyer) -> None:
    buyer.put_in_cart(stall.listing)
    order = buyer.order_cart(stall.seller)
    path = f"/api/v1/orders/{order['code']}"
    key = order["url"].partition("?k=")[2]
    assert stall.door.ask("GET", path, None, "").status == 404
    assert stall.door.ask("GET", path, None, arrive(stall.door).token).status == 404
    assert stall.door.ask("GET", f"{path}?k={key}", None, "").body["code"] == order["code"]


def test_the_same_order_sent_twice_is_one_order(stall: Stall, buyer: Buyer) -> None:
    buyer.put_in_cart(stall.listing, 2)
    told = [buyer.send("/cart/orders", **wish(stall, client_id="sent-twice")) for _ in range(2)]
    assert told[0] == told[1]
    assert stall.left_in_shop() == ALL_PACKS - 2
    other = wish(stall, client_id="sent-twice", name="Lan")
    assert buyer.refused("/cart/orders", **other) == "client_id_conflict"
