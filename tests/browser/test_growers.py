"""The grower book on a phone: somebody is written in with a plot, a class and a paper; every page is fit."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from catalog import validity
from core import clock
from tests.browser.conftest import OpenPage
from tests.browser.page_check import check
from tests.browser.tour import sign_in
from tests.support.browser import Errors


@pytest.fixture
def keeper(open_page: OpenPage) -> Page:
    """The manager of the demo's tea cooperative, on a phone, at the grower book."""
    page = open_page()
    sign_in(page)
    page.goto("/console")
    shop = page.locator("a[href^='/sellers/']").first.get_attribute("href")
    assert shop
    page.goto(f"/console/{shop.rpartition('/')[2]}/members")
    return page


def save(page: Page, words: str, then: str) -> None:
    page.get_by_role("button", name=words).last.click()
    page.wait_for_url(re.compile(then))


def write_in(page: Page) -> None:
    """A new member, who lives where a commune of old was."""
    page.get_by_role("link", name="Ghi xã viên").last.click()
    check(page)
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Lá")
    page.get_by_label("Số điện thoại").fill("0912 000 111")
    page.get_by_label("Xã, phường").fill("Thịnh Đức")
    save(page, "Lưu vào sổ", r"/members/[a-z0-9]+$")


def test_a_member_is_written_in_and_found_again(keeper: Page) -> None:
    check(keeper)
    write_in(keeper)
    check(keeper)
    expect(keeper.get_by_text("Tân Cương", exact=True)).to_be_visible()
    keeper.get_by_role("link", name="Xã viên").last.click()
    keeper.get_by_role("searchbox", name="Tìm xã viên").fill("la nguyen")
    keeper.get_by_role("searchbox", name="Tìm xã viên").press("Enter")
    expect(keeper.locator("main h2")).to_have_text(["Nguyễn Thị Lá"])


def test_a_plot_is_measured_in_sao(keeper: Page) -> None:
    keeper.locator("main li h2 a").first.click()
    keeper.get_by_role("link", name="Thêm thửa").click()
    check(keeper)
    keeper.get_by_label("Gọi là thửa gì?").fill("Nương Cây Trám")
    keeper.get_by_label("Rộng bao nhiêu?").fill("2,5")
    save(keeper, "Lưu thửa đất", r"#plots$")
    plot = keeper.locator("#plots li", has_text="Nương Cây Trám")
    expect(plot).to_contain_text("2,5 sào")
    expect(plot).to_contain_text("900 m²")


def test_a_class_is_written_only_with_the_box_ticked(keeper: Page, errors: Errors) -> None:
    keeper.locator("main li h2 a").nth(1).click()
    keeper.get_by_role("link", name="Xem và ghi").click()
    check(keeper)
    keeper.get_by_text("Hộ cận nghèo", exact=True).click()
    keeper.get_by_label("Từ ngày", exact=True).fill(str(clock.today() - timedelta(days=30)))
    keeper.get_by_label("Căn cứ vào đâu?").fill("Danh sách của xã năm 2026")
    keeper.get_by_role("button", name="Ghi diện hộ").last.click()
    expect(keeper.locator(".field-error")).to_contain_text("khi gia đình đã đồng ý")
    assert [text for text in errors if "422" not in text] == []
    errors.clear()
    expect(keeper.get_by_label("Căn cứ vào đâu?")).to_have_value("Danh sách của xã năm 2026")
    keeper.get_by_label("Gia đình đã đồng ý cho ghi").check()
    save(keeper, "Ghi diện hộ", r"#household$")
    expect(keeper.locator("#household")).to_contain_text("Hộ cận nghèo")


def test_stars_are_written_down_and_stand_on_the_product_page(keeper: Page) -> None:
    keeper.get_by_role("link", name="Giấy tờ").first.click()
    check(keeper)
    keeper.get_by_role("link", name="Ghi giấy chứng nhận").last.click()
    check(keeper)
    keeper.get_by_role("link", name="OCOP").click()
    check(keeper)
    keeper.get_by_text("5 sao", exact=True).click()
    keeper.get_by_label("Cấp cho sản phẩm nào?").select_option(label="Chè đinh Tân Cương")
    keeper.get_by_label("Số quyết định").fill("DEMO-9/QĐ-UBND")
    keeper.get_by_label("Nơi cấp").fill("UBND tỉnh (demo)")
    decided = clock.today() - timedelta(days=90)
    keeper.get_by_label("Ngày quyết định").fill(str(decided))
    save(keeper, "Lưu giấy chứng nhận", r"/certificates/[a-z0-9]+#photo$")
    expect(keeper.get_by_label("Ngày cuối cùng")).to_have_value(
        str(validity.last_day(decided, validity.OCOP_MONTHS))
    )
    check(keeper)
    keeper.goto("/search?q=chè đinh")
    keeper.locator(".listing-name a", has_text="Chè đinh").first.click()
    expect(keeper.get_by_text("DEMO-9/QĐ-UBND")).to_be_visible()
