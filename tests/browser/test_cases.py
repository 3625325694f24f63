"""A complaint on two phones, from the buyer's order to the seller's outcome; pages as all pages are."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.page_check import check
from tests.browser.tour import code_in, honey, order, sign_in
from tests.support import photographs
from tests.support.server import Server


def test_a_complaint_goes_to_its_end_on_phones(
    open_page: OpenPage, market: Server, tmp_path: Path
) -> None:
    guest, staff = open_page(), open_page()
    paid = order(guest, honey(guest))
    market.flask("bank", "simulate", code_in(paid), "--url", market.url)
    expect(guest.get_by_role("link", name="Xem biên nhận")).to_be_visible()
    guest.reload()
    guest.get_by_role("link", name="Báo có vấn đề").click()
    check(guest)
    picture = tmp_path / "dap.jpg"
    picture.write_bytes(photographs.phone_picture(3000, 2000))
    guest.get_by_text("Hàng hỏng, dập, mốc").click()
    guest.get_by_label("Kể thêm vài câu").fill("Một hũ bị nứt, mật chảy ra ngoài")
    guest.locator("input[type=file]").set_input_files(picture)
    expect(guest.locator("[data-evidence-list] img")).to_have_count(1)
    guest.get_by_role("button", name="Gửi cho người bán").last.click()
    guest.wait_for_url("**/cases/*")
    expect(guest.get_by_text("Người bán trả lời trước")).to_be_visible()
    case = guest.url
    for _look in range(40):  # the picture is made beside
        guest.goto(case)
        if guest.locator(".case-photos img").count():
            break
        guest.wait_for_timeout(250)
    expect(guest.locator(".case-photos img")).to_have_count(1)
    check(guest)
    number = str(guest.get_by_role("link", name="Gọi người bán").get_attribute("href"))
    sign_in(staff, number.replace("tel:+84", "0"))
    staff.goto("/console")
    staff.get_by_role("link", name="Khiếu nại").first.click()
    check(staff)
    staff.get_by_role("link", name="Hàng hỏng, dập, mốc").first.click()
    check(staff)
    staff.get_by_label("Trả lời khách").fill("Xin lỗi bạn, mình hoàn tiền hũ nứt nhé.")
    staff.get_by_role("button", name="Gửi", exact=True).click()
    expect(staff.get_by_text("mình hoàn tiền hũ nứt nhé")).to_be_visible()
    staff.locator("#settle").get_by_text("Hoàn tiền", exact=True).click()
    staff.get_by_label("Số tiền").fill("50k")
    staff.get_by_label("Lý do, khách đọc được").fill("Hoàn một hũ nứt")
    staff.get_by_role("button", name="Chốt quyết định").click()
    expect(staff.get_by_text("Người bán quyết định: Hoàn tiền: 50.000 đ")).to_be_visible()
    guest.goto(case)
    expect(guest.get_by_text("Người bán quyết định: Hoàn tiền: 50.000 đ")).to_be_visible()
    expect(guest.get_by_text("Hoàn một hũ nứt")).to_be_visible()
    check(guest)
