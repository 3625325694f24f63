"""Parcels of the flow market: seller A's packed one, with its label; and one of seller B's."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import logins
from payments.models import BankLine
from shop import orders
from shop.shipments import handing, shipments
from shop.shipments.handing import HandOver
from tests.factories.payments import Transfer, sepay_body, tell
from tests.factories.shop import PICK_UP, buyer_of, pack
from tests.flows.market import Market

_PRICE_VND = 65_000


def fill(market: Market) -> None:
    """Pack a parcel at each seller."""
    for prefix in ("", "foreign_"):
        market.change(lambda session, prefix=prefix: _parcel(market, session, prefix))  # type: ignore[misc]
    for name in ("first_join", "second_join"):
        market.ids[name] = market.change(lambda session: _on_delivery(market, session, ""))
    market.change(lambda session: _carried(market, session))
    market.settle()


def _carried(market: Market, session: Session) -> None:
    """An order a carrier took and was paid for, and the carrier's transfer less its fee."""
    code, ids = pack(session, _on_delivery(market, session, "")), market.ids
    label = shipments.for_order(session, code).label_code
    handing.hand_over(session, ids["seller"], label, HandOver("p:somebody", taken_by="VTP"))
    assert market.till is not None
    tell(session, market.till, sepay_body(market.till, Transfer("VTP THU HO", 60_000)))
    line = select(BankLine.id).where(BankLine.content == "VTP THU HO")
    ids["carried_code"], ids["carrier_line"] = code, session.scalars(line).one()


def _on_delivery(market: Market, session: Session, prefix: str) -> str:
    """An order of the buyer that is paid on delivery."""
    ids = market.ids
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    seller, line = ids[prefix + "seller"], orders.PlaceLine(ids[prefix + "listing"], 1, _PRICE_VND)
    wanted = orders.PlaceOrder(seller, buyer_of(login), "web", PICK_UP, (line,))
    code = orders.place(session, wanted)
    orders.secure_by(session, code, "cod", "p:somebody")
    return code


def _parcel(market: Market, session: Session, prefix: str) -> None:
    code, ids = _on_delivery(market, session, prefix), market.ids
    pack(session, code)
    ids[prefix + "packed_code"] = code
    ids[prefix + "label"] = shipments.for_order(session, code).label_code
