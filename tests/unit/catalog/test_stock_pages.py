"""The desk's pages for goods as somebody at the scales gets them: what is refused is said in their words."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalog import stock
from catalog.models import Lot
from core import clock
from core.db import db, write
from core.ids import new_id
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import bearer, make_login, make_seller


class Desk:
    """A packer of a cooperative with ten kilos of tea."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.client = app, client
        with app.app_context():
            self.seller, self.tea, self.token = write(self._made)

    @staticmethod
    def _made(session: Session) -> tuple[str, str, str]:
        seller = make_seller(session)
        token, _login = make_login(session, roles={seller: "packer"})
        tea = make_product(session, seller, on_hand=10_000, kind="che_moc_cau")
        return seller, tea, token

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(f"/console/{self.seller}{path}", headers=self._headers)
        assert answer.status_code == status
        return answer.get_data(as_text=True)

    def post(self, path: str, form: Mapping[str, str]) -> TestResponse:
        whole = {"client_id": new_id(), **form}
        url = f"/console/{self.seller}{path}"
        return self.client.post(url, data=whole, headers=self._headers)

    def harvest(self, **changes: str) -> TestResponse:
        form = {"product": self.tea, "quantity": "2,5", "unit": "kg"}
        today = clock.today().isoformat()
        return self.post("/lots/new", {**form, "harvested_on": today, **changes})

    @property
    def _headers(self) -> dict[str, str]:
        return bearer(self.token)

    def lot(self) -> str:
        with self.app.app_context():
            query = select(Lot.id).where(Lot.product_id == self.tea).order_by(Lot.code)
            return db.session.scalars(query).first() or ""

    def lots(self) -> int:
        with self.app.app_context():
            return len(db.session.scalars(select(Lot.id)).all())

    def row(self) -> str:
        with self.app.app_context():
            return stock_id_of(db.session(), self.tea)

    def on_hand(self) -> int:
        with self.app.app_context():
            return stock.levels(db.session(), [self.tea])[self.tea].on_hand


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> Desk:
    return Desk(app, client)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quantity": "0"}, "Số lượng chưa đúng"),
        ({"quantity": "-2"}, "Số lượng chưa đúng"),
        ({"quantity": "999999999999"}, "Số lượng lớn quá"),
        ({"quantity": "nhiều"}, "Chưa đọc được số lượng"),
        ({"quantity": "2", "unit": "thúng"}, "chưa có đơn vị"),
        ({"harvested_on": "2026-02-30"}, "Không có ngày này trong lịch (ngày thu)"),
        ({"best_before": "31/11/2026"}, "Không có ngày này trong lịch (hạn dùng)"),
        ({"quantity": "1e400"}, "Chưa đọc được số lượng"),
        ({"quantity": "", "harvested_on": ""}, "“số lượng” và “ngày thu” chưa đúng"),
        ({"harvested_on": "2030-01-01"}, "không thể sau hôm nay"),
        ({"best_before": "2020-01-01"}, "Hạn dùng phải từ ngày thu hoạch"),
        ({"interval_days": "7"}, "cần có ngày phun thuốc"),
        ({"interval_days": "1e3"}, "Thời gian cách ly"),
        ({"sprayed_on": "2020-01-01"}, "Đã ghi ngày phun thuốc thì cần số ngày cách ly"),
        ({"sprayed_on": "2030-01-01", "interval_days": "7"}, "Ngày phun thuốc phải trước"),
    ],
)
def test_a_harvest_that_cannot_be_is_told_with_what_was_typed(
    desk: Desk, changes: dict[str, str], said: str
) -> None:
    answer = desk.harvest(grade="búp non", **changes)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in page
    assert 'value="búp non"' in page, "what was typed is still there"
    assert desk.lots() == 1


def test_a_lot_of_which_nobody_knows_how_long_it_keeps_is_asked_for_its_last_day(
    desk: Desk,
) -> None:
    with desk.app.app_context():
        thing = write(lambda session: make_product(session, desk.seller, name="Của lạ"))
    refused = desk.harvest(product=thing)
    assert refused.status_code == 400
    assert "để được bao lâu" in refused.get_data(as_text=True)
    day = (clock.today() + timedelta(days=9)).isoformat()
    assert desk.harvest(product=thing, best_before=day).status_code == 303


def test_the_form_says_how_long_the_chosen_product_keeps(desk: Desk) -> None:
    assert 'data-keeps="365"' in desk.get("/lots/new")


def test_half_a_piece_is_no_amount(desk: Desk) -> None:
    with desk.app.app_context():
        eggs = write(lambda session: make_product(session, desk.seller, base_unit="piece"))
    page = desk.harvest(product=eggs, quantity="0,5", unit="cái").get_data(as_text=True)
    assert "không chia nhỏ được" in page


def test_a_harvest_sent_twice_is_one_lot(desk: Desk) -> None:
    once, again = (desk.harvest(client_id="the-same-harvest") for _ in range(2))
    assert once.location == again.location
    assert desk.lots() == 2


def test_a_lot_inside_its_interval_says_when_and_cannot_be_opened(desk: Desk) -> None:
    today = clock.today().isoformat()
    path = desk.harvest(sprayed_on=today, interval_days="7").location.partition(desk.seller)[2]
    page = desk.get(path)
    assert "bán được từ" in page
    assert f"{path}/release" not in page
    refused = desk.post(f"{path}/release", {"reason": "vội"})
    assert refused.status_code == 409
    assert "cách ly" in refused.get_data(as_text=True)


def test_spoiling_more_than_lies_there_is_told_in_kilos(desk: Desk) -> None:
    form = {"stock": desk.row(), "quantity": "11", "unit": "kg", "reason": "mốc"}
    answer = desk.post(f"/lots/{desk.lot()}/spoil", form)
    assert answer.status_code == 409
    assert "chỉ còn 10 kg" in answer.get_data(as_text=True)
    assert desk.on_hand() == 10_000


def test_a_count_below_what_is_promised_is_kept_and_the_page_says_how_much_is_short(
    desk: Desk,
) -> None:
    with desk.app.app_context():
        write(lambda session: keep(session, desk.tea, 8000))
    form = {"stock": desk.row(), "quantity": "7", "unit": "kg", "reason": "cân lại"}
    assert desk.post(f"/lots/{desk.lot()}/correct", form).status_code == 303
    assert desk.on_hand() == 7000
    assert "Thiếu 1 kg" in desk.get("/stock")
    assert "thiếu 1 kg" in desk.get(f"/lots/{desk.lot()}")


def test_nothing_may_be_counted_too(desk: Desk) -> None:
    form = {"stock": desk.row(), "quantity": "0", "unit": "kg", "reason": "hết sạch"}
    assert desk.post(f"/lots/{desk.lot()}/correct", form).status_code == 303
    assert desk.on_hand() == 0


def test_a_count_below_nothing_is_refused_in_plain_words(desk: Desk) -> None:
    form = {"stock": desk.row(), "quantity": "-2", "unit": "kg", "reason": "gõ nhầm"}
    answer = desk.post(f"/lots/{desk.lot()}/correct", form)
    assert answer.status_code == 400
    assert "Hết sạch thì ghi 0" in answer.get_data(as_text=True)


def test_a_packer_moves_goods_but_recalls_nothing(desk: Desk) -> None:
    page = desk.get(f"/lots/{desk.lot()}")
    assert f"/lots/{desk.lot()}/transfer" in page
    assert "/recall/" not in page


def test_the_worker_names_the_files_of_this_build(desk: Desk) -> None:
    answer = desk.client.get("/console/worker.js")
    script = answer.get_data(as_text=True)
    assert answer.mimetype == "text/javascript"
    for name in ("catalog/count-", "catalog/stall-", "core/app-", "core/icons-"):
        assert f"/static/dist/{name}" in script
    assert "importScripts" in script


def test_goods_of_a_lot_the_book_says_is_gone_can_be_counted(desk: Desk) -> None:
    lot = desk.lot()
    form = {"stock": desk.row(), "unit": "kg", "reason": "hết", "quantity": "0"}
    desk.post(f"/lots/{lot}/correct", form)
    page = desk.get("/stock/count")
    assert f'data-lot="{lot}"' in page
    assert 'data-book="0"' in page


def test_the_count_page_shows_the_book_of_the_chosen_point_only(desk: Desk) -> None:
    with desk.app.app_context():
        stall = write(lambda session: stock.open_point(session, desk.seller, "stall", "Chợ Đồn"))
    assert f'data-lot="{desk.lot()}"' in desk.get("/stock/count")
    assert "data-lot=" not in desk.get(f"/stock/count?point={stall}")
    desk.get("/stock/count?point=nothing", 404)


def test_a_lot_counted_away_by_mistake_is_counted_back(desk: Desk) -> None:
    lot, form = desk.lot(), {"stock": desk.row(), "unit": "kg", "reason": "gõ nhầm"}
    desk.post(f"/lots/{lot}/correct", {**form, "quantity": "0"})
    assert f"/lots/{lot}/correct" in desk.get(f"/lots/{lot}")
    assert form["stock"] in desk.get(f"/lots/{lot}/correct")
    assert desk.post(f"/lots/{lot}/correct", {**form, "quantity": "9,5"}).status_code == 303
    assert "9,5 kg" in desk.get(f"/lots/{lot}")


def test_a_lot_with_nothing_left_is_called_so_in_the_list_and_on_its_page(desk: Desk) -> None:
    lot = desk.lot()
    form = {"stock": desk.row(), "quantity": "10", "unit": "kg", "reason": "mốc"}
    desk.post(f"/lots/{lot}/spoil", form)
    tag = '<span class="tag">Đã hết</span>'
    assert tag in desk.get("/lots")
    page = desk.get(f"/lots/{lot}")
    assert tag in page
    assert "Bán được" not in page


def test_spoiling_what_somebody_else_just_spoiled_is_told_as_nothing_left(desk: Desk) -> None:
    lot = desk.lot()
    form = {"stock": desk.row(), "quantity": "10", "unit": "kg", "reason": "mốc"}
    desk.post(f"/lots/{lot}/spoil", form)
    answer = desk.post(f"/lots/{lot}/spoil", form)
    assert answer.status_code == 409
    assert "Không đủ" in answer.get_data(as_text=True)
