"""The price board, the steps of a listing and the market's prices, as browsers see them without a script."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalog import listings, market_prices
from catalog.lots import record
from catalog.lots.record import NewHarvest
from catalog.market_prices import NewEntry, SoldLine
from core import clock
from core.clock import FixedClock
from core.db import db, write
from core.ids import new_id
from tests.factories.catalog import HOUR_MS, make_listing, make_product
from tests.factories.identity import bearer, make_login, make_seller


@dataclass
class Desk:
    """A seller's desk: `ask` and `send` speak as its owner."""

    client: FlaskClient
    seller: str
    listing: str
    token: str

    @property
    def goods(self) -> str:
        return f"/console/{self.seller}/goods"

    def ask(self, path: str) -> str:
        answer = self.client.get(path, headers=bearer(self.token))
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path: str, **form: object) -> TestResponse:
        headers = {**bearer(self.token), "Origin": "http://localhost"}
        body = {"client_id": new_id(), **form}
        return self.client.post(path, data=body, headers=headers, follow_redirects=True)


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> Desk:
    """A seller's owner with ten packs of tea on sale."""

    def make(session: Session) -> tuple[str, str, str]:
        seller_id = make_seller(session)
        token, _ = make_login(session, roles={seller_id: "owner"})
        return seller_id, make_listing(session, seller_id), token

    with app.app_context():
        return Desk(client, *write(make))


def price_of(desk: Desk) -> int:
    with desk.client.application.app_context():
        return listings.get(db.session(), desk.listing).price_vnd


def test_a_price_is_changed_and_taken_back(desk: Desk) -> None:
    page = desk.send(f"{desk.goods}/{desk.listing}/price", price="70k").text
    assert ("Giá mới 70.000 đ" in page, price_of(desk)) == (True, 70_000)
    undo = re.search(r'action="([^"]*/undo)"', page)
    assert undo is not None
    assert "Đã trả lại như trước" in desk.send(undo[1]).text
    assert price_of(desk) == 65_000


def test_great_numbers_of_packs_have_their_dots(app: Flask, desk: Desk) -> None:
    with app.app_context():
        write(lambda session: make_listing(session, desk.seller, on_hand=31_665 * 200))
    assert "còn 31.665<" in desk.ask(desk.goods)


def test_a_price_nobody_can_read_is_told_beside_it_with_what_was_typed(desk: Desk) -> None:
    answer = desk.send(f"{desk.goods}/{desk.listing}/price", price="1.250k")
    assert answer.status_code == 400
    assert 'value="1.250k"' in answer.text
    assert "Số tiền chưa đúng" in answer.text
    assert price_of(desk) == 65_000


def test_a_price_waits_for_its_hour(desk: Desk, time_at: FixedClock) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    when = {"from_day": tomorrow, "from_time": "06:00"}
    page = desk.send(f"{desk.goods}/{desk.listing}/price", price="70k", **when).text
    assert ("70.000 đ từ 06:00" in page, price_of(desk)) == (True, 65_000)
    time_at.advance(48 * HOUR_MS)
    assert price_of(desk) == 70_000


@pytest.mark.parametrize(
    "when",
    [{"from_day": "2026-02-30"}, {"from_time": "25:00"}, {"from_day": "2020-01-01"}],
)
def test_a_day_that_cannot_be_is_refused(desk: Desk, when: dict[str, str]) -> None:
    answer = desk.send(f"{desk.goods}/{desk.listing}/price", price="70k", **when)
    assert (answer.status_code, price_of(desk)) == (400, 65_000)


def test_hidden_goods_leave_the_shop_and_come_back(desk: Desk) -> None:
    assert "Đã cất" in desk.send(f"{desk.goods}/{desk.listing}/hide").text
    assert "tạm nghỉ bán" in desk.ask(f"/products/{desk.listing}")
    assert "Đang bày bán" in desk.send(f"{desk.goods}/{desk.listing}/show").text


@pytest.mark.parametrize("mode", ["estimate_then_settle", "weigh_then_pay"])
def test_selling_by_the_scales_is_chosen_on_the_listings_page(desk: Desk, mode: str) -> None:
    here = f"{desk.goods}/{desk.listing}"
    assert f'value="{mode}"' in desk.ask(here)
    fields = {"name": "Thịt trâu", "kind": "", "unit_word": "kg", "mode": mode}
    assert "Đã lưu" in desk.send(here, **fields).text
    assert "Giá tính theo cân thực tế" in desk.ask(f"/products/{desk.listing}")


def test_a_packer_sees_prices_and_changes_none(desk: Desk, app: Flask) -> None:
    with app.app_context():
        token, _ = write(lambda session: make_login(session, roles={desk.seller: "packer"}))
    packer = Desk(desk.client, desk.seller, desk.listing, token)
    assert "/price" not in packer.ask(packer.goods)
    assert packer.send(f"{packer.goods}/{packer.listing}/price", price="1k").status_code == 404


def test_goods_near_their_day_bring_a_proposal_taken_with_one_tap(desk: Desk, app: Flask) -> None:
    desk.send(f"{desk.goods}/{desk.listing}/freshness", days="7", percent="20")
    with app.app_context():
        write(lambda session: bring_in(session, desk))
    page = desk.ask(desk.goods)
    assert "còn 5 ngày: gợi ý 52.000 đ" in page
    assert price_of(desk) == 65_000
    taken = desk.send(f"{desk.goods}/{desk.listing}/price", price="52000").text
    assert ("gợi ý" in taken, price_of(desk)) == (False, 52_000)


def bring_in(session: Session, desk: Desk) -> None:
    """A harvest that is best for five days more."""
    product_id = listings.get(session, desk.listing).product_id
    best_before = clock.today() + timedelta(days=5)
    harvest = NewHarvest(product_id, 1000, clock.today(), best_before=best_before)
    record.record(session, desk.seller, harvest, "p:test")


def test_a_thing_is_listed_in_four_steps(desk: Desk) -> None:
    first = desk.send(f"/console/{desk.seller}/drafts")
    draft = first.request.path
    desk.send(f"{draft}?step=2", name="Na dai", kind="na", base_unit="g")
    pack = {"unit_word": "kg", "pack": "0,5", "pack_unit": "kg", "price": "30k"}
    last = desk.send(f"{draft}?step=3", **pack).text
    assert "60.000 đ" in last
    page = desk.send(f"{draft}/sell", quantity="2", quantity_unit="yến").text
    for words in ("Na dai", "kg 500 g", "còn 40", "Đang bày bán"):
        assert words in page


def test_a_fault_leads_back_to_its_step_and_nothing_typed_is_lost(desk: Desk) -> None:
    draft = desk.send(f"/console/{desk.seller}/drafts").request.path
    desk.send(f"{draft}?step=2", name="Na dai")
    desk.send(f"{draft}?step=3", unit_word="kg", pack="0", pack_unit="kg", price="30k")
    answer = desk.send(f"{draft}/sell", quantity="2", quantity_unit="yến")
    assert answer.status_code == 422
    assert "Gói và giá" in answer.text
    assert 'value="30k"' in answer.text
    assert 'value="2"' in desk.ask(f"{draft}?step=4")


def test_what_is_typed_is_kept_and_the_price_per_kilo_told(desk: Desk) -> None:
    draft = desk.send(f"/console/{desk.seller}/drafts").request.path
    typed = {"name": "Chè móc câu", "pack": "2", "pack_unit": "lạng", "price": "65k"}
    headers = {**bearer(desk.token), "Origin": "http://localhost"}
    told = desk.client.post(f"{draft}/typed", data=typed, headers=headers).text
    assert "325.000 đ" in told
    assert "Chè móc câu" in desk.ask(desk.goods)


def test_the_page_of_a_listing_says_whose_hand_set_which_price(desk: Desk) -> None:
    desk.send(f"{desk.goods}/{desk.listing}/price", price="70k")
    page = desk.ask(f"{desk.goods}/{desk.listing}")
    assert "70.000 đ</dt>" in page
    assert "· Hoa" in page


def test_a_product_gets_words_and_packs_of_its_own(desk: Desk) -> None:
    page = desk.send(f"{desk.goods}/{desk.listing}/units", word="bó", size="3", size_unit="lạng")
    assert "1 bó = <b>300 g</b>" in page.text
    pack = {"unit_word": "hộp", "pack": "2", "pack_unit": "bó", "price": "150k"}
    assert "hộp 600 g" in desk.send(f"{desk.goods}/{desk.listing}/packs", **pack).text
    refused = desk.send(f"{desk.goods}/{desk.listing}/units", word="sọt", size="0", size_unit="kg")
    assert refused.status_code == 400
    assert 'value="sọt"' in refused.text


def test_a_pack_of_another_size_takes_the_place_of_the_old_one(desk: Desk, app: Flask) -> None:
    pack = {"unit_word": "hộp", "pack": "500", "pack_unit": "g", "price": "150k", "instead": "1"}
    page = desk.send(f"{desk.goods}/{desk.listing}/packs", **pack).text
    assert "hộp 500 g" in page
    assert "gói 200 g · đã cất" in " ".join(page.split())
    with app.app_context():
        assert not listings.get(db.session(), desk.listing).on_sale


def test_an_open_page_asks_and_is_told_only_of_news(desk: Desk) -> None:
    path = f"/products/{desk.listing}/state"
    first = desk.client.get(path)
    assert first.get_json() == {"on_sale": True, "price_vnd": 65_000}
    again = {"If-None-Match": first.headers["ETag"]}
    assert desk.client.get(path, headers=again).status_code == 304
    desk.send(f"{desk.goods}/{desk.listing}/price", price="70k")
    assert desk.client.get(path, headers=again).get_json()["price_vnd"] == 70_000


def sell_tea(session: Session) -> None:
    """Three lines of three sellers, and an entry of an officer."""
    for number, price_vnd in enumerate((60_000, 62_000, 70_000)):
        product_id = make_product(session, kind="che_moc_cau")
        listing_id = make_listing(session, product_id=product_id)
        market_prices.note_sales(session, [SoldLine(f"l{number}", listing_id, price_vnd, 200)])
    entry = NewEntry("che_tuoi", "", 32_000, clock.today(), "Chợ Tân Cương")
    market_prices.add_entry(session, entry, "p:officer")


def test_everybody_reads_the_weeks_prices(desk: Desk, app: Flask) -> None:
    with app.app_context():
        write(sell_tea)
    page = desk.client.get("/market").text
    for words in ("310.000 đ", "Chè móc câu", "Chè tươi", "32.000 đ", "Chợ Tân Cương"):
        assert words in page
    assert "Tuần này chưa có giá" in desk.client.get("/market?week=2026-W01").text
    assert desk.client.get("/market?week=nonsense").status_code == 200
