"""The whole path in a real browser: a host and two buyers, the last pack, the QR, the bank, the receipt."""

import base64
import re
from dataclasses import dataclass

import cbor2
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.support.emv import crc16, fields_of
from tests.support.pictures import picture_of, read_qr
from tests.support.server import Server

HOST_PHONE = "0900000001"
PASSWORD = "cho-phien-demo"


@dataclass(frozen=True)
class Sale:
    """The three pages of one sale."""

    host: Page
    winner: Page
    waiter: Page


@pytest.mark.timeout(170)
def test_from_three_listings_to_a_receipt_anybody_can_check(
    open_page: OpenPage, market: Server
) -> None:
    sale = Sale(open_page(phone=False), open_page(), open_page())
    open_session(sale.host)
    room = room_address(sale.host)
    sale.winner.goto(room)
    sale.waiter.goto(room)

    claim_by_button(sale.winner)
    claim_by_comment(sale.waiter)
    for page in (sale.winner, sale.waiter):
        expect(page.locator("[data-pin-go]")).to_contain_text("danh sách chờ")
    expect(sale.host.locator("[data-host-left]")).to_have_text("0")

    code, total = order_by_own_run(sale.winner)
    check_vietqr_picture(sale.winner, code, total)
    market.flask("bank", "simulate", code, "--url", market.url)
    expect(sale.winner.get_by_text("Đã nhận")).to_be_visible()
    expect(sale.host.locator("[data-host-paid] li")).to_contain_text("H***")
    expect(sale.host.locator("[data-host-sum=paid]")).to_have_text("1")

    link = receipt_link(sale.winner)
    verify_independently(market, link, code, total)
    verify_in_a_browser(open_page(), link)


def sign_in(staff: Page) -> None:
    """Sign in as somebody who hosts for the first demo cooperative."""
    staff.goto("/login")
    form = staff.locator("form", has=staff.get_by_label("Mật khẩu"))
    form.get_by_label("Số điện thoại").fill(HOST_PHONE)
    form.get_by_label("Mật khẩu").fill(PASSWORD)
    form.get_by_role("button", name="Đăng nhập").click()
    staff.wait_for_url(lambda url: "/login" not in url)


def open_session(host: Page, packs: int = 1) -> None:
    """Sign in, choose three listings with `packs` of A1, and press "Bắt đầu"."""
    sign_in(host)
    host.goto("/console")
    host.get_by_role("link", name="Mở phiên live").click()
    host.get_by_label("Tên phiên").fill("Phiên thử trong trình duyệt")
    host.locator("[name=packs_1]").fill(str(packs))
    host.locator("[name=price_1]").fill("60.000")
    for place in (2, 3):
        assert host.locator(f"[name=listing_{place}]").input_value(), "three listings are offered"
    host.get_by_role("button", name="Xong, tới màn hình phiên").click()
    host.get_by_role("button", name="Bắt đầu").click()
    expect(host.locator("[data-host-left]")).to_have_text(str(packs))


def room_address(host: Page) -> str:
    match = re.search(r"/host/([a-z0-9]+)", host.url)
    assert match, host.url
    return f"/live/{match[1]}"


def claim_by_button(buyer: Page) -> None:
    """See what is pinned, press "Chốt", give nothing but a number and a name."""
    card = buyer.locator("[data-pin-card]")
    expect(card.locator("[data-pin-code]")).to_have_text("A1")
    expect(card.locator("[data-pin-price]")).to_have_text("60.000 đ")
    expect(card.locator("[data-pin-ship]")).to_contain_text("ship từ")
    expect(card.locator("[data-pin-left]")).to_have_text("1")
    card.locator("[data-pin-go]").click()
    introduce(buyer, "0912 345 001", "Hoa")
    expect(buyer.locator("[data-mine]")).to_contain_text("60.000 đ")


def claim_by_comment(buyer: Page) -> None:
    buyer.locator("#word").fill("chốt A1 2 ạ")
    buyer.locator("#word").press("Enter")
    introduce(buyer, "0912.345.002", "Bình")
    expect(buyer.locator("[data-told]")).to_contain_text("chờ")


def introduce(buyer: Page, phone: str, name: str) -> None:
    sheet = buyer.locator("#who")
    sheet.get_by_label("Số điện thoại").fill(phone)
    sheet.get_by_label("Tên của bạn").fill(name)
    sheet.get_by_role("button").click()


def order_by_own_run(buyer: Page, goods_vnd: int = 60_000) -> tuple[str, int]:
    """Go to the basket, have it brought, see the whole price; returns the order's code and sum in đồng."""
    buyer.locator("[data-pay]").click()
    buyer.get_by_text("Giao tận nơi", exact=True).click()
    buyer.get_by_label("Địa chỉ nhận").fill("Số 3, xóm Hồng Thái 2")
    bar = buyer.locator(".action-sum")
    goods_alone = re.compile(f"^{goods_vnd // 1000}.000")
    expect(bar.locator("[data-checkout-total]"), "has the fee in it").not_to_have_text(goods_alone)
    expect(bar).to_contain_text("cả phí giao")
    total = dong_of(bar.locator("[data-checkout-total]"))
    assert total > goods_vnd
    buyer.get_by_role("button", name="Đặt hàng và xem mã QR").click()
    buyer.wait_for_url(re.compile(r"/orders/CP"))
    code = re.search(r"/orders/(CP[A-Z0-9]{8})", buyer.url)
    assert code, buyer.url
    expect(buyer.get_by_text("Đang chờ ngân hàng")).to_be_visible()
    return code[1], total


def check_vietqr_picture(buyer: Page, code: str, total: int) -> None:
    """The picture a buyer saves, read by an independent reader, asks for exactly this payment."""
    picture = picture_of(buyer.locator(".qr img"))
    payload = read_qr(picture)
    top = fields_of(payload)
    account = fields_of(fields_of(top["38"])["01"])
    number = buyer.locator("dl.panel [data-copy]").first.get_attribute("data-copy")
    assert (top["00"], top["01"], top["53"], top["58"]) == ("01", "12", "704", "VN")
    assert fields_of(top["38"])["00"] == "A000000727"
    assert fields_of(top["38"])["02"] == "QRIBFTTA"
    assert account == {"00": "999999", "01": number}
    assert top["54"] == str(total)
    assert fields_of(top["62"])["08"].startswith(code)
    assert payload[-4:] == f"{crc16(payload[:-4].encode()):04X}"


def receipt_link(buyer: Page) -> str:
    """Open the receipt and read its QR from the picture; returns the link in it."""
    buyer.get_by_role("link", name="Xem biên nhận").click()
    expect(buyer.get_by_text("Không phải hóa đơn GTGT")).to_be_visible()
    link = read_qr(picture_of(buyer.locator("article.slip footer img")))
    assert "/receipts/check#" in link
    return link


def verify_independently(market: Server, link: str, code: str, total: int) -> None:
    """The token says this code and sum, signed by a published key: checked without our own code."""
    token = link.partition("#")[2]
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    fields = cbor2.loads(raw)
    assert (code in fields, total in fields) == (True, True)
    keys = requests.get(f"{market.url}/.well-known/receipt-keys.json", timeout=10).json()["keys"]
    key = next(key for key in keys if key["kid"] in fields)
    public = base64.urlsafe_b64decode(key["x"] + "=" * (-len(key["x"]) % 4))
    signed = b"\x89" + raw[1:-66]  # the array without its signature, see payments.receipts.codec
    Ed25519PublicKey.from_public_bytes(public).verify(fields[-1], signed)


def verify_in_a_browser(stranger: Page, link: str) -> None:
    """Anybody's browser says valid; with one character changed it does not."""
    stranger.goto(link)
    verdict = stranger.locator(".verdict:visible")
    expect(verdict).to_contain_text("Chữ ký đúng, tiền đã về người bán")
    page, _, token = link.partition("#")
    middle = len(token) // 2
    other = "A" if token[middle] != "A" else "B"
    stranger.goto("about:blank")
    stranger.goto(f"{page}#{token[:middle]}{other}{token[middle + 1 :]}")
    refusal = re.compile("CHỮ KÝ SAI|KHÔNG PHẢI MÃ BIÊN NHẬN|KHÓA LẠ")
    expect(verdict).to_contain_text(refusal)


def dong_of(place: Locator) -> int:
    return int(re.sub(r"\D", "", place.inner_text()))
