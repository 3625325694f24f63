"""The packing table on a phone in a shed: boxes closed without a network are in the book once."""

import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import COMES_BACK_MS, Desk
from tests.browser.page_check import check


def row(page: Page, code: str) -> Locator:
    return page.locator(f"[data-order='{code}']")


def waiting(page: Page) -> list[str]:
    """The codes of what is still to be packed."""
    codes: list[str] = page.locator("[data-order]").evaluate_all(
        "rows => rows.filter(one => !one.querySelector('details').hidden).map(one => one.dataset.order)"
    )
    return codes


def pack(page: Page, code: str) -> None:
    """Open the order, tick each thing, close the box."""
    one = row(page, code)
    one.locator("details").first.evaluate("one => { one.open = true }")
    for tick in one.locator("[data-tick]").all():
        tick.check()
    one.get_by_role("button", name="Đóng xong").click()
    expect(one.locator("[data-kept-here]")).to_be_visible()


def pack_elsewhere(desk: Desk, code: str) -> None:
    """Somebody at another table closes the same box, past the wire."""
    lines = (
        row(desk.page, code)
        .locator("[data-line]")
        .evaluate_all(
            "sets => sets.map(one => ({line: one.dataset.line, packs: Number(one.querySelector("
            '"[name^=packs_]").value), parts: [{place: 0}]}))'
        )
    )
    seller = desk.here.rpartition("/")[2]
    answer = requests.post(
        f"{desk.server.url}/api/v1/sellers/{seller}/boxes",
        json={"client_id": f"elsewhere-{code}", "order": code, "lines": lines},
        headers={"Authorization": f"Bearer {desk.token}"},
        timeout=10,
    )
    assert answer.status_code == 200, answer.text


def test_the_desk_can_be_read_and_touched(desk: Desk) -> None:
    desk.page.goto(f"{desk.here}/packing")
    desk.page.locator("[data-order] summary").first.click()
    check(desk.page)
    code = waiting(desk.page)[0]
    for path in ("/packing?by=product", "/packing?by=lot", f"/packing/{code}"):
        desk.page.goto(desk.here + path)
        check(desk.page)


def test_who_was_slower_without_a_network_is_told_to_open_the_box(desk: Desk) -> None:
    page = desk.page
    desk.open_kept("/packing")
    code = waiting(page)[0]
    desk.cut()
    pack(page, code)
    expect(page.locator("[data-unsent-list] li")).to_have_count(1)
    pack_elsewhere(desk, code)
    desk.mend()
    refused = page.locator("[data-unsent-list] li[data-state=refused]")
    expect(refused).to_contain_text("đóng xong lúc", timeout=COMES_BACK_MS)
    refused.get_by_role("button", name="Bỏ, chưa đóng").click()
    refused.get_by_role("button", name="Bấm lần nữa").click()
    expect(page.locator("[data-unsent]")).to_be_hidden()


def test_half_an_order_is_as_it_was_when_the_page_comes_back(desk: Desk) -> None:
    page = desk.page
    desk.open_kept("/packing")
    code = waiting(page)[-1]
    row(page, code).locator("summary").first.click()
    row(page, code).locator("[data-tick]").first.check()
    page.reload()
    expect(row(page, code).locator("[data-tick]").first).to_be_checked()


def test_ten_orders_packed_without_a_network_are_in_the_book_once(desk: Desk) -> None:
    page = desk.page
    desk.open_kept("/packing")
    codes = waiting(page)
    assert len(codes) >= 10
    desk.cut()
    for code in codes:
        pack(page, code)
    expect(page.locator("[data-unsent-list] li")).to_have_count(len(codes))
    page.reload()
    expect(page.locator("[data-unsent-list] li")).to_have_count(len(codes))
    assert waiting(page) == []
    desk.mend()
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=COMES_BACK_MS)
    page.goto(f"{desk.here}/packing")
    expect(page.get_by_text("Hết đơn phải đóng")).to_be_visible()
    for code in codes:
        expect(page.locator(f"a[href$='/packing/{code}']")).to_have_count(1)
