"""A flash sale on five phones, one of them in a tunnel: from the tap of the host to three paid orders."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_path import introduce, open_session, order_by_own_run, room_address, sign_in
from tests.support.browser import PHONE, Errors
from tests.support.relay import Relay
from tests.support.server import Server

PACKS, FLASH_VND, PRICE_VND = 3, 45_000, 60_000
GRACE_MS = 2500
RECONNECTS_MS = 20_000


@dataclass(frozen=True)
class Tunnel:
    """A phone whose network can be taken away."""

    page: Page
    wire: Relay

    def enter(self) -> None:
        self.page.context.set_offline(True)
        self.wire.cut()

    def leave(self) -> None:
        self.wire.mend()
        self.page.context.set_offline(False)


@pytest.fixture
def tunnel(browser: Browser, market: Server) -> Iterator[Tunnel]:
    """A buyer who comes to the market over a wire of their own."""
    wire = Relay(market.port).start()
    home = f"http://127.0.0.1:{wire.port}"
    context = browser.new_context(base_url=home, viewport=PHONE, has_touch=True, locale="vi-VN")
    context.set_default_timeout(RECONNECTS_MS)
    page, errors = context.new_page(), Errors()
    errors.watch(page)
    yield Tunnel(page, wire)
    context.close()
    wire.stop()
    assert [text for text in errors if text.startswith("uncaught")] == []


@dataclass(frozen=True)
class Sale:
    """Who is there; `album` is where pictures of the screens are kept, to be looked at."""

    host: Page
    moderator: Page
    hoa: Page
    chi: Page
    binh: Tunnel
    album: Path

    def picture(self, name: str) -> None:
        for who in ("host", "moderator", "hoa"):
            getattr(self, who).screenshot(path=self.album / f"{name}-{who}.png")
        self.binh.page.screenshot(path=self.album / f"{name}-binh.png")


@pytest.mark.timeout(300)
def test_a_flash_sale_to_the_last_pack_the_waiting_list_and_the_bank(
    open_page: OpenPage, tunnel: Tunnel, market: Server, tmp_path: Path
) -> None:
    sale = Sale(open_page(), open_page(), open_page(), open_page(), tunnel, tmp_path)
    open_session(sale.host, PACKS)
    everybody_comes(sale)
    open_flash(sale)
    tunnel_swallows_a_press(sale)
    claim_two(sale.hoa)
    ask_unclearly_and_be_helped(sale)
    sold_out_is_seen_by_all(sale)
    come_out_of_the_tunnel_and_wait(sale)
    give_one_back(sale)
    for page, goods_vnd in ((sale.hoa, FLASH_VND), (sale.chi, FLASH_VND), (tunnel.page, PRICE_VND)):
        order_and_pay(page, market, goods_vnd)
    expect(sale.host.locator("[data-host-sum=paid]")).to_have_text("3")
    expect(sale.host.locator("[data-host-paid] li")).to_have_count(3)
    sale.picture("5-paid")
    end_show(sale.host)


def everybody_comes(sale: Sale) -> None:
    """The moderator signs in on a second device; three buyers open the link, one asks something."""
    room = room_address(sale.host)
    sign_in(sale.moderator)
    sale.moderator.goto(room.replace("/live/", "/moderate/"))
    for page in (sale.hoa, sale.chi, sale.binh.page):
        page.goto(room)
        expect(page.locator("[data-pin-left]")).to_have_text(str(PACKS))
    sale.binh.page.locator("#word").fill("chè này hái hôm nào vậy chị?")
    sale.binh.page.locator("#word").press("Enter")
    introduce(sale.binh.page, "0912 346 002", "Bình")
    expect(sale.hoa.locator("[data-said]")).to_contain_text("hái hôm nào")


def open_flash(sale: Sale) -> None:
    """The host opens a flash price that begins at once; every phone counts its time."""
    sale.host.locator("[data-open=flash]").click()
    form = sale.host.locator("#flash form").last
    form.locator("[name=price]").fill("45k")
    form.locator("[name=packs]").fill(str(PACKS))
    form.locator("[name=lead_s]").select_option("0")
    form.get_by_role("button", name="Mở giờ vàng").click()
    expect(sale.host.locator("[data-host-flash]")).to_contain_text("Giờ vàng 45.000")
    for page in (sale.hoa, sale.chi, sale.binh.page):
        expect(page.locator("[data-pin-flash-words]")).to_contain_text("Giờ vàng, còn")
        expect(page.locator("[data-pin-price]")).to_have_text("45.000 đ")
    sale.picture("1-flash")


def tunnel_swallows_a_press(sale: Sale) -> None:
    """What is pressed without a network is kept and said, not lost."""
    sale.binh.enter()
    expect(sale.binh.page.locator("[data-room-note]")).to_contain_text("Mất mạng")
    sale.binh.page.locator("[data-pin-go]").click()
    expect(sale.binh.page.locator("[data-told]")).to_contain_text("có mạng là gửi ngay")
    sale.picture("2-tunnel")


def claim_two(buyer: Page) -> None:
    buyer.locator("[data-pin-card]").get_by_role("button", name="Thêm một").click()
    buyer.locator("[data-pin-go]").click()
    introduce(buyer, "0912 346 001", "Hoa")
    expect(buyer.locator("[data-mine]")).to_contain_text("90.000 đ")


def ask_unclearly_and_be_helped(sale: Sale) -> None:
    """An unclear order goes to the moderator, who makes it a claim with one tap."""
    sale.chi.locator("#word").fill("lấy cho mình cái kia 1 nhé")
    sale.chi.locator("#word").press("Enter")
    introduce(sale.chi, "0912 346 003", "Chi")
    expect(sale.chi.locator("[data-told]")).to_contain_text("Chưa rõ")
    line = sale.moderator.locator("#unclear li", has_text="lấy cho mình cái kia")
    line.get_by_role("button", name="Chốt 1 × A1").click()
    expect(sale.moderator.locator("[data-told]")).to_contain_text("Đã giữ 1 × A1")
    expect(sale.chi.locator("[data-mine]")).to_contain_text("45.000 đ")


def sold_out_is_seen_by_all(sale: Sale) -> None:
    """The last flash pack ends the window; the price is the live price again."""
    expect(sale.host.locator("[data-host-left]")).to_have_text("0")
    expect(sale.hoa.locator("[data-pin-go]")).to_contain_text("danh sách chờ")
    expect(sale.hoa.locator("[data-pin-price]")).to_have_text("60.000 đ")
    sale.hoa.wait_for_timeout(GRACE_MS)
    sale.picture("3-sold-out")


def come_out_of_the_tunnel_and_wait(sale: Sale) -> None:
    """The press of before is sent once; what was missed is there, and the place on the list."""
    sale.binh.leave()
    page = sale.binh.page
    expect(page.locator("[data-told]")).to_contain_text("Bạn chờ 1 × A1", timeout=RECONNECTS_MS)
    expect(page.locator("[data-room-count]")).to_have_text("3")
    expect(page.locator("[data-claims] tr")).to_have_count(3)
    expect(sale.host.locator("[data-host-waits]")).to_contain_text("1 đang chờ")
    expect(sale.host.locator("[data-host-unclear]")).to_be_hidden(timeout=RECONNECTS_MS)


def give_one_back(sale: Sale) -> None:
    """Two become one, the place stays; who waited has it, and is told."""
    sale.hoa.locator("[data-open-mine]").first.click()
    sale.hoa.locator("#mine").get_by_role("button", name="Bớt một").click()
    expect(sale.hoa.locator("[data-mine-told]")).to_contain_text("còn giữ 1")
    sale.hoa.locator("#mine [data-close]").click()
    told = sale.binh.page.locator("[data-told]")
    expect(told).to_contain_text("Đã giữ thêm 1 × A1", timeout=RECONNECTS_MS)
    sale.picture("4-served")


def order_and_pay(buyer: Page, market: Server, goods_vnd: int) -> None:
    code, total = order_by_own_run(buyer, goods_vnd)
    market.flask("bank", "simulate", code, "--url", market.url)
    expect(buyer.get_by_text("Đã nhận")).to_be_visible()
    assert total > goods_vnd


def end_show(host: Page) -> None:
    """The show ends, so that whoever comes to this market next finds the demo's own show live."""
    host.locator("[data-open=end]").click()
    host.locator("#end").get_by_role("button", name="Kết thúc phiên").click()
    expect(host.locator("[data-open=end]")).to_be_hidden()
