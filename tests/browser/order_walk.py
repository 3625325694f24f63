"""Orders made and moved past the pages: a buyer's phone that orders, a seller's hands that pack and give.

The pages under test are opened in a browser; what has to happen before they say something goes by HTTP.
"""

import itertools
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import requests
from playwright.sync_api import BrowserContext

from core import clock
from tests.browser.tour import PASSWORD, STAFF_PHONE
from tests.support.server import Server

_ids = itertools.count(1)
_phones = itertools.count(912_340_001)
_TIMEOUT_S = 20
_LOOKS = 100


def client_id() -> str:
    return f"order-walk-{next(_ids):06d}"


@dataclass(frozen=True)
class Placed:
    """An order a buyer made: its code, its page with the link's key, and the token of the buyer's device."""

    code: str
    path: str
    token: str


class Hands:
    """The cooperative of the demo: what it sells, and what its people do with orders."""

    def __init__(self, market: Server) -> None:
        self.market = market
        self.web = requests.Session()
        told = self.ask("POST", "/api/v1/auth/login", phone=STAFF_PHONE, password=PASSWORD)
        self.token = str(told["token"])
        console = self.page("/console")
        found = re.search(r"/console/(\w+)/today", console)
        assert found, "the console names the seller"
        self.seller = found[1]
        shelf = self.page(f"/sellers/{self.seller}")
        self.listings = list(dict.fromkeys(re.findall(r'href="/products/(\w+)"', shelf)))

    def ask(self, method: str, path: str, token: str = "", **body: object) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.web.request(
            method, self.market.url + path, json=body or None, headers=headers, timeout=_TIMEOUT_S
        )
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def page(self, path: str) -> str:
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.web.get(self.market.url + path, headers=headers, timeout=_TIMEOUT_S).text

    def sold(self) -> str:
        """A listing with enough of it for an order."""
        for listing in self.listings:
            if "Thêm vào giỏ" in self.page(f"/products/{listing}"):
                return listing
        raise AssertionError("nothing is on sale")

    def order(self, way: str = "pickup", packs: int = 1, **delivery: str) -> Placed:
        """A buyer nobody knows orders so many packs on a phone of their own."""
        phone = f"0{next(_phones)}"
        token = str(self.ask("POST", "/api/v1/auth/phone", phone=phone, name="Hoa")["token"])
        line = {"listing": self.sold(), "packs": packs, "client_id": client_id()}
        self.ask("POST", "/api/v1/cart/lines", token, **line)
        wanted = {"seller": self.seller, "name": "Nguyễn Thị Hoa", "client_id": client_id()}
        goes = {"way": way, **delivery}
        told = self.ask("POST", "/api/v1/cart/orders", token, delivery=goes, **wanted)
        return Placed(
            str(told["code"]), "/orders/" + str(told["url"]).partition("/orders/")[2], token
        )

    def pays(self, placed: Placed) -> None:
        self.market.flask("bank", "simulate", placed.code, "--url", self.market.url)

    def due_vnd(self, placed: Placed) -> int:
        """What the order's QR asks for."""
        told = self.ask("GET", f"/orders/{placed.code}/state", placed.token)
        return int(told["due_vnd"])

    def sends(self, path: str, **fields: str) -> None:
        """What staff send with a form of the desk."""
        answer = self.web.post(
            self.market.url + path,
            data={"client_id": client_id(), **fields},
            headers={"Authorization": f"Bearer {self.token}", "Origin": self.market.url},
            timeout=_TIMEOUT_S,
            allow_redirects=False,
        )
        assert answer.status_code == 303, answer.text

    def step(self, placed: Placed, do: str, reason: str = "") -> None:
        """What staff press at the order's page at the desk."""
        self.sends(f"/console/orders/{placed.code}/step", do=do, reason=reason)

    def name_of(self, placed: Placed) -> str:
        """What was ordered, as its first line is called."""
        told = self.ask("GET", f"/api/v1/orders/{placed.code}", placed.token)
        return str(told["lines"][0]["name"])

    def loses(self, name: str) -> None:
        """Every lot of the product called `name` is counted anew, and nothing is found."""
        shelf = self.page(f"/console/{self.seller}/stock")
        for lot in set(re.findall(rf"/console/{self.seller}/lots/(\w+)", shelf)):
            here = f"/console/{self.seller}/lots/{lot}/correct"
            page = self.page(here)
            for stock in (
                re.findall(r'name="stock"[^>]*value="(\w+)"', page) if name in page else ()
            ):
                self.sends(here, stock=stock, quantity="0", unit="kg", reason="kho bị dột")

    def harvests(self, best_before: date, other_than: str) -> str:
        """Write down two kilos of another product, good until that day; returns what it is called."""
        here = f"/console/{self.seller}/lots/new"
        offered = re.findall(r'<option value="(\w+)" data-unit="g"[^>]*>([^<]+)<', self.page(here))
        product, name = next(one for one in offered if one[1] != other_than)
        day = clock.today().isoformat()
        made = {"harvested_on": day, "best_before": best_before.isoformat()}
        self.sends(here, product=product, quantity="2", unit="kg", **made)
        return str(name)

    def amount_vnd(self, placed: Placed) -> int:
        told = self.ask("GET", f"/api/v1/orders/{placed.code}", placed.token)
        return int(told["amount_vnd"])

    def gives_away(self, placed: Placed, **how: str) -> None:
        """Hand the order's parcel over by its label."""
        path = f"/api/v1/sellers/{self.seller}/hand-overs"
        body = {"client_id": client_id(), "label": self.label_of(placed), **how}
        self.ask("POST", path, self.token, **body)

    def label_of(self, placed: Placed) -> str:
        """The code on a packed order's box, which is made beside the packing."""
        for _look in range(_LOOKS):
            page = self.page(f"/console/orders/{placed.code}")
            if shown := re.search(r"KH [A-Z0-9]{4} [A-Z0-9]{4}", page):
                return shown[0]
        raise AssertionError("a packed order has a label")


def as_buyer(context: BrowserContext, placed: Placed, market: Server) -> None:
    """Make `context` the phone the order was made on."""
    context.add_cookies([{"name": "device", "value": placed.token, "url": market.url}])
