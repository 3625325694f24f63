"""Gifts, combos and coming harvests as people meet them: from the form to the page that answers."""

import pytest

from tests.flows.examples_offers import settled
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

RECIPIENT = "+84912000111"
GIFT = {"name": "Bà Lan", "phone": RECIPIENT, "note": "Chúc mẹ khỏe", "hide_prices": True}


def put_in_cart(market: Market, role: str, listing: str, packs: int) -> None:
    body = {"listing": market.ids[listing], "packs": packs, "client_id": client_id()}
    answer = market.ask(role, "POST", "/api/v1/cart/lines", json=body)
    assert answer.status_code == 200, answer.text


def order(market: Market, role: str, **more: object) -> dict[str, object]:
    """Order the cart of `role` with seller A, to be brought to the door."""
    body = {
        "client_id": client_id(),
        "seller": market.ids["seller"],
        "name": "Hoa",
        "delivery": {"way": "own_run", "address": "Số 5, xóm Đồng Lạnh"},
        **more,
    }
    answer = market.ask(role, "POST", "/api/v1/cart/orders", json=body)
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.get_json()
    return told


def page_of(market: Market, order: dict[str, object]) -> str:
    """The order's page as whoever holds the link sees it."""
    path = str(order["url"]).removeprefix(market.origin)
    return market.ask("guest", "GET", path).text


def bare(text: str) -> str:
    return "".join(letter for letter in text if letter not in " .-")


def test_a_gifts_recipient_is_called_by_the_seller_and_seen_by_nobody_else(market: Market) -> None:
    put_in_cart(market, "other", "third_listing", 1)
    placed = order(market, "other", gift=GIFT)
    page = page_of(market, placed)
    assert "Bà Lan" in page
    assert "Chúc mẹ khỏe" in page
    assert "0912000111" not in bare(page)
    assert RECIPIENT not in str(placed)
    assert RECIPIENT in market.ask("staff_a", "GET", "/console/orders").text
    assert RECIPIENT not in market.ask("staff_b", "GET", "/console/orders").text


def test_a_gift_by_the_form_shows_again_what_was_typed_when_it_is_refused(market: Market) -> None:
    put_in_cart(market, "other", "third_listing", 1)
    form = {
        "client_id": client_id(),
        "name": "Hoa",
        "way": "own_run",
        "address": "Xóm 3",
        "gift": "1",
        "gift_name": "Bà Lan",
        "gift_phone": "12",
    }
    path = f"/checkout/{market.ids['seller']}"
    refused = market.ask("other", "POST", path, data=form)
    assert refused.status_code == 400
    assert 'value="Bà Lan"' in refused.text
    again = {**form, "client_id": client_id(), "gift_phone": "0912 000 111"}
    assert market.ask("other", "POST", path, data=again).status_code == 303


def test_a_combo_is_ordered_as_one_line_with_its_parts(market: Market) -> None:
    put_in_cart(market, "other", "combo", 2)
    (line,) = order(market, "other")["lines"]  # type: ignore[misc]
    assert (line["packs"], [part["packs"] for part in line["parts"]]) == (2, [2, 2])


@pytest.mark.parametrize("listing", ["combo", "ahead_listing"])
def test_combos_and_harvests_to_come_are_no_pins(market: Market, listing: str) -> None:
    body = {"client_id": client_id(), "listing": market.ids[listing], "packs": 1}
    path = f"/api/v1/live/{market.ids['session_id']}/pins"
    answer = market.ask("staff_a", "POST", path, json={**body, "price_vnd": 90_000, "limit": 1})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not_for_live")


def test_a_short_harvest_reaches_the_orders_page_and_its_qr(market: Market) -> None:
    said = market.ask("guest", "GET", f"/products/{market.ids['ahead_listing']}").text
    assert "chia theo tỷ lệ" in said
    put_in_cart(market, "other", "ahead_listing", 8)
    placed = order(market, "other")
    assert (placed["goods_vnd"], placed["fee_vnd"]) == (520_000, 20_000)
    path = f"/console/{market.ids['seller']}/forecasts/{market.ids['forecast']}/settle"
    form = {**settled(market), "came": "1"}  # five packs of 200 g
    assert market.ask("staff_a", "POST", path, data=form).status_code == 303
    assert market.problems() == []
    now = market.ask("other", "GET", f"/api/v1/orders/{placed['code']}").get_json()
    assert (now["lines"][0]["packs"], now["lines"][0]["cut_packs"]) == (5, 3)
    assert (now["due_vnd"], now["lines"][0]["cut_vnd"]) == (345_000, 195_000)
    assert "Mẻ về thiếu" in page_of(market, placed)


def test_a_harvest_that_is_not_in_the_store_is_not_given_out(market: Market) -> None:
    put_in_cart(market, "other", "ahead_listing", 2)
    order(market, "other")
    path = f"/console/{market.ids['seller']}/forecasts/{market.ids['forecast']}/settle"
    answer = market.ask("staff_a", "POST", path, data={**settled(market), "receive": ""})
    assert answer.status_code == 409


def test_tiers_set_on_the_desk_are_what_the_cart_asks(market: Market) -> None:
    seller, listing = market.ids["seller"], market.ids["third_listing"]
    form = {"client_id": client_id(), "packs_1": "5", "price_1": "60k"}
    path = f"/console/{seller}/goods/{listing}/tiers"
    assert market.ask("staff_a", "POST", path, data=form).status_code == 303
    put_in_cart(market, "other", "third_listing", 5)
    assert order(market, "other")["goods_vnd"] == 300_000
