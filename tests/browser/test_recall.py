"""A recall on a phone: two taps stop the sale, then the list to call, and the tick behind each name."""

import subprocess
import sys

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.tour import code_in, order, sign_in
from tests.support.server import ROOT, Server


def sold(guest: Page, market: Server) -> tuple[str, str, str]:
    """A pack of the cooperative's tea, paid and handed over: its order's code, seller and lot."""
    guest.goto("/search?q=trà túi lọc")
    product = guest.locator(".listing-name a[href^='/products/']").first.get_attribute("href")
    code = code_in(order(guest, str(product)))
    market.flask("bank", "simulate", code, "--url", market.url)
    command = [sys.executable, "-m", "tests.support.hand_over", code]
    environment = market.environment()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    seller, lot = done.stdout.split()
    return code, seller, lot


def test_two_taps_stop_the_sale_and_leave_a_list_to_call(
    open_page: OpenPage, market: Server
) -> None:
    guest, staff = open_page(), open_page()
    code, seller, lot = sold(guest, market)
    sign_in(staff)
    staff.goto(f"/console/{seller}/lots/{lot}")
    staff.get_by_role("link", name="Thu hồi lô này").click()
    expect(staff.get_by_text("Có danh sách 1 đơn cần báo")).to_be_visible()
    staff.locator(".action-bar").get_by_role("button", name="Thu hồi ngay").click()
    card = staff.locator(f"#o-{code}")
    expect(staff.get_by_text("Đã ngừng bán")).to_be_visible()
    expect(card.get_by_role("link", name="0912 345 001")).to_have_attribute(
        "href", "tel:+84912345001"
    )
    expect(card.get_by_role("link", name="Zalo")).to_have_attribute(
        "href", "https://zalo.me/0912345001"
    )
    assert staff.evaluate("document.documentElement.scrollWidth") <= 360
    assert code in copied(staff, card.get_by_role("button", name="Chép tin cho Hoa"))
    card.get_by_role("button", name="Đã báo").click()
    expect(card.get_by_role("button", name="Chưa báo")).to_be_visible()
    expect(staff.locator(".recall-progress")).to_contain_text("1 / 1")


def copied(page: Page, button: Locator) -> str:
    """Press a copy button; returns what is on the clipboard then."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button.click()
    expect(button).to_contain_text("Đã chép")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text
