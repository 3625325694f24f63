"""The check page on a phone without a network: it opens, checks and answers in big words (promise P10)."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from payments.qr import vietqr
from payments.qr.vietqr import VietQR
from payments.receipts import codec
from tests.browser.order_walk import Hands
from tests.support.browser import PHONE
from tests.support.pictures import picture_of, read_qr
from tests.support.server import Server

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LINK = re.compile(r"/receipts/check#([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Paid:
    """The receipt of an order that was paid: its address, its number, the token in its QR."""

    url: str
    number: int
    token: str


def paid(hands: Hands) -> Paid:
    placed = hands.order()
    hands.pays(placed)
    told: dict[str, object] = {}
    while "receipt_url" not in told:
        told = hands.ask("GET", f"/api/v1/orders/{placed.code}", placed.token)
    url = str(told["receipt_url"])
    page = requests.get(url, timeout=10).text
    found, number = LINK.search(page), re.search(r"Biên nhận số (\d+)", page)
    assert found is not None
    assert number is not None
    return Paid(url, int(number[1]), found[1])


@pytest.fixture(scope="module")
def receipt(hands: Hands) -> Paid:
    return paid(hands)


@pytest.fixture
def phone(browser: Browser, market: Server) -> Iterator[Page]:
    """A phone that has opened the check page once, so that it is kept."""
    context = browser.new_context(
        base_url=market.url, viewport=PHONE, has_touch=True, locale="vi-VN"
    )
    context.set_default_timeout(15_000)
    page, uncaught = context.new_page(), list[str]()
    page.on("pageerror", lambda error: uncaught.append(str(error)))
    page.goto("/receipts/check")
    expect(page.locator("[data-kept]")).to_be_visible()
    yield page
    context.close()
    assert uncaught == []


def verdict_at(page: Page, token: str) -> str:
    """The big words the page shows for a token; it is loaded anew for it."""
    page.goto("about:blank")
    page.goto(f"/receipts/check#{token}")
    shown = page.locator(".verdict:visible")
    expect(shown).to_have_count(1)
    return shown.locator("b").inner_text()


def altered(token: str, at: int) -> str:
    other = LETTERS[(LETTERS.index(token[at]) + 1) % len(LETTERS)]
    return token[:at] + other + token[at:][1:]


def strangers(token: str) -> str:
    """The same receipt as somebody else would sign it."""
    fields = replace(codec.decode(token)[0], key_id="another8")
    return codec.encode(fields, Ed25519PrivateKey.generate().sign)


def test_p10_without_a_network_the_page_opens_and_answers(phone: Page, receipt: Paid) -> None:
    phone.context.set_offline(True)
    assert verdict_at(phone, receipt.token) == "HỢP LỆ"
    expect(phone.locator(".verdict:visible")).to_contain_text("chưa bị hủy tính đến")
    expect(phone.locator("[data-field=asOf]:visible")).to_have_text(re.compile(r"/20\d\d$"))
    assert verdict_at(phone, altered(receipt.token, -20)) == "CHỮ KÝ SAI"
    assert verdict_at(phone, strangers(receipt.token)) == "KHÓA LẠ"
    assert verdict_at(phone, receipt.token[:-4]) == "KHÔNG PHẢI MÃ BIÊN NHẬN"


def test_p10_without_a_network_a_photo_of_the_code_is_read(
    phone: Page, receipt: Paid, tmp_path: Path
) -> None:
    photo = tmp_path / "bien-nhan.png"
    photo.write_bytes(requests.get(f"{receipt.url}/qr.png", timeout=10).content)
    phone.context.set_offline(True)
    phone.locator("[data-photo]").set_input_files(photo)
    expect(phone.locator(".verdict:visible b")).to_have_text("HỢP LỆ")


def test_a_void_receipt_is_void_with_a_network_and_without(phone: Page, hands: Hands) -> None:
    wrong = paid(hands)
    assert verdict_at(phone, wrong.token) == "HỢP LỆ"
    expect(phone.locator(".verdict:visible")).to_contain_text("tiền đã về người bán")
    desk = f"/console/{hands.seller}/money/receipts"
    hands.sends(f"{desk}/{wrong.number}/void", reason="phát nhầm cho đơn khác")
    assert verdict_at(phone, wrong.token) == "ĐÃ HỦY"
    phone.context.set_offline(True)
    assert verdict_at(phone, wrong.token) == "ĐÃ HỦY"
    assert "phát nhầm cho đơn khác" in requests.get(wrong.url, timeout=10).text


@pytest.mark.parametrize(("width", "height"), [("148mm", "210mm"), ("80mm", "240mm")])
def test_printed_on_a5_or_on_a_roll_it_is_one_page(
    phone: Page, receipt: Paid, width: str, height: str
) -> None:
    phone.goto(receipt.url)
    file = phone.pdf(width=width, height=height, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", file)) == 1


def test_p10_the_code_on_the_screen_leads_an_independent_reader_to_the_check(
    phone: Page, receipt: Paid
) -> None:
    phone.goto(receipt.url)
    read = read_qr(picture_of(phone.locator(".slip img")))
    assert read.endswith(f"/receipts/check#{receipt.token}")


def test_the_stalls_sheet_prints_on_one_page_and_its_code_asks_for_no_sum(
    staff_phone: Page, hands: Hands
) -> None:
    staff_phone.goto(f"/console/{hands.seller}/money/poster")
    read = vietqr.read(read_qr(painted(staff_phone.locator(".stall-qr"))))
    assert isinstance(read, VietQR)
    assert (read.amount_vnd, read.dynamic, read.purpose) == (None, False, "")
    shown = staff_phone.locator(".stall-number").inner_text().replace(" ", "")
    assert read.account == shown
    for width, height in (("210mm", "297mm"), ("148mm", "210mm")):
        file = staff_phone.pdf(width=width, height=height, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", file)) == 1


def painted(place: Locator) -> Image.Image:
    """What the browser paints there."""
    place.evaluate("place => place.scrollIntoView({block: 'center'})")
    return Image.open(io.BytesIO(place.screenshot(animations="disabled"))).convert("L")
