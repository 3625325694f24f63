"""What stands in the market of the flow tests: sellers A and B, their staff, buyers, goods and an order.

Everything with an id belongs to seller A or to the buyer, but what is named `foreign_…`.
"""

from functools import partial

from sqlalchemy.orm import Session

from core import clock
from core.identity import logins
from livestream.pins.pins import NewPin
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from payments import payments
from payments.receipts import receipts
from payments.receipts.codec import receipt_hash
from shop import orders
from shop.buying import cart
from tests.factories.catalog import HOUR_MS, make_listing
from tests.factories.identity import make_login, make_person, make_seller
from tests.factories.payments import make_till, pay
from tests.factories.shop import PICK_UP, buyer_of, make_ways
from tests.flows import (
    before_of,
    carriers_of,
    cases_of,
    customers_of,
    delivery_of,
    examples_books,
    examples_cards,
    examples_cash,
    examples_fees,
    examples_members_book,
    examples_money_desk,
    examples_orders,
    examples_packing,
    examples_seen,
    examples_shelf,
    files_of,
    goods_of,
    growers_of,
    handing_of,
    moderation_of,
    notices_of,
    offers_of,
    outside_of,
    photos_of,
    replay_of,
    reports_of,
    staff_of,
    statements_of,
    stock_of,
    stops_of,
    targets_of,
    together_of,
)
from tests.flows.market import Market

BUYERS_PHONE = "+84387123456"
BUYERS_PHONE_SHOWN = "0387 123 456"
PASSWORD = "chè xanh 2026"
PRICE_VND = 65_000


def fill(market: Market) -> None:
    """Fill an empty market."""
    for step in (_people, _goods, _orders, _shows):
        market.change(partial(step, market))
    growers_of.fill(market)
    market.settle()
    photos_of.fill(market)
    stock_of.fill(market)
    files_of.fill(market)
    staff_of.fill(market)
    examples_shelf.fill(market)
    offers_of.fill(market)
    delivery_of.fill(market)
    goods_of.fill(market)
    moderation_of.fill(market)
    before_of.fill(market)
    together_of.fill(market)
    targets_of.fill(market)
    replay_of.fill(market)
    reports_of.fill(market)
    outside_of.fill(market)
    cases_of.fill(market)
    handing_of.fill(market)
    carriers_of.fill(market)
    examples_cards.fill(market)
    examples_packing.fill(market)
    examples_cash.fill(market)
    examples_fees.fill(market)
    customers_of.fill(market)
    notices_of.fill(market)
    examples_orders.fill(market)
    examples_money_desk.fill(market)
    examples_books.fill(market)
    examples_seen.fill(market)
    examples_members_book.fill(market, BUYERS_PHONE)
    statements_of.fill(market)
    stops_of.fill(market)
    answer = market.ask(
        "buyer",
        "POST",
        f"/api/v1/live/{market.ids['session_id']}/claims",
        json={"code": "A1", "qty": 2, "client_id": "claim-of-the-buyer"},
    )
    assert answer.status_code == 200, answer.text
    market.ids["claim_id"] = answer.get_json()["claim"]
    market.settle()


def _people(market: Market, session: Session) -> None:
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


def _goods(market: Market, session: Session) -> None:
    """Goods of both sellers; the market's `listing` is seller A's."""
    ids = market.ids
    for prefix in ("", "foreign_"):
        till = make_till(session, ids[prefix + "seller"])
        make_ways(session, till.seller_id)
        ids[prefix + "feed"] = till.feed_id
        market.till = market.till or till
        ids[prefix + "listing"] = make_listing(session, till.seller_id, on_hand=20_000)
        for name in ("second_listing", "third_listing"):
            ids[prefix + name] = make_listing(session, till.seller_id, on_hand=20_000)
    ids["provider"] = "sepay"
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    cart.add(session, login.actor, ids["listing"], 2)


def _orders(market: Market, session: Session) -> None:
    """Two orders of the buyer with seller A: `code`, still to be paid, and `paid_code`."""
    ids = market.ids
    for name in ("code", "paid_code"):
        ids[name] = _order(market, session, ids["seller"], ids["listing"])
    unpaid = orders.facts(session, ids["code"])
    ids["capability"], ids["order_line"] = unpaid.capability, unpaid.lines[0].id
    assert market.till is not None
    pay(session, market.till, ids["paid_code"], PRICE_VND)
    receipt_id = payments.facts(session, orders.reference_of(ids["paid_code"])).receipt_id
    assert receipt_id is not None
    receipt = receipts.get(session, receipt_id)
    ids["receipt_id"], ids["receipt_number"] = receipt_id, str(receipt.facts.number)
    ids["receipt_mark"] = receipt_hash(receipt.token).hex()


def _shows(market: Market, session: Session) -> None:
    """Seller A's shows: one live with pins A1 and A2, one interrupted, one that may start."""
    ids = market.ids
    for name in ("session_id", "paused_session", "next_session"):
        pinned = [NewPin(ids[one], 10, 60_000, 5) for one in ("listing", "second_listing")]
        until_ms = clock.now_ms() + 3 * HOUR_MS
        ids[name] = sessions.create(
            session, NewSession(ids["seller"], "Chợ sáng", until_ms), pinned
        )
    sessions.start(session, ids["session_id"])
    sessions.start(session, ids["paused_session"])
    sessions.interrupt(session, ids["paused_session"])
    ids["pin"], ids["second_pin"] = "A1", "A2"


def _order(market: Market, session: Session, seller_id: str, listing_id: str) -> str:
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    line = orders.PlaceLine(listing_id, 1, PRICE_VND)
    return orders.place(
        session, orders.PlaceOrder(seller_id, buyer_of(login), "web", PICK_UP, (line,))
    )
