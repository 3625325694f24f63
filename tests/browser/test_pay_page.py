"""The pay page on the only phone a buyer has: what is copied and saved, and the way out of Zalo's browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.tour import code_in, honey, order
from tests.support.emv import fields_of
from tests.support.pictures import picture_of, read_qr
from tests.support.server import Server

CLIPBOARD = "navigator.clipboard.readText()"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
ZALO = f"{ANDROID} Zalo android/24110530 ZaloTheme/light ZaloLanguage/vi"
FACEBOOK = f"{IPHONE} [FBAN/FBIOS;FBAV/489.0.0.42.74;FBDV/iPhone14,7;FBLC/vi_VN]"


@pytest.fixture
def paying(open_page: OpenPage) -> Page:
    """A buyer who has ordered a jar of honey and sees its QR."""
    page = open_page()
    order(page, honey(page))
    return page


def test_copy_buttons_put_account_sum_and_note_on_the_clipboard(paying: Page) -> None:
    asked = fields_of(read_qr(picture_of(paying.locator(".qr img"))))
    account = fields_of(fields_of(asked["38"])["01"])["01"]
    assert copied(paying, "Số tài khoản") == account
    assert copied(paying, "Số tiền") == asked["54"]
    assert copied(paying, "Nội dung") == fields_of(asked["62"])["08"]


def test_the_qr_is_a_picture_of_our_own_that_can_be_saved(paying: Page) -> None:
    source = paying.locator(".qr img").evaluate("picture => picture.currentSrc")
    answer = paying.request.get(source)
    assert source.startswith(paying.evaluate("location.origin") + "/")
    assert answer.headers["content-type"] == "image/png"
    assert answer.body().startswith(b"\x89PNG")
    with paying.expect_download() as saved:
        paying.get_by_role("link", name="Lưu ảnh QR").click()
    assert saved.value.suggested_filename == f"{code_in(paying.url)}.png"


def test_a_part_payment_asks_for_the_rest_with_a_new_qr(paying: Page, market: Server) -> None:
    code = code_in(paying.url)
    whole = int(fields_of(read_qr(picture_of(paying.locator(".qr img"))))["54"])
    market.flask("bank", "simulate", code, "--amount", "50000", "--url", market.url)
    expect(paying.get_by_role("heading", level=1)).to_contain_text("Trả nốt", timeout=20_000)
    rest = fields_of(read_qr(picture_of(paying.locator(".qr img"))))
    assert int(rest["54"]) == whole - 50_000
    assert copied(paying, "Số tiền") == rest["54"]
    market.flask("bank", "simulate", code, "--url", market.url)
    expect(paying.get_by_role("heading", level=1)).to_have_text("Đã thanh toán", timeout=20_000)


@pytest.mark.parametrize(("agent", "scheme"), [(ZALO, "intent://"), (FACEBOOK, "x-safari-http://")])
def test_inside_zalo_and_facebook_the_way_to_the_phones_own_browser_is_shown(
    open_page: OpenPage, market: Server, agent: str, scheme: str
) -> None:
    page = open_page(user_agent=agent)
    address = order(page, honey(page))
    way_out = page.get_by_role("link", name="Mở bằng trình duyệt")
    expect(way_out).to_be_visible()
    href = way_out.get_attribute("href") or ""
    assert href.startswith(scheme + address.partition("://")[2].partition("#")[0])


def test_a_browser_of_ones_own_is_not_asked_to_leave(paying: Page) -> None:
    expect(paying.get_by_role("link", name="Mở bằng trình duyệt")).to_be_hidden()


def copied(page: Page, label: str) -> str:
    """Press the copy button of a line; returns what is on the clipboard then."""
    context: BrowserContext = page.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('')")
    button = page.get_by_role("button", name=f"Chép: {label}")
    button.click()
    expect(button).to_contain_text("Đã chép")
    text: str = page.evaluate(CLIPBOARD)
    return text
