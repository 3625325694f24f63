"""A bank's statement on a phone: sent, its columns looked at and corrected, then taken in."""

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_pages import NO_ALT, TOO_LOW, TOUCHED, axe_faults, faults_at
from tests.browser.tour import sign_in
from tests.support.browser import DESK, PHONE

ROWS = (
    "Ngân hàng Thử nghiệm;;;;;\n"
    "Ngày giao dịch;Số bút toán;Ghi nợ;Ghi có;Số dư;Nội dung\n"
    "20/11/2026;FT26324000001;;130.000;1.130.000;CPX7K3M9Q2 mua che Tan Cuong\n"
    "20/11/2026;FT26324000002;30.000;;1.100.000;Phi chuyen tien\n"
    "21/11/2026;FT26325000003;;x;1.100.000;chua ro\n"
)


def fits(page: Page) -> None:
    """The page is right on both screens, to the eye, the thumb and the ear."""
    assert page.locator("h1").count() == 1
    assert page.evaluate(NO_ALT) == []
    assert page.evaluate(TOO_LOW, TOUCHED) == []
    for size in (DESK, PHONE):
        assert faults_at(page, size) == []
    assert axe_faults(page) == []


def test_a_statement_is_looked_at_corrected_and_taken_in(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/console/sessions/new")
    seller = page.locator("input[name=seller]").get_attribute("value")
    page.goto(f"/console/{seller}/money/statements")
    fits(page)
    file: FilePayload = {"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.set_input_files("input[name=file]", files=[file])
    page.locator(".action-bar").get_by_role("button", name="Xem trước").click()
    page.wait_for_url("**/statements/*")
    fits(page)
    expect(page.get_by_text("Không đọc được số tiền “x”")).to_be_visible()
    page.get_by_label("Số bút toán").select_option("")
    page.get_by_role("button", name="Đọc lại theo các cột này").click()
    expect(page.get_by_label("Số bút toán")).to_have_value("")
    button = page.locator(".action-bar button")
    expect(button).to_have_text("Ghi 2 dòng mới")
    button.click()
    expect(page.get_by_text("Đã ghi xong: 2 dòng mới")).to_be_visible()
    fits(page)
