"""What the flow market has for officers: a show to stop, one that was stopped, with an order that waits."""

from sqlalchemy.orm import Session

from core import clock
from core.identity import logins
from core.identity.officers import OfficerFacts
from livestream.desk import checkout, desk
from livestream.desk.checkout import BasketOrder
from livestream.desk.desk import ClaimRequest
from livestream.pins.pins import NewPin
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from livestream.stops import stops
from livestream.stops.stops import StopOrder
from shop.ordering import securing
from tests.factories.catalog import HOUR_MS
from tests.factories.shop import PICK_UP
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Make them; the buyer's order is to be paid at the door."""
    market.change(lambda session: _fill(market, session))
    market.settle()


def _fill(market: Market, session: Session) -> None:
    ids = market.ids
    ids["show_to_stop"], ids["stopped_session"] = (_show(market, session) for _ in range(2))
    buyer = logins.resolve(session, market.tokens["buyer"])
    assert buyer is not None
    show = ids["stopped_session"]
    desk.claim(session, ClaimRequest(show, "A1", 1, buyer, clock.now_ms()))
    wanted = BasketOrder(show, ids["seller"], buyer, buyer.name, "", PICK_UP)
    ids["frozen_code"] = checkout.place(session, wanted)
    securing.secure_by(session, ids["frozen_code"], securing.COD, "p:owner")
    officer = logins.resolve(session, market.tokens["officer"])
    assert officer is not None
    facts = OfficerFacts(officer.person_id or "", "Phòng Kinh tế xã")
    stops.stop(session, show, StopOrder("unsafe", "Chè không rõ nguồn gốc"), facts)


def _show(market: Market, session: Session) -> str:
    new = NewSession(market.ids["seller"], "Chợ tối", clock.now_ms() + 2 * HOUR_MS)
    session_id = sessions.create(session, new, [NewPin(market.ids["third_listing"], 1, 60_000, 5)])
    sessions.start(session, session_id)
    return session_id
