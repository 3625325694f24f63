"""Where goods go, on a phone: the fee of a commune before paying, a time to fetch, the page of a seller."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_check import check
from tests.browser.tour import honey, sign_in
from tests.support.server import Server


def at_checkout(page: Page) -> None:
    page.goto(honey(page))
    page.get_by_role("button", name="Thêm vào giỏ").click()
    page.wait_for_url("**/cart*")
    page.get_by_role("link", name="Đặt hàng").last.click()
    expect(page.get_by_role("heading", name="Đặt hàng")).to_be_visible()
    page.wait_for_load_state()  # the script that looks places up comes last


def fill_who(page: Page) -> None:
    page.get_by_label("Tên của bạn").fill("Hoa")
    page.get_by_label("Số điện thoại").fill("0912345077")


def test_an_old_commune_typed_without_marks_shows_its_fee_and_is_ordered(
    open_page: OpenPage, market: Server
) -> None:
    page = open_page()
    at_checkout(page)
    carrier = page.locator(".choice", has_text="Gửi chuyển phát")
    expect(carrier).to_contain_text("từ 25.000 đ")
    page.get_by_label("Giao tới xã, phường nào?").fill("phuc xuan tp thai nguyen")
    page.keyboard.press("Tab")
    expect(page.locator("[data-checkout-understood]")).to_contain_text("xã Đại Phúc, Thái Nguyên")
    expect(carrier).to_contain_text("25.000 đ")
    carrier.click()
    page.get_by_label("Địa chỉ nhận").fill("Số 5, xóm Cây Thị")
    fill_who(page)
    check(page)
    page.get_by_role("button", name="Đặt và trả bằng QR").locator("visible=true").click()
    page.wait_for_url(re.compile(r"/orders/CP"))
    expect(page.get_by_text("Phí giao").locator("..")).to_contain_text("25.000 đ")


def test_a_place_nobody_knows_is_said_beside_its_field(open_page: OpenPage, market: Server) -> None:
    page = open_page()
    at_checkout(page)
    page.get_by_label("Giao tới xã, phường nào?").fill("xóm ngoài kia")
    page.keyboard.press("Tab")
    expect(page.locator("#f-commune-error")).to_contain_text("Chưa tìm thấy")


def test_a_time_to_fetch_is_chosen_and_stands_on_the_order(
    open_page: OpenPage, market: Server
) -> None:
    page = open_page()
    at_checkout(page)
    slot = page.get_by_label("Nhận vào lúc nào?")
    expect(slot).to_be_hidden()
    page.locator(".choice", has_text="Hội chợ cuối tuần").click()
    expect(slot).to_be_visible()
    slot.select_option(index=1)
    fill_who(page)
    page.get_by_role("button", name="Đặt và trả bằng QR").locator("visible=true").click()
    page.wait_for_url(re.compile(r"/orders/CP"))
    expect(page.get_by_text("Tự đến lấy: Hội chợ cuối tuần")).to_contain_text("08:00–10:00")


def test_a_seller_adds_a_zone_and_a_coach_on_the_phone(open_page: OpenPage, market: Server) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/console")
    page.get_by_role("link", name="Món bán").first.click()
    page.get_by_role("link", name="Cách giao").click()
    check(page)
    page.get_by_role("link", name="Sửa vùng giao").click()
    page.get_by_label("Tên vùng").last.fill("Quanh nhà")
    page.get_by_label("Các nơi, mỗi dòng một nơi").last.fill("Tân Cương\nPhúc Trìu, TP Thái Nguyên")
    page.get_by_role("button", name="Thêm vùng").locator("visible=true").click()
    expect(page.get_by_text("Quanh nhà")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Cách giao").first.click()
    page.get_by_role("link", name="Gửi xe khách").click()
    page.get_by_label("Tuyến xe, tên nhà xe").fill("Xe Hải Yến")
    page.get_by_role("button", name="Thêm cách giao này").locator("visible=true").click()
    expect(page.get_by_text("Xe Hải Yến")).to_be_visible()
    check(page)
