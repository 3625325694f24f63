"""What was counted or sold and not yet sent: every page of the desk sends it, says so, and never twice."""

from playwright.sync_api import expect

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


def test_any_page_of_the_desk_sends_what_was_counted_and_says_what_waits(desk: Desk) -> None:
    page, before = desk.page, desk.book("Chè tôm nõn Tân Cương")
    desk.open_kept("/stock/count")
    desk.cut()
    row = counted(page, "Chè tôm nõn Tân Cương")
    row.get_by_role("textbox").fill(kilos(lying(row) - 300))
    page.route(
        "**/counts", lambda route: route.abort()
    )  # before a try that the mended wire would carry
    finish(page)
    expect(page.locator("[data-unsent-list] li")).to_have_count(1)
    desk.mend()
    page.goto(f"{desk.here}/members")
    expect(page.locator("[data-waiting]")).to_contain_text("Còn 1 lần đếm chưa gửi")
    assert desk.book("Chè tôm nõn Tân Cương") == before
    page.unroute("**/counts")
    page.goto(f"{desk.here}/lots")
    expect_book(desk, "Chè tôm nõn Tân Cương", before - 300)
    expect(page.locator("[data-waiting]")).to_be_hidden()


def test_what_the_book_refused_is_said_with_its_reason_on_every_page(desk: Desk) -> None:
    page = desk.page
    desk.open_kept(stall_of(desk))
    sell(page, "Bột trà xanh Tân Cương", "999")
    expect(page.locator("[data-unsent-list] li[data-state=refused]")).to_have_count(1)
    page.goto(f"{desk.here}/goods")
    told = page.locator("[data-waiting] .status-bad")
    expect(told).to_contain_text("Một lần bán chưa vào sổ.")
    told.get_by_role("link", name="Xem").click()
    page.get_by_role("button", name="Bỏ, không bán").click()
    page.get_by_role("button", name="Bấm lần nữa").click()
    expect(page.locator("[data-unsent]")).to_be_hidden()


def test_two_tabs_send_one_count_once(desk: Desk) -> None:
    page, before = desk.page, desk.book("Chè móc câu Tân Cương")
    desk.open_kept("/stock/count")
    other = page.context.new_page()
    other.goto(f"{desk.here}/stock/count")
    desk.cut()
    row = counted(page, "Chè móc câu Tân Cương")
    row.get_by_role("textbox").fill(kilos(lying(row) - 100))
    finish(page)
    expect(page.locator("[data-unsent-list] li")).to_have_count(1)
    desk.mend()
    expect_book(desk, "Chè móc câu Tân Cương", before - 100)
    for tab in (page, other):
        expect(tab.locator("[data-unsent]")).to_be_hidden(timeout=COMES_BACK_MS)
    assert desk.book("Chè móc câu Tân Cương") == before - 100
