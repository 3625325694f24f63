"""Returned goods on a phone: written down, looked at, a part back on sale, the rest off the books."""

import re

from playwright.sync_api import expect

from tests.browser.desk import Desk, expect_book, sell, stall_of

PRODUCT = "Chè đinh Tân Cương"


def test_what_a_customer_brings_back_waits_and_goes_back_on_sale_in_part(desk: Desk) -> None:
    page = desk.page
    before = desk.book(PRODUCT)
    page.goto(desk.here + stall_of(desk))
    sell(page, PRODUCT, "3")
    expect_book(desk, PRODUCT, before - 300)
    page.goto(f"{desk.here}/stock")
    page.get_by_role("link", name="Hàng khách trả").last.click()
    page.get_by_role("link", name="Ghi hàng trả").last.click()
    page.get_by_role("region", name=PRODUCT).get_by_role("link").first.click()
    page.get_by_label("Trả lại bao nhiêu").fill("300 g")
    page.get_by_text("Giao nhầm, giao thừa").click()
    page.get_by_role("button", name="Ghi vào sổ").last.click()
    expect(page.locator(".status")).to_contain_text("chờ người xem")
    assert desk.book(PRODUCT) == before - 300, "nothing is sold that nobody has looked at"
    page.get_by_role("link", name="Xem hàng trả").click()
    page.get_by_label("Còn tốt, bán lại").fill("200 g")
    page.get_by_label("Hỏng, bỏ đi").fill("100 g")
    page.get_by_label(re.compile("Vì sao bỏ")).fill("rách gói")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Ghi kết quả").last.click()
    expect(page.locator(".lot-much")).to_have_text("200 g")
    assert desk.book(PRODUCT) == before - 100
