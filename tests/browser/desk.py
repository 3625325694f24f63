"""Somebody of a cooperative with a phone whose network can really be taken away, and what they do with it."""

import re
from dataclasses import dataclass

import requests
from playwright.sync_api import Locator, Page, expect

from tests.support.relay import Relay
from tests.support.server import Server

COMES_BACK_MS = 20_000


@dataclass(frozen=True)
class Desk:
    """Somebody of the cooperative with their phone, behind a wire that can be cut."""

    page: Page
    wire: Relay
    server: Server
    here: str
    token: str

    def cut(self) -> None:
        """The phone leaves the village's only signal."""
        self.page.context.set_offline(True)
        self.wire.cut()

    def mend(self) -> None:
        """And comes back."""
        self.wire.mend()
        self.page.context.set_offline(False)

    def open_kept(self, path: str) -> None:
        """Open a page and wait until the phone has it for later."""
        self.page.goto(self.here + path)
        expect(self.page.locator("[data-kept]")).to_be_visible()

    def book(self, product: str) -> int:
        """The grams of a product the desk's stock page says can be sold, asked past the wire."""
        path = self.here.partition("/console")[2]
        answer = requests.get(
            f"{self.server.url}/console{path}/stock",
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=10,
        )
        card = re.search(rf"<h2>{product}</h2>\s*<p class=\"big-number\">([^<]+)", answer.text)
        assert card, product
        return grams(card[1])


def stall_of(desk: Desk) -> str:
    """Where somebody sells at the first point."""
    desk.page.goto(f"{desk.here}/stock/points")
    stall = str(desk.page.locator("a[href*='/stall/']").first.get_attribute("href"))
    return stall[stall.index("/stall/") :]


def grams(text: str) -> int:
    """`2,8 kg` and `500 g` as the stock page writes them."""
    number, unit = text.split()
    whole, _, part = number.replace(".", "").partition(",")
    return int(whole) * 1000 + int(part.ljust(3, "0")) if unit == "kg" else int(whole)


def kilos(amount: int) -> str:
    """Grams as somebody types kilos."""
    return f"{amount // 1000},{amount % 1000:03d}".rstrip("0").rstrip(",")


def lying(row: Locator) -> int:
    """What the book says lies of the lot."""
    return int(str(row.get_attribute("data-book")))


def finish(page: Page) -> None:
    page.get_by_role("button", name="Xong").last.click()


def counted(page: Page, product: str) -> Locator:
    """The last lot of a product on the counting page, of which the demo has some kilos."""
    return page.locator(f"[data-lot][data-name='{product}']").last


def sell(page: Page, product: str, packs: str) -> None:
    """Tap a thing, type how many, take the money."""
    page.locator(f"[data-listing][data-name='{product}']").first.click()
    for key in packs:
        page.locator(f"[data-key='{key}']").click()
    page.get_by_role("button", name="Đã thu").click()


def expect_book(desk: Desk, product: str, much: int) -> None:
    """Wait until the book says so; the page's clock turns meanwhile."""
    for _look in range(COMES_BACK_MS // 50):
        if desk.book(product) == much:
            return
        desk.page.wait_for_timeout(50)
    raise AssertionError(f"{desk.book(product)}, not {much}")
