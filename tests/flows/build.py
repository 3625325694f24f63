"""What stands in the market of the flow tests: sellers A and B, their staff, buyers, goods and an order.

Everything with an id belongs to seller A or to the buyer, but what is named `foreign_…`.
"""

from sqlalchemy.orm import Session

from core.identity import logins
from payments import payments
from shop import cart, orders
from tests.factories.catalog import make_listing
from tests.factories.identity import make_login, make_person, make_seller
from tests.factories.payments import make_till, pay
from tests.factories.shop import PICK_UP, buyer_of, make_ways
from tests.flows.market import Market

BUYERS_PHONE = "+84912345678"
BUYERS_PHONE_SHOWN = "0912 345 678"
PASSWORD = "chè xanh 2026"
PRICE_VND = 65_000


def fill(market: Market) -> None:
    """Fill an empty market."""
    for step in (_people, _goods, _orders):
        market.change(lambda session, step=step: step(session, market))  # type: ignore[misc]
    market.settle()


def _people(session: Session, market: Market) -> None:
    ids, tokens = market.ids, market.tokens
    ids["seller"] = make_seller(session, "HTX A")
    ids["foreign_seller"] = make_seller(session, "HTX B")
    buyer = make_person(session, "Hoa", phone=BUYERS_PHONE, password=PASSWORD)
    tokens["buyer"], login = make_login(session, buyer)
    ids["buyer"], ids["device"] = buyer, login.device_id
    tokens["stranger"] = logins.issue(session, buyer, verified=False, name="Người lạ")
    tokens["other"], _ = make_login(session)
    tokens["staff_a"], _ = make_login(session, roles={ids["seller"]: "owner"})
    tokens["staff_b"], _ = make_login(session, roles={ids["foreign_seller"]: "owner"})


def _goods(session: Session, market: Market) -> None:
    """Goods of both sellers; the market's `listing` is seller A's."""
    ids = market.ids
    for prefix in ("", "foreign_"):
        till = make_till(session, ids[prefix + "seller"])
        make_ways(session, till.seller_id)
        ids[prefix + "feed"] = till.feed_id
        market.till = market.till or till
        ids[prefix + "listing"] = make_listing(session, till.seller_id, on_hand=20_000)
        ids[prefix + "second_listing"] = make_listing(session, till.seller_id, on_hand=20_000)
    ids["provider"] = "sepay"
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    cart.add(session, login.actor, ids["listing"], 2)


def _orders(session: Session, market: Market) -> None:
    """Two orders of the buyer with seller A: `code`, still to be paid, and `paid_code`."""
    ids = market.ids
    for name in ("code", "paid_code"):
        ids[name] = _order(session, market, ids["seller"], ids["listing"])
    ids["capability"] = orders.facts(session, ids["code"]).capability
    assert market.till is not None
    pay(session, market.till, ids["paid_code"], PRICE_VND)
    receipt_id = payments.facts(session, orders.reference_of(ids["paid_code"])).receipt_id
    assert receipt_id is not None
    ids["receipt_id"] = receipt_id


def _order(session: Session, market: Market, seller_id: str, listing_id: str) -> str:
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    line = orders.PlaceLine(listing_id, 1, PRICE_VND)
    return orders.place(
        session, orders.PlaceOrder(seller_id, buyer_of(login), "web", PICK_UP, (line,))
    )
