"""The desk's goods on a phone: a harvest at the scales, a stocktake and stall sales without a network.

The network is really gone: the wire to the server is cut and the browser is told so, and the pages are
loaded again from what the phone has kept. What was typed there is in the book once when it is back.
"""

import re

import pytest
import requests
from playwright.sync_api import Error as NothingThere
from playwright.sync_api import Page, expect

from tests.browser.desk import (
    COMES_BACK_MS,
    Desk,
    counted,
    expect_book,
    finish,
    kilos,
    lying,
    sell,
    stall_of,
)


def test_a_harvest_is_written_down_in_three_steps(desk: Desk) -> None:
    page, before = desk.page, desk.book("Chè đinh Tân Cương")
    page.goto(f"{desk.here}/lots/new")
    page.get_by_label("Sản phẩm").select_option(label="Chè đinh Tân Cương")
    forward(page)
    page.get_by_label("Số lượng").fill("2,5")
    page.get_by_label("Loại").fill("búp")
    page.reload()
    forward(page)
    expect(page.get_by_label("Số lượng")).to_have_value("2,5")
    forward(page)
    today = str(page.locator("[name=sprayed_on]").get_attribute("max"))
    page.get_by_label("Ngày phun").fill(today)
    page.get_by_label("Cách ly (ngày)").fill("7")
    expect(page.locator("[data-clear]")).to_contain_text("Bán được từ")
    page.get_by_role("button", name="Ghi vào sổ").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chè đinh Tân Cương · búp")
    expect(page.locator(".lot-much")).to_have_text("2,5 kg")
    expect(page.locator(".status")).to_contain_text("Đang cách ly thuốc")
    assert desk.book("Chè đinh Tân Cương") == before, "nothing of it is sold inside its interval"


def test_a_stocktake_without_network_is_in_the_book_once(desk: Desk) -> None:
    page, before = desk.page, desk.book("Chè ướp hoa sen")
    desk.open_kept("/stock/count")
    desk.cut()
    page.reload()
    expect(page.locator("[data-net]")).to_contain_text("Mất mạng")
    row = counted(page, "Chè ướp hoa sen")
    typed = kilos(lying(row) - 200)
    row.get_by_role("textbox").fill(typed)
    expect(row.locator("[data-read]")).to_contain_text("thiếu 200 g")
    page.reload()
    expect(counted(page, "Chè ướp hoa sen").get_by_role("textbox")).to_have_value(typed)
    finish(page)
    expect(page.locator("[data-unsent-list] li")).to_have_count(1)
    assert desk.book("Chè ướp hoa sen") == before
    page.reload()
    desk.mend()
    expect_book(desk, "Chè ướp hoa sen", before - 200)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.reload()
    assert kilos(lying(counted(page, "Chè ướp hoa sen"))) == typed


def test_a_count_whose_answer_was_lost_is_not_taken_twice(desk: Desk) -> None:
    page, before = desk.page, desk.book("Trà xanh túi lọc")
    desk.open_kept("/stock/count")
    row = counted(page, "Trà xanh túi lọc")
    row.get_by_role("textbox").fill(kilos(lying(row) - 1000))
    desk.wire.deaf = True
    finish(page)
    expect_book(desk, "Trà xanh túi lọc", before - 1000)
    expect(page.locator("[data-unsent-list] li")).to_have_count(1)
    desk.cut()
    desk.mend()
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=COMES_BACK_MS)
    assert desk.book("Trà xanh túi lọc") == before - 1000


def test_a_count_against_an_older_book_is_asked_about_in_words(desk: Desk) -> None:
    page = desk.page
    desk.open_kept("/stock/count")
    desk.cut()
    row = counted(page, "Chè nõn La Bằng")
    book, after = row.locator("[data-book-text]").inner_text(), lying(row) - 1200
    row.get_by_role("textbox").fill(kilos(after))
    finish(page)
    spoil_one_kilo(desk, str(row.get_attribute("data-lot")))
    desk.mend()
    question = page.locator("[data-unsent-list] li[data-state=asks]")
    expect(question).to_contain_text(f"Lúc bạn đếm, sổ ghi {book}", timeout=COMES_BACK_MS)
    page.reload()
    question.get_by_role("button", name="Tôi đếm sau đó").click()
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.reload()
    assert lying(counted(page, "Chè nõn La Bằng")) == after


def test_sales_at_a_stall_without_network_are_booked_once_and_a_clash_stays(desk: Desk) -> None:
    page, before = desk.page, desk.book("Bột trà xanh Tân Cương")
    desk.open_kept(stall_of(desk))
    desk.cut()
    page.reload()
    sell(page, "Bột trà xanh Tân Cương", "2")
    sell(page, "Bột trà xanh Tân Cương", "999")
    expect(page.locator("[data-unsent-list] li")).to_have_count(2)
    desk.mend()
    clash = page.locator("[data-unsent-list] li[data-state=refused]")
    expect(clash).to_contain_text(re.compile(r"Sổ ở đây chỉ còn \d+ hũ \("), timeout=COMES_BACK_MS)
    expect(page.locator("[data-unsent-list] li")).to_have_count(1)
    assert desk.book("Bột trà xanh Tân Cương") == before - 200
    page.reload()
    clash.get_by_role("button", name="Bỏ, không bán").click()
    clash.get_by_role("button", name="Bấm lần nữa").click()
    expect(page.locator("[data-unsent]")).to_be_hidden()


def test_who_may_not_see_the_desk_any_more_finds_no_copy_of_it(desk: Desk) -> None:
    page = desk.page
    desk.open_kept("/stock/count")
    page.context.clear_cookies()
    page.reload()
    expect(page.locator("[data-lot]")).to_have_count(0)
    desk.cut()
    with pytest.raises(NothingThere):
        page.reload()


def forward(page: Page) -> None:
    page.get_by_role("button", name="Tiếp").last.click()


def spoil_one_kilo(desk: Desk, lot: str) -> None:
    """Somebody else writes down that a kilo of a lot went bad, past the wire."""
    auth = {"Authorization": f"Bearer {desk.token}"}
    url = f"{desk.server.url}{desk.here[len(desk.server.environ['PUBLIC_URL']) :]}/lots/{lot}/spoil"
    page = requests.get(url, headers=auth, timeout=10).text
    row = re.search(r'name="stock" value="([^"]+)"', page)
    assert row
    body = {"client_id": "spoiled-meanwhile", "stock": row[1], "quantity": "1", "unit": "kg"}
    headers = {**auth, "Origin": desk.server.environ["PUBLIC_URL"]}
    answer = requests.post(
        url, {**body, "reason": "mốc"}, headers=headers, timeout=10, allow_redirects=False
    )
    assert answer.status_code == 303, answer.text


def test_goods_found_of_a_lot_the_book_says_is_gone_are_counted(desk: Desk) -> None:
    page, name = desk.page, "Chè tôm nõn Tân Cương"
    page.goto(f"{desk.here}/stock/count")
    before, lying_there = desk.book(name), lying(counted(page, name))
    counted(page, name).get_by_role("textbox").fill("0")
    finish(page)
    expect_book(desk, name, before - lying_there)
    page.reload()
    page.get_by_text("Thấy hàng của lô sổ ghi đã hết?").click()
    counted(page, name).get_by_role("textbox").fill(kilos(lying_there))
    finish(page)
    expect_book(desk, name, before)
