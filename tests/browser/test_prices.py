"""Prices on a phone: changed in two taps and seen where they are shown; a thing listed with a photo."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_check import check
from tests.browser.tour import STAFF_PHONE, sign_in
from tests.support import photographs
from tests.support.server import Server


def open_board(page: Page) -> None:
    sign_in(page)
    page.goto("/console")
    page.get_by_role("link", name="Món bán").first.click()
    expect(page.get_by_role("heading", name="Món bán")).to_be_visible()


def start_show(page: Page) -> tuple[str, str]:
    """Open a show at the shop's own price of its first listing; the room's address and that listing."""
    page.goto("/console/sessions/new")
    page.get_by_label("Tên phiên").fill("Phiên đổi giá")
    listing = page.locator("[name=listing_1]").input_value()
    page.get_by_role("button", name="Xong, tới màn hình phiên").locator("visible=true").click()
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.locator("[data-host-left]")).to_be_visible()
    found = re.search(r"/host/([a-z0-9]+)", page.url)
    assert found, page.url
    return f"/live/{found[1]}", listing


def test_a_price_changed_in_two_taps_reaches_an_open_page_and_a_live_pin(
    open_page: OpenPage, market: Server
) -> None:
    seller, reader, viewer = open_page(), open_page(), open_page()
    sign_in(seller)
    room, listing = start_show(seller)
    reader.goto(f"/products/{listing}")
    viewer.goto(room)
    seller.goto("/console")
    seller.get_by_role("link", name="Món bán").first.click()

    row = seller.locator(f"#l-{listing}")
    row.locator("summary").first.tap()
    expect(row.locator("[data-price-input]")).to_be_focused()
    seller.keyboard.type("71k")
    row.get_by_role("button", name="Lưu").tap()

    expect(seller.locator(f"#l-{listing}")).to_contain_text("Giá mới 71.000 đ")
    expect(viewer.locator("[data-pin-price]").first).to_have_text("71.000 đ")
    expect(reader.locator("[data-price-state]")).to_contain_text("71.000 đ", timeout=20_000)

    check(seller)
    seller.get_by_role("button", name="Hoàn tác").tap()
    expect(seller.locator(f"#l-{listing}")).to_contain_text("Đã trả lại như trước")
    expect(viewer.locator("[data-pin-price]").first).not_to_have_text("71.000 đ")


@pytest.mark.timeout(120)
def test_a_thing_is_listed_with_a_photo_and_kept_as_typed(
    open_page: OpenPage, tmp_path: Path
) -> None:
    seller = open_page()
    open_board(seller)
    go_on = seller.locator("button[form=step]").locator("visible=true")
    seller.get_by_role("button", name="Thêm món bán").locator("visible=true").tap()
    send_photo(seller, tmp_path)
    go_on.tap()
    expect(seller.get_by_role("heading", name="Món gì?")).to_be_visible()
    check(seller)
    seller.get_by_label("Tên món").fill("Chè móc câu vụ thử")
    expect(seller.locator("[data-saved]")).to_have_text("Đã lưu")
    seller.reload()
    expect(seller.get_by_label("Tên món")).to_have_value("Chè móc câu vụ thử")
    expect(seller.locator("[name=kind]:checked")).to_have_value("che_moc_cau")
    go_on.tap()
    seller.get_by_role("button", name="gói", exact=True).tap()
    seller.get_by_label("Một gói có bao nhiêu?").fill("2")
    seller.locator("[name=pack_unit]").select_option("lạng")
    seller.get_by_label("Giá một gói").fill("65k")
    expect(seller.locator("[data-beside]")).to_contain_text("325.000 đ")
    check(seller)
    go_on.tap()
    expect(seller.get_by_role("heading", name="Có bao nhiêu?")).to_be_visible()
    check(seller)
    seller.get_by_label("Đang có sẵn").fill("2,5")
    seller.locator("[name=quantity_unit]").select_option("yến")
    go_on.tap()
    mine = seller.locator("li.panel", has=seller.get_by_role("heading", name="vụ thử"))
    expect(mine).to_contain_text("còn 125")
    expect(mine.locator("img").first).to_have_attribute("src", re.compile("/photos/"))


def send_photo(page: Page, folder: Path) -> None:
    """Choose a picture as from the album and wait until it is there."""
    picture = folder / "tea.jpg"
    picture.write_bytes(photographs.jpeg())
    page.locator("[data-photos-album]").set_input_files(picture)
    expect(page.locator(".photo-card[data-state=ready]")).to_be_visible(timeout=30_000)


def test_every_page_about_prices_is_fit_for_a_phone(open_page: OpenPage, market: Server) -> None:
    market.flask("officer", "add", STAFF_PHONE, "--office", "Phòng Kinh tế")
    seller = open_page()
    open_board(seller)
    seller.get_by_role("button", name=re.compile("^Cất ")).first.tap()
    expect(seller.get_by_text("Đã cất, khách không thấy")).to_be_visible()
    check(seller)
    seller.get_by_role("button", name="Hoàn tác").tap()
    expect(seller.get_by_text("Đang bày bán")).to_be_visible()
    seller.get_by_role("link", name=re.compile("^Sửa ")).first.tap()
    expect(seller.get_by_role("heading", name="Thêm gói khác")).to_be_visible()
    check(seller)
    seller.goto("/market/entries")
    seller.get_by_label("Giá mỗi kg").fill("32k")
    seller.get_by_label("Xã, phường").fill("Thịnh Đức")
    seller.get_by_label("Nguồn").fill("Chợ Tân Cương, hỏi 3 quầy")
    seller.get_by_role("button", name="Ghi giá").locator("visible=true").tap()
    expect(seller.get_by_role("button", name="Bỏ dòng này")).to_be_visible()
    check(seller)
    seller.goto("/market")
    expect(seller.get_by_text("Chợ Tân Cương, hỏi 3 quầy")).to_be_visible()
    check(seller)
