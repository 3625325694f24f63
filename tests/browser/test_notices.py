"""The pages of notices on a phone: a seller tells its members, reads what became of it, a member reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.browser.page_check import check
from tests.browser.tour import sign_in
from tests.support.browser import PHONE, Errors
from tests.support.server import Server


@pytest.fixture
def own_market(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """A market of this test's own: it makes notices of people."""
    server = served(prepared, tmp_path)
    yield server.start()
    server.stop()
    assert "Traceback" not in server.log_path.read_text()


@pytest.fixture
def phone(browser: Browser, own_market: Server) -> Iterator[Page]:
    context = browser.new_context(
        base_url=own_market.url, viewport=PHONE, has_touch=True, locale="vi-VN"
    )
    context.set_default_timeout(15_000)
    page, errors = context.new_page(), Errors()
    errors.watch(page)
    yield page
    context.close()
    assert [one for one in errors if one.startswith("uncaught")] == []


def test_members_are_told_of_a_price_and_a_buyer_follows_on_a_phone(
    phone: Page, own_market: Server
) -> None:
    sign_in(phone)
    phone.goto("/console")
    stock = phone.locator("a[href$='/stock']").first
    desk = str(stock.get_attribute("href")).removesuffix("/stock")
    phone.goto(f"{desk}/notices")
    check(phone)
    phone.get_by_role("link", name="Báo tin cho xã viên").click()
    check(phone)
    phone.get_by_text("Giá thu mua").click()
    phone.get_by_label("Thu gì").fill("búp chè tươi")
    phone.get_by_label("Lúc nào").fill("6 giờ sáng thứ bảy")
    phone.get_by_label("Ở đâu").fill("nhà văn hóa xóm")
    phone.get_by_role("button", name="Báo cho xã viên").click()
    expect(phone.get_by_label("Thu gì")).to_have_value("búp chè tươi")  # a price was missing
    phone.get_by_label("Giá một cân (khi báo giá)").fill("35k")
    phone.get_by_role("button", name="Báo cho xã viên").click()
    expect(phone.get_by_text("Đã báo cho")).to_be_visible()
    expect(phone.get_by_text("báo giá búp chè tươi").first).to_be_visible()
    check(phone)

    seller = desk.rpartition("/")[2]
    phone.goto(f"/sellers/{seller}")
    phone.get_by_role("button", name="Theo dõi gian này").click()
    expect(phone.get_by_role("button", name="Đang theo dõi")).to_be_visible()
    phone.get_by_role("link", name="Báo trên máy này").click()
    expect(phone.get_by_role("heading", name="Báo trên máy này")).to_be_visible()
    check(phone)
    phone.goto("/account/notices")
    check(phone)
