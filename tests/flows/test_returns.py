"""Goods that come back over the counter: they wait, are looked at, and go on sale or off the books."""

import html
from collections.abc import Mapping

from werkzeug.test import TestResponse

from catalog import stock
from catalog.lots import facts
from catalog.lots.facts import LotFacts
from core.db import db
from tests.flows.examples_returns import brought_back, graded
from tests.flows.market import Market


def lot(market: Market, lot_id: str) -> LotFacts:
    with market.app.app_context():
        return facts.get(db.session(), market.ids["seller"], lot_id)


def on_hand(market: Market) -> int:
    with market.app.app_context():
        return stock.levels(db.session(), [market.ids["leaf"]])[market.ids["leaf"]].on_hand


def send(market: Market, place: str, form: Mapping[str, object]) -> TestResponse:
    return market.ask("staff_a", "POST", f"/console/{market.ids['seller']}/{place}", data=form)


def page(market: Market, place: str) -> str:
    told = market.ask("staff_a", "GET", f"/console/{market.ids['seller']}/{place}")
    return html.unescape(told.text)


def test_what_came_back_waits_and_is_not_for_sale(market: Market) -> None:
    before = on_hand(market)
    answer = send(market, "returns/new", brought_back(market))
    back = lot(market, answer.headers["Location"].rpartition("/")[2])
    assert (back.state, back.quantity, back.notes) == ("quarantine", 200, "CP12")
    assert on_hand(market) == before
    assert back.code in page(market, "returns")
    assert "lô khách trả chờ xem" in page(market, "stock")
    assert market.problems() == []


def test_a_lot_is_found_by_the_label_and_goods_that_never_left_are_not_offered(
    market: Market,
) -> None:
    sold, kept = lot(market, market.ids["sold_lot"]), lot(market, market.ids["lot"])
    assert f'value="{sold.id}"' in page(market, f"returns/new?code={sold.code.lower()}")
    assert f"Không có lô {kept.code}" in page(market, f"returns/new?code={kept.code}")


def test_more_than_is_out_is_refused_in_the_words_of_the_scales(market: Market) -> None:
    form = {**brought_back(market), "quantity": "0,6"}
    answer = send(market, "returns/new", form)
    assert answer.status_code == 409
    assert "Sổ chỉ ghi 500 g của lô này đang ở ngoài." in html.unescape(answer.text)
    assert 'value="0,6"' in answer.text


def test_a_look_sells_a_part_again_writes_one_off_and_leaves_the_rest(market: Market) -> None:
    before = on_hand(market)
    back = market.ids["returned_lot"]
    answer = send(market, f"lots/{back}/grade", graded(market))
    good = lot(market, answer.headers["Location"].rpartition("/")[2])
    assert (good.state, good.quantity, lot(market, back).quantity) == ("available", 200, 200)
    assert on_hand(market) == before + 200
    assert market.problems() == []


def test_goods_written_off_need_a_reason_and_keep_what_was_typed(market: Market) -> None:
    before = market.digest()
    form = {**graded(market), "reason": ""}
    answer = send(market, f"lots/{market.ids['returned_lot']}/grade", form)
    assert answer.status_code == 400
    assert "Có phần bỏ đi thì ghi một câu vì sao nhé." in html.unescape(answer.text)
    assert 'value="200 g"' in answer.text
    assert market.digest() == before


def test_a_return_written_down_by_mistake_is_taken_out_again(market: Market) -> None:
    back = market.ids["returned_lot"]
    send(market, f"lots/{back}/undo", {"client_id": "a-slip-of-the-pen", "reason": "ghi nhầm"})
    assert (lot(market, back).state, lot(market, back).quantity) == ("spent", 0)
    assert "đang ở ngoài 1 kg" in page(market, f"returns/new?lot={market.ids['sold_lot']}")
    assert market.problems() == []


def test_goods_of_a_blocked_lot_come_back_blocked(market: Market) -> None:
    sold = market.ids["sold_lot"]
    path = f"/console/{market.ids['seller']}/lots/{sold}/block"
    market.ask("staff_a", "POST", path, data={"client_id": "stop-this-lot", "reason": "nghi bẩn"})
    answer = send(market, "returns/new", brought_back(market))
    back = lot(market, answer.headers["Location"].rpartition("/")[2])
    assert (back.state, back.why) == ("blocked", "nghi bẩn")
    assert "/grade" not in page(market, f"lots/{back.id}")
