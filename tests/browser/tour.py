"""A walk that leaves one of each page behind: real goods, claims and money.

It clicks what people click, so a page that nobody can reach by clicking would not be found here.
Refuses to judge any page: the tests that use it do.
"""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.support.server import Server

STAFF_PHONE = "0900000001"
PASSWORD = "cho-phien-demo"

FIXED = {
    "cart-empty": "/cart",
    "front": "/",
    "search": "/search?q=ch%C3%A8",
    "search-nothing": "/search?q=xo%C3%A0i+kh%C3%B4",
    "live": "/live",
    "check": "/receipts/check",
    "login": "/login",
    "problem": "/products/0000000000000000",
}
SHOPPED = (
    "product",
    "seller",
    "cart",
    "checkout",
    "pay",
    "paid",
    "receipt",
    "check-valid",
    "order-change",
    "order-add",
    "order-again",
    "order-invoice",
)
CLAIMED = ("room", "product-live", "who", "basket", "room-coming")
HOSTED = (
    "front-staff",
    "account",
    "console",
    "session-new",
    "host",
    "host-ready",
    "moderator",
    "outside",
    "calls",
    "sheet",
    "customers",
    "reports",
    "recordings",
    "report",
    "sellers",
    "targets",
    "console-orders",
    "console-order",
    "morning",
    "invoices",
    "money",
    "receipts-given",
    "stall-poster",
    "books",
    "journal",
    "books-start",
    "tax",
    "fees",
    "money-inbox",
    "money-seen",
    "money-accounts",
    "members-book",
    "members-rules",
    "money-feeds",
    "payouts",
)
PLACES = (*FIXED, *SHOPPED, *CLAIMED, *HOSTED)
PINNED = "JSON.parse(document.querySelector('#room-facts').textContent).snapshot.pins[0].listing"


@dataclass(frozen=True)
class Tour:
    """The pages of three people and the address of each place."""

    stranger: Page
    guest: Page
    staff: Page
    addresses: dict[str, str]

    def open(self, name: str) -> Page:
        """Go to the place `name` as the person it is for."""
        page = self._page_for(name)
        page.goto(
            "about:blank"
        )  # an address that differs in its fragment alone would not load again
        page.goto(self.addresses[name])
        if name == "who":  # the answer to a press of somebody unknown whose browser runs no scripts
            page.locator("[data-pin-card]").evaluate("card => card.submit()")
            page.get_by_role("heading", name="Ai đang chốt vậy?").wait_for()
        return page

    def _page_for(self, name: str) -> Page:
        if name in HOSTED:
            return self.staff
        return (
            self.stranger if name in ("cart-empty", "login", "who", "product-live") else self.guest
        )


def walk(people: tuple[Page, Page, Page], market: Server) -> Tour:
    """Leave one of each page behind."""
    stranger, guest, staff = people
    hosted = _host(staff)
    claimed = _claim(guest)
    shopped = _shop(guest, market)
    return Tour(stranger, guest, staff, {**FIXED, **hosted, **claimed, **shopped})


def sign_in(staff: Page, phone: str = STAFF_PHONE) -> None:
    """Sign in with number and password, as the demo's cooperative or another of its sellers."""
    staff.goto("/login")
    form = staff.locator("form", has=staff.get_by_label("Mật khẩu"))
    form.get_by_label("Số điện thoại").fill(phone)
    form.get_by_label("Mật khẩu").fill(PASSWORD)
    form.get_by_role("button", name="Đăng nhập").click()
    staff.wait_for_url(lambda address: "/login" not in address)


def introduce(guest: Page, phone: str, name: str) -> None:
    """Answer the room's only question: a number and a name."""
    sheet = guest.locator("#who")
    sheet.get_by_label("Số điện thoại").fill(phone)
    sheet.get_by_label("Tên của bạn").fill(name)
    sheet.get_by_role("button").click()


def honey(guest: Page) -> str:
    """The address of honey sold in the shop."""
    guest.goto("/search?q=mật ong")
    return _link(guest, ".listing-name a[href^='/products/']")


def order(guest: Page, product: str) -> str:
    """Order one pack, to be fetched; returns the pay page's address."""
    guest.goto(product)
    guest.get_by_role("button", name="Thêm vào giỏ").click()
    guest.wait_for_url("**/cart*")
    guest.get_by_role("link", name="Đặt hàng").last.click()
    guest.get_by_text("Tự đến lấy", exact=True).first.click()
    guest.get_by_label("Tên của bạn").fill("Hoa")
    guest.get_by_label("Số điện thoại").fill("0912345001")
    guest.get_by_role("button", name="Đặt và trả bằng QR").click()
    guest.wait_for_url(re.compile(r"/orders/CP"))
    return guest.url


def code_in(address: str) -> str:
    """The order's code in the address of its pay page."""
    found = re.search(r"/orders/(CP[A-Z0-9]{8})", address)
    assert found, address
    return found[1]


def _host(staff: Page) -> dict[str, str]:
    sign_in(staff)
    staff.goto("/console/sessions/new")
    staff.get_by_role("button", name="Xong, tới màn hình phiên").click()
    staff.wait_for_url("**/host/*")
    ready = staff.url
    staff.goto("/console")
    host = _link(staff, ".show-row:has(.live-badge) a[href^='/host/']")
    morning = _link(staff, "a[href$='/today']")
    staff.goto("/console/orders")
    return {
        "front-staff": "/",
        "account": "/account",
        "console": "/console",
        "session-new": "/console/sessions/new",
        "host": host,
        "host-ready": ready,
        "moderator": host.replace("/host/", "/moderate/"),
        "outside": host.replace("/host/", "/moderate/") + "/outside",
        "calls": f"{host}/calls",
        "sheet": f"{host}/sheet",
        "customers": f"{morning.removesuffix('/today')}/customers",
        "reports": f"{morning.removesuffix('/today')}/reports",
        "recordings": f"{morning.removesuffix('/today')}/recordings",
        "report": f"{morning.removesuffix('/today')}/reports/{host.removeprefix('/host/')}",
        "sellers": f"{host}/sellers",
        "targets": f"{host}/targets",
        "console-orders": "/console/orders",
        "console-order": _link(staff, "a[href^='/console/orders/CP']"),
        "morning": morning,
        "invoices": f"{morning.removesuffix('/today')}/invoices",
        "money": f"{morning.removesuffix('/today')}/money",
        "receipts-given": f"{morning.removesuffix('/today')}/money/receipts",
        "stall-poster": f"{morning.removesuffix('/today')}/money/poster",
        "books": f"{morning.removesuffix('/today')}/money/books",
        "journal": f"{morning.removesuffix('/today')}/money/books/journal",
        "books-start": f"{morning.removesuffix('/today')}/money/books/start",
        "tax": f"{morning.removesuffix('/today')}/tax",
        "fees": f"{morning.removesuffix('/today')}/fees",
        "money-seen": f"{morning.removesuffix('/today')}/money/seen",
        "money-inbox": f"{morning.removesuffix('/today')}/money/inbox",
        "money-accounts": f"{morning.removesuffix('/today')}/money/accounts",
        "members-book": f"{morning.removesuffix('/today')}/money/members",
        "members-rules": f"{morning.removesuffix('/today')}/money/members-rules",
        "money-feeds": f"{morning.removesuffix('/today')}/money/feeds",
        "payouts": f"{morning.removesuffix('/today')}/money/payouts",
        "room": host.replace("/host/", "/live/"),
        "room-coming": ready.replace("/host/", "/live/"),
    }


def _claim(guest: Page) -> dict[str, str]:
    """Claim in the running room; the product that is pinned there knows it."""
    guest.goto("/live")
    guest.locator(".live-card:has(.live-badge) a").first.click()
    room = guest.url
    guest.locator("[data-pin-go]").click()
    introduce(guest, "0912 345 001", "Hoa")
    basket = _link(guest, "[data-mine] [data-pay]")
    listing = guest.evaluate(PINNED)
    return {"basket": basket, "who": room, "product-live": f"/products/{listing}"}


def _shop(guest: Page, market: Server) -> dict[str, str]:
    product = honey(guest)
    paid = order(guest, product)
    market.flask("bank", "simulate", code_in(paid), "--url", market.url)
    guest.get_by_role("link", name="Xem biên nhận").click()
    guest.wait_for_url("**/receipts/*")
    receipt, check = guest.url, _link(guest, "a[href*='/receipts/check#']")
    pay = order(guest, product)
    guest.goto(product)
    seller = _link(guest, "#seller a")
    guest.get_by_role("button", name="Thêm vào giỏ").click()
    checkout = _link(guest, "a[href^='/checkout/']")
    return {
        "product": product,
        "seller": seller,
        "cart": "/cart",
        "checkout": checkout,
        "pay": pay,
        "paid": paid,
        "receipt": receipt,
        "check-valid": check,
        "order-change": pay.replace("?k=", "/change?k="),
        "order-add": pay.replace("?k=", "/change/add?k="),
        "order-again": paid.replace("?k=", "/again?k="),
        "order-invoice": paid.replace("?k=", "/invoice?k="),
    }


def _link(page: Page, selector: str) -> str:
    place = page.locator(selector).first
    place.wait_for(state="attached")
    found = place.get_attribute("href")
    assert found, selector
    return found
