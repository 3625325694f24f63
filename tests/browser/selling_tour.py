"""The pages around an order that the walk by clicks does not pass: desks of a seller, of officers, of buyers.

What they need to have something on them is asked for over the API, as its owner's own programs would.
Refuses to judge any page: the tests that use it do.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import requests

from tests.browser.tour import PASSWORD, STAFF_PHONE
from tests.support.server import Server

OFFICER_PHONE, BUYER_PHONE = "0900000007", "0871000321"
SELLERS = {
    "packing": "packing",
    "hand-over": "hand-over",
    "cash": "cash",
    "remittances": "remittances",
    "carriers": "carriers",
    "delivery": "delivery",
    "delivery-carrier": "delivery/new/carrier",
    "delivery-coach": "delivery/new/coach",
    "zones": "delivery/zones",
    "staff-orders": "staff-orders",
    "staff-order": "staff-orders/new",
    "vouchers": "vouchers",
    "desk-reviews": "reviews",
    "cases": "cases",
    "notices": "notices",
    "notices-members": "notices/members",
}
MADE = ("packing-order", "delivery-way", "staff-reply", "case-seller")
OFFICERS = {
    "officer-cases": "/officer/cases",
    "officer-shows": "/officer/live",
    "province-vouchers": "/province/vouchers",
    "province-reviews": "/province/reviews",
}
BUYERS = ("order", "order-change", "order-add", "order-again", "report", "case-buyer")
OWN = {"my-notices": "/account/notices", "my-devices": "/account/push"}
PLACES = (*SELLERS, *MADE, *OFFICERS, *BUYERS, *OWN)


@dataclass(frozen=True)
class Person:
    """Somebody signed in: sends what their own pages would send."""

    url: str
    token: str

    def get(self, path: str) -> str:
        answer = requests.get(self.url + path, headers=self._headers(), timeout=30)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, path: str, **form: str) -> str:
        """Send a form; returns where it leads."""
        answer = requests.post(
            self.url + path,
            data={"client_id": uuid.uuid4().hex, **form},
            headers=self._headers(),
            allow_redirects=False,
            timeout=30,
        )
        assert answer.status_code == 303, f"{path}: {answer.status_code} {answer.text[:300]}"
        return answer.headers["Location"].removeprefix(self.url)

    def ask(self, path: str, **body: object) -> dict[str, str]:
        """Send JSON to the API; what it answers."""
        answer = requests.post(
            f"{self.url}/api/v1{path}",
            json={"client_id": uuid.uuid4().hex, **body},
            headers=self._headers(),
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Origin": self.url}


@dataclass(frozen=True)
class SellingTour:
    """Who sees which page: the token and the address by the page's name."""

    pages: dict[str, tuple[str, str]]


def walk(market: Server) -> SellingTour:
    """Leave one of each page behind."""
    market.flask("officer", "add", OFFICER_PHONE)
    staff, officer = (signed_in(market, phone) for phone in (STAFF_PHONE, OFFICER_PHONE))
    buyer = arrived(market)
    seller = seller_of(staff)
    made = _made(staff, buyer, seller)
    pages = {name: (staff.token, f"/console/{seller}/{path}") for name, path in SELLERS.items()}
    pages |= {name: (staff.token, made[name]) for name in MADE}
    pages |= {name: (officer.token, path) for name, path in OFFICERS.items()}
    pages |= {name: (staff.token, path) for name, path in OWN.items()}
    pages |= {name: (buyer.token, made[name]) for name in BUYERS}
    return SellingTour(pages)


def seller_of(staff: Person) -> str:
    """The seller somebody works for."""
    return str(re.findall(r"/console/(\w+)/today", staff.get("/console"))[0])


def _made(staff: Person, buyer: Person, seller: str) -> dict[str, str]:
    """One of each thing, and where its pages are."""
    desk = f"/console/{seller}"
    waiting, packed = (ordered(buyer, seller) for _ in range(2))
    for code in (waiting, packed):
        staff.post(f"/console/orders/{code}/step", do="cod", reason="")
    staff.post(f"/console/orders/{packed}/step", do="start", reason="")
    staff.post(f"/console/orders/{packed}/step", do="pack", reason="")
    until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    staff.post(f"{desk}/vouchers", voucher_code="TET2027", kind="sum", worth="10k", until=until)
    told = {"problem": "spoilt", "wants": "refund", "text": "Một gói bị ướt, mốc ở góc."}
    report = f"/report/order/{packed}"
    case = buyer.post(report, name="Hoa", phone=BUYER_PHONE, **told)
    case_id = re.findall(r"/cases/(\w+)", case)[0]
    reply = _staff_order(staff, desk)
    way = re.findall(rf"{desk}/delivery/ways/\w+", staff.get(f"{desk}/delivery"))[-1]
    return {
        "packing-order": f"{desk}/packing/{waiting}",
        "delivery-way": way,
        "staff-reply": reply,
        "case-seller": f"{desk}/cases/{case_id}",
        "order": f"/orders/{waiting}",
        "order-change": f"/orders/{waiting}/change",
        "order-add": f"/orders/{waiting}/change/add",
        "order-again": f"/orders/{packed}/again",
        "report": report,
        "case-buyer": case,
    }


def _staff_order(staff: Person, desk: str) -> str:
    """An order that staff typed in; the address of the words to send back."""
    page = staff.get(f"{desk}/staff-orders/new")
    listing = re.findall(r'name="listing_1".*?<option value="(\w+)"', page, re.DOTALL)[0]
    kept = re.findall(r'name="kept".*?<option value="(\d+)"', page, re.DOTALL)[0]
    fields = {"channel": "zalo", "text": "2 gói chè", "kept": kept, "name": "Cô Ba"}
    goods = {"phone": "0912 345 678", "way": "pickup", "listing_1": listing, "packs_1": "1"}
    return staff.post(f"{desk}/staff-orders", **fields, **goods)


def ordered(buyer: Person, seller: str) -> str:
    """An order of one pack, its code."""
    shop = requests.get(f"{buyer.url}/api/v1/listings?limit=40", timeout=30).json()["list"]
    listing = next(one["id"] for one in shop if one["seller"] == seller and one["left"] > 4)
    buyer.ask("/cart/lines", listing=listing, packs=1)
    made = buyer.ask("/cart/orders", seller=seller, name="Hoa", delivery={"way": "pickup"})
    return made["code"]


def signed_in(market: Server, phone: str) -> Person:
    body = {"phone": phone, "password": PASSWORD}
    answer = requests.post(f"{market.url}/api/v1/auth/login", json=body, timeout=30)
    return Person(market.url, answer.json()["token"])


def arrived(market: Server) -> Person:
    body = {"phone": BUYER_PHONE, "name": "Hoa"}
    answer = requests.post(f"{market.url}/api/v1/auth/phone", json=body, timeout=30)
    return Person(market.url, answer.json()["token"])
