"""Tables over HTTP: sent, looked at, written down once, taken away; and whatever is no table refused."""

from collections.abc import Callable, Mapping
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from catalog import listings
from catalog.imports.columns import Kind
from core.db import db
from core.tables import reading
from tests.factories.identity import make_login
from tests.flows.examples_shop import client_id
from tests.flows.files_of import PRICES
from tests.flows.market import Market
from tests.support.stall import Stall
from tests.unit.catalog.imports.workbooks import excel, windows_1258, with_part

DAY_MS = 86_400_000
LOTS = "Sản phẩm;Ngày thu hoạch;Số lượng\nChè móc câu Tân Cương;20/11/2026;3 kg\n"


def send(market: Market, kind: Kind, raw: bytes, role: str = "staff_a") -> TestResponse:
    """Send a file as a browser does."""
    form = {"client_id": client_id(), "kind": str(kind), "file": (BytesIO(raw), "bảng giá.csv")}
    return market.ask(role, "POST", f"/console/{market.ids['seller']}/files", data=form)


def seen(market: Market, path: str, role: str = "staff_a") -> str:
    """A page's words."""
    answer = market.ask(role, "GET", path)
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


def test_a_file_is_looked_at_and_then_written_down(market: Market) -> None:
    place = send(market, Kind.LISTINGS, PRICES.encode("utf-16")).location
    page = seen(market, place)
    assert "bảng giá.csv" in page
    assert "Thêm sản phẩm mới, bán gói 200 g giá 45.000 đ" in page
    form = {"client_id": client_id(), "row": ["2", "3"]}
    done = market.ask("staff_a", "POST", place, data=form)
    assert "Tới giờ file này đã ghi 2 dòng" in seen(market, done.location)
    assert "Mọi dòng đều đúng như trong sổ rồi" in seen(market, place)
    assert market.problems() == []


def test_an_old_windows_file_with_swapped_columns_is_read(market: Market) -> None:
    table = "Giá;Quy cách;Đơn vị;Tên hàng\n45k;200 g;gói;Chè vằng rừng\n"
    place = send(market, Kind.LISTINGS, windows_1258(table)).location
    assert "Chè vằng rừng · gói 200 g" in seen(market, place)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"<html><table></table></html>", "trang web (HTML)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel đời cũ"),
        (b"%PDF-1.4", "không phải bảng tính"),
        (b"Ch\xac;1\nS\xb6n;2", "bảng mã chữ Việt"),
        (b"PK\x03\x04", "không đọc được"),
        (b"", "Chưa có file nào"),
        ("Tên;Quy cách\nChè;200 g".encode(), "Thiếu cột: Giá"),
        (b"1;2\n3;4", "Không thấy dòng tiêu đề"),
        ("Tên;Giá\n".encode(), "chưa có dòng hàng nào"),
    ],
)
def test_what_is_no_table_is_refused_in_words(market: Market, raw: bytes, words: str) -> None:
    before = market.digest()
    answer = send(market, Kind.LISTINGS, raw)
    assert (answer.status_code, market.digest()) == (400, before)
    assert words in unescape(answer.text)


def test_a_bomb_and_a_file_too_large_are_refused(market: Market) -> None:
    before = market.digest()
    bomb = with_part(excel(("Tên", "Giá")), "xl/media/big.bin", bytes(9 * 1024 * 1024))
    assert send(market, Kind.LISTINGS, bomb).status_code == 400
    for size in (reading.MOST_BYTES + 1, 3 * reading.MOST_BYTES):
        assert send(market, Kind.LISTINGS, b"x" * size).status_code == 413
    assert market.digest() == before


def test_a_large_file_is_none_of_a_strangers_business(market: Market) -> None:
    for role in ("guest", "stranger", "buyer", "other", "staff_b"):
        assert send(market, Kind.LISTINGS, b"x" * 200_000, role).status_code in {401, 404}


def test_two_files_at_once_are_refused(market: Market) -> None:
    files = [(BytesIO(b"a;b"), "a.csv"), (BytesIO(b"a;b"), "b.csv")]
    form = {"client_id": client_id(), "kind": "listings", "file": files}
    answer = market.ask("staff_a", "POST", f"/console/{market.ids['seller']}/files", data=form)
    assert answer.status_code == 400


def test_another_file_under_the_same_id_is_a_conflict(market: Market) -> None:
    path, one_id = f"/console/{market.ids['seller']}/files", client_id()
    form = {"client_id": one_id, "kind": "listings", "pasted": PRICES}
    first = market.ask("staff_a", "POST", path, data=form)
    assert market.ask("staff_a", "POST", path, data=form).location == first.location
    other = market.ask("staff_a", "POST", path, data={**form, "pasted": PRICES + "x"})
    assert other.status_code == 409


def test_a_file_is_gone_after_a_day(market: Market) -> None:
    place = f"/console/{market.ids['seller']}/imports/{market.ids['import_id']}"
    market.time.advance(DAY_MS)
    assert market.ask("staff_a", "GET", place).status_code == 200
    market.time.advance(1)
    assert market.ask("staff_a", "GET", place).status_code == 404
    form = {"client_id": client_id(), "row": "2"}
    assert market.ask("staff_a", "POST", place, data=form).status_code == 404


def test_a_row_that_turned_wrong_meanwhile_stops_the_others(market: Market) -> None:
    place = send(market, Kind.LOTS, LOTS.encode()).location
    market.change(lambda session: session.execute(text("UPDATE products SET base_unit = 'piece'")))
    before = market.digest()
    answer = market.ask("staff_a", "POST", place, data={"client_id": client_id(), "row": "2"})
    assert (answer.status_code, market.digest()) == (409, before)
    assert "Chưa ghi dòng nào: dòng 2 không ghi được" in unescape(answer.text)


@pytest.fixture
def packer(market: Market) -> Callable[[str, str, Mapping[str, object]], TestResponse]:
    """What a packer of seller A gets."""
    roles = {market.ids["seller"]: "packer"}
    token = market.change(lambda session: make_login(session, roles=roles)[0])
    headers = {"Authorization": f"Bearer {token}", "Origin": market.origin}

    def ask(method: str, path: str, form: Mapping[str, object]) -> TestResponse:
        return market.client().open(path, method=method, data=form, headers=headers)

    return ask


def test_a_packer_counts_and_sets_no_prices(
    market: Market, packer: Callable[[str, str, Mapping[str, object]], TestResponse]
) -> None:
    path = f"/console/{market.ids['seller']}/files"
    prices = {"client_id": client_id(), "kind": "listings", "pasted": PRICES}
    assert packer("POST", path, prices).status_code == 404
    place = f"/console/{market.ids['seller']}/imports/{market.ids['import_id']}"
    assert packer("POST", place, {"client_id": client_id(), "row": "2"}).status_code == 404
    counts = {"client_id": client_id(), "kind": "stock", "pasted": "Tên\tĐếm được\nChè vằng\t3 kg"}
    assert packer("POST", path, counts).status_code == 303


@pytest.mark.parametrize("what", ["listings", "lots", "stock", "movements"])
@pytest.mark.parametrize("packed", ["csv", "xlsx"])
def test_every_table_can_be_taken_away(market: Market, what: str, packed: str) -> None:
    path = f"/console/{market.ids['seller']}/files/export?what={what}&as={packed}"
    answer = market.ask("staff_a", "GET", path)
    assert answer.status_code == 200
    assert f".{packed}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    (table,) = reading.read(answer.data)
    assert len(table.rows) > 1


@pytest.mark.parametrize("kind", Kind)
def test_a_template_is_a_header_and_a_page_of_help(market: Market, kind: Kind) -> None:
    path = f"/console/{market.ids['seller']}/files/template?what={kind}"
    table, helps = reading.read(market.ask("staff_a", "GET", path).data)
    assert len(table.rows) == 1
    assert [row[0].text for row in helps.rows[1:]] == [cell.text for cell in table.rows[0]]


def test_the_printed_sheet_leads_to_the_phones_count(market: Market) -> None:
    path = f"/console/{market.ids['seller']}/files/sheet"
    page = seen(market, path)
    assert "<svg" in page
    assert "Sổ ghi" not in page
    assert "Sổ ghi" in seen(market, path + "?book=1")
    foreign = market.ask("staff_a", "GET", f"{path}?point={market.ids['foreign_seller']}")
    assert foreign.status_code == 404


@pytest.fixture
def door(stall: Stall) -> FlaskClient:
    """The stall's owner at the desk, on SQLite and on PostgreSQL."""
    client = stall.app.test_client(use_cookies=False)
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {stall.host.token}"
    client.environ_base["HTTP_ORIGIN"] = str(stall.app.config["SETTINGS"].public_url)
    return client


def test_a_file_written_down_twice_counts_once(stall: Stall, door: FlaskClient) -> None:
    for table, kind in ((PRICES, "listings"), (LOTS, "lots")):
        for _again in range(2):
            form = {"client_id": client_id(), "kind": kind, "pasted": table}
            place = door.post(f"/console/{stall.seller}/files", data=form).location
            rows = {"client_id": client_id(), "row": "2"}
            assert door.post(place, data=rows).status_code == 303
    with stall.app.app_context():
        offered = listings.of_seller(db.session(), stall.seller)
        lots = db.session.scalar(
            text("SELECT count(*) FROM lots WHERE seller_id = :s AND origin = 'harvest'"),
            {"s": stall.seller},
        )
    assert sorted(one.name for one in offered) == ["Chè móc câu Tân Cương", "Chè vằng"]
    assert lots == 1
