"""The pages of money with something on them: what goes back, what waits, members and how they are paid.

A day of sales is made as `flask demo day` makes it; the rest is sent as the pages' own forms would.
Refuses to judge any page: the tests that use it do.
"""

import re
from dataclasses import dataclass

from tests.browser.selling_tour import Person, ordered, seller_of
from tests.support.server import Server

OF_SELLER = {"refunds": "refunds", "money-days": "money/days", "money-cards": "money/cards"}
MADE = ("refund-new", "refund-one", "money-line")
OF_BOOK = ("book-member", "book-statement", "payout-run", "my-book")
TIED = ("payout-lines", "payout-tie", "money-line-out")
OF_BUYER = ("order-refund", "order-on-top", "surplus")
PLACES = (*OF_SELLER, *MADE, *TIED, *OF_BOOK, *OF_BUYER)
BOOK_PHONE = "0900000002"
"""Who runs the demo cooperative that keeps a members' book."""
_ACCOUNT = {"bank_bin": "970436", "account_number": "0071000123456", "account_holder": "HOA"}
_PAID_AT = {"bank_name": "Agribank", "account_number": "85001234", "account_holder": "BA SO"}


@dataclass(frozen=True)
class People:
    """Those whose pages these are: who runs a seller, who keeps a members' book, who bought."""

    staff: Person
    keeper: Person
    buyer: Person


def walk(market: Server, people: People, seller: str) -> dict[str, tuple[str, str]]:
    """Leave one of each page behind: token and address by the page's name."""
    staff, buyer = people.staff, people.buyer
    code = ordered(buyer, seller)
    staff.post(f"/console/orders/{code}/step", do="cash", reason="")
    buyer.post(f"/orders/{code}/refund", **_ACCOUNT)
    refunds, inbox = f"/console/{seller}/refunds", f"/console/{seller}/money/inbox"
    wanted = {"payment_code": code, "source": "paid", "back_sum": "5.000", "reason": "hộp móp"}
    made = {
        **{name: f"/console/{seller}/{path}" for name, path in OF_SELLER.items()},
        "refund-new": f"{refunds}/new/{code}",
        "refund-one": staff.post(refunds, **wanted),
        "money-line": re.findall(r'href="(/console/\w+/money/lines/\w+)"', staff.get(inbox))[0],
        **_tied(staff, seller),
    }
    pages = {name: (staff.token, path) for name, path in made.items()}
    pages |= {name: (people.keeper.token, path) for name, path in _book(people.keeper).items()}
    pages |= {name: (buyer.token, path) for name, path in _on_top(market, buyer, seller).items()}
    return {**pages, "order-refund": (buyer.token, f"/orders/{code}/refund")}


def _tied(staff: Person, seller: str) -> dict[str, str]:
    """The list that waits in the demo's day, and the line of the bank that might have paid it."""
    desk = f"/console/{seller}/money"
    out = re.findall(rf"{desk}/lines/(\w+)", staff.get(f"{desk}/inbox?show=out"))[0]
    runs = re.findall(rf"{desk}/payouts/(\w+)", staff.get(f"{desk}/payouts"))
    waiting = next(run for run in runs if "/lines" in staff.get(f"{desk}/payouts/{run}"))
    lines = f"{desk}/payouts/{waiting}/lines"
    return {
        "payout-lines": lines,
        "payout-tie": f"{lines}/{out}",
        "money-line-out": f"{desk}/lines/{out}",
    }


def _on_top(market: Server, buyer: Person, seller: str) -> dict[str, str]:
    """An order that was paid with something on top, which its buyer has not decided about."""
    code = ordered(buyer, seller)
    market.flask("bank", "simulate", code, "--url", market.url)
    market.flask("bank", "simulate", code, "--amount", "15000", "--url", market.url)
    return {"order-on-top": f"/orders/{code}", "surplus": f"/orders/{code}/surplus"}


def _book(keeper: Person) -> dict[str, str]:
    """A member with the keeper's own number, owed something and put on a list for the bank."""
    seller = seller_of(keeper)
    told = {"name": "Bà Sổ", "phone": BOOK_PHONE, "commune": "", "address": ""}
    keeper.post(f"/console/{seller}/members/new", **told, joined_on="", notes="")
    book = f"/console/{seller}/money/members"
    member = re.findall(rf'{book}/(\w+)">Bà Sổ', keeper.get(book))[0]
    extra = {"kind": "extra", "amount": "120.000", "note": "công đóng gói", "day": ""}
    keeper.post(f"{book}/{member}/entries", **extra)
    keeper.post(f"{book}/{member}/account", **_PAID_AT)
    return {
        "book-member": f"{book}/{member}",
        "book-statement": f"{book}/{member}/statement",
        "payout-run": keeper.post(f"/console/{seller}/money/payouts", member=member),
        "my-book": "/account/book",
    }
