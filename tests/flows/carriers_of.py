"""Carriers in the market of the flow tests: both have an account, A two parcels, one of them booked."""

from functools import partial

from sqlalchemy.orm import Session

from core.identity import logins
from shop import orders
from shop.carriers import booking, connections, tracking
from shop.carriers.tracking import Answer
from shop.delivery import ways
from shop.delivery.ways import CARRIER, NewWay
from shop.shipments import shipments
from tests.factories.shop import PICK_UP, buyer_of, pack
from tests.flows.market import Market
from tests.support.fake_carrier import TOKEN

GHTK = "ghtk"
TRACKING = "S1.A1.17373471"
_PRICE_VND = 65_000


def fill(market: Market) -> None:
    """Connect both sellers, pack two parcels of A's and book one of them."""
    for name in ("seller", "foreign_seller"):
        market.change(partial(_connect, market.ids[name]))
    for name in ("label_to_book", "label_booked"):
        market.ids[name] = market.change(partial(_packed, market))
    market.change(partial(_book, market))
    market.ids["carrier_key"] = GHTK
    market.settle()


def packed_for_a_carrier(market: Market) -> str:
    """The label of a parcel of A's that waits for a carrier; its buyer pays at the door."""
    return market.change(partial(_packed, market, by_carrier=True))


def _connect(seller: str, session: Session) -> None:
    connections.connect(session, seller, GHTK, (TOKEN, ""), "p:somebody")


def _packed(market: Market, session: Session, by_carrier: bool = False) -> str:
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    seller = market.ids["seller"]
    line = orders.PlaceLine(market.ids["listing"], 1, _PRICE_VND)
    choice = PICK_UP
    if by_carrier:
        way = ways.offer(session, seller, NewWay(CARRIER, "Chuyển phát"))
        choice = orders.DeliveryChoice(way, "Số 5, xóm Đồng Lạnh", commune="05503")
    code = orders.place(session, orders.PlaceOrder(seller, buyer_of(login), "web", choice, (line,)))
    orders.secure_by(session, code, "cod", "p:somebody")
    return shipments.for_order(session, pack(session, code)).label_code


def _book(market: Market, session: Session) -> None:
    seller, label = market.ids["seller"], market.ids["label_booked"]
    booking.book(session, seller, GHTK, [label])
    shipment_id = shipments.by_label(session, seller, label).id
    tracking.told(session, shipment_id, Answer(1, "booked", TRACKING, 30_400))
