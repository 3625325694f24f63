"""An order at phone size on its buyer's page: from placed to received, and to an end with money due."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.order_walk import Hands, Placed, as_buyer
from tests.browser.page_check import check
from tests.support.browser import PHONE, Errors
from tests.support.server import Server

MOST_BYTES = 50_000
TO_HANOI = "Phường Hoàn Kiếm, Hà Nội"
Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, market: Server) -> Iterator[Opened]:
    """`opened(placed, mine=True, scripts=True)`: the order's page on its buyer's phone, or on another."""
    contexts, errors = [], Errors()

    def at(placed: Placed, *, mine: bool = True, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=market.url,
            viewport=PHONE,
            has_touch=True,
            locale="vi-VN",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        if mine:
            as_buyer(context, placed, market)
        page = context.new_page()
        errors.watch(page)
        answer = page.goto(placed.path)
        assert answer
        assert answer.ok
        assert len(answer.body()) < MOST_BYTES
        return page

    yield at
    for context in contexts:
        context.close()
    assert errors == []


def now(page: Page) -> str:
    """Where the line says the order stands."""
    return page.locator(".journey [aria-current=step] b").first.inner_text()


def look(page: Page, album: Path, name: str) -> None:
    """Judge a page as every page is judged, and keep its picture."""
    check(page)
    page.screenshot(path=album / f"{name}.png", full_page=True)


def test_the_page_goes_with_the_goods_to_the_buyers_hand(
    hands: Hands, opened: Opened, tmp_path: Path
) -> None:
    placed = hands.order("coach", packs=2, commune=TO_HANOI)
    page = opened(placed)
    assert now(page) == "Đã đặt hàng"
    look(page, tmp_path, "placed")
    hands.pays(placed)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã thanh toán")  # by itself
    assert now(page) == "Đã trả tiền"
    look(page, tmp_path, "paid")
    hands.step(placed, "start")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang đóng hàng")
    look(page, tmp_path, "packing")
    hands.step(placed, "pack")
    page.reload()
    expect(page.locator(".journey")).to_contain_text("Người đóng: ")
    assert page.request.get(str(page.locator("a[href^='/trace/']").get_attribute("href"))).ok
    hands.gives_away(placed, to="coach", plate="20b-123.45", driver_phone="0987654321")
    page.reload()
    assert now(page) == "Đã gửi xe khách"
    expect(page.locator(".journey")).to_contain_text("20B-123.45")
    assert page.get_by_role("link", name="Gọi tài xế").get_attribute("href") == "tel:+84987654321"
    look(page, tmp_path, "away")
    hands.step(placed, "delivered")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận hàng")
    expect(page.get_by_role("link", name="Đánh giá hàng đã nhận")).to_be_visible()
    look(page, tmp_path, "delivered")


def test_an_order_called_off_tells_why_and_what_goes_back(
    hands: Hands, opened: Opened, tmp_path: Path
) -> None:
    placed = hands.order()
    hands.pays(placed)
    page = opened(placed)
    hands.step(placed, "off", "Mưa đá, chè dập hết")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn được hoàn tiền")
    expect(page.get_by_text("Tiền trả lại bạn")).to_be_visible()
    expect(page.locator(".journey")).to_contain_text("Lý do: Mưa đá, chè dập hết")
    look(page, tmp_path, "refund-due")


def test_the_same_again_goes_into_the_cart_without_scripts(
    hands: Hands, opened: Opened, tmp_path: Path
) -> None:
    placed = hands.order(packs=2)
    hands.step(placed, "cod")
    page = opened(placed, scripts=False)
    page.get_by_role("link", name="Mua lại").click()
    page.screenshot(path=tmp_path / "again.png", full_page=True)
    page.get_by_role("button", name="Cho vào giỏ").click()
    page.wait_for_url("**/cart")
    assert page.locator("input[name=packs]:not([type=hidden])").first.input_value() == "2"


def test_who_only_has_the_link_reads_where_it_is_and_why_nothing_can_be_changed(
    hands: Hands, opened: Opened, tmp_path: Path
) -> None:
    placed = hands.order()
    hands.pays(placed)
    page = opened(placed, mine=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã thanh toán")
    expect(page.get_by_text("bạn mở trên máy đã đặt hoặc đăng nhập")).to_be_visible()
    expect(page.get_by_text("Hủy đơn này")).to_have_count(0)
    look(page, tmp_path, "by-link")


def test_cash_taken_at_the_door_gives_the_buyer_a_receipt_and_lies_in_the_purse(
    hands: Hands, opened: Opened, staff_phone: Page, tmp_path: Path
) -> None:
    placed = hands.order()
    hands.step(placed, "cod")
    hands.step(placed, "pack")
    page = opened(placed)
    expect(page.get_by_role("heading", level=1)).to_contain_text("khi nhận hàng")
    staff_phone.goto(f"/console/{hands.seller}/hand-over")
    staff_phone.get_by_text("Trao tận tay").click()
    staff_phone.get_by_label("Hoặc gõ mã trên nhãn").fill(hands.label_of(placed))
    staff_phone.get_by_role("button", name="Giao kiện này").click()
    sheet = staff_phone.get_by_role("dialog")
    expect(sheet.locator("[data-sheet-due]")).to_contain_text("Thu ")
    staff_phone.screenshot(path=tmp_path / "at-the-door.png")
    sheet.get_by_role("button", name="khách đã nhận").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận hàng", timeout=40_000)
    expect(page.get_by_role("link", name="Xem biên nhận").first).to_be_visible()
    look(page, tmp_path, "paid-at-the-door")
    staff_phone.goto(f"/console/{hands.seller}/cash")
    expect(staff_phone.get_by_text("Bạn đã thu ")).to_be_visible()


def test_another_way_is_confirmed_with_its_new_sum_and_more_goods_come_into_the_same_qr(
    hands: Hands, opened: Opened, tmp_path: Path
) -> None:
    placed = hands.order("pickup")
    page = opened(placed)
    page.get_by_role("link", name="Đổi, bớt, thêm hàng").click()
    look(page, tmp_path, "change")
    page.get_by_text("Giao tận nơi", exact=True).first.click()
    page.get_by_label("Địa chỉ nhận").fill("Số 5, xóm Nà Hấu, phường Phan Đình Phùng")
    page.get_by_role("button", name="Xem số tiền mới").last.click()
    expect(page.get_by_text("Đơn chưa trả: mã QR đổi theo")).to_be_visible()
    look(page, tmp_path, "agree")
    before = hands.due_vnd(placed)
    page.get_by_role("button", name="Xác nhận đổi").last.click()
    expect(page.get_by_text("Số 5, xóm Nà Hấu")).to_be_visible()
    with_delivery = hands.due_vnd(placed)
    assert with_delivery > before
    page.get_by_role("link", name="Đổi, bớt, thêm hàng").click()
    page.get_by_role("link", name="Thêm hàng").click()
    look(page, tmp_path, "add")
    page.locator("input[name=packs_2]").fill("1")
    page.get_by_role("button", name="Thêm vào đơn").last.click()
    page.wait_for_url(f"**/orders/{placed.code}?k=*")
    assert hands.due_vnd(placed) > with_delivery


def test_whoever_only_has_the_link_is_told_kindly_how_an_order_is_changed(
    hands: Hands, opened: Opened
) -> None:
    page = opened(hands.order(), mine=False)
    answer = page.request.get(page.url.replace("?k=", "/change?k="))
    assert answer.status == 403
    for words in ("Đơn chỉ đổi được trên máy đã đặt", "Đăng nhập bằng số đã đặt", "Gọi người bán"):
        assert words in answer.text()
    assert "Xem số tiền mới" not in answer.text()
