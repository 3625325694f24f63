"""What an order's fate means for its claims: read from the order as it stands, not from the message.

So a message may come twice, late or out of order, and the claims still end where the order is.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from livestream import log
from livestream.desk import claims, waitlist
from livestream.desk.checkout import SOURCE
from livestream.log import Turn
from livestream.models import Claim
from livestream.pins.pin_sale import PinSale
from shop import orders

_GONE = frozenset({"expired", "cancelled"})


def follow(session: Session, code: str, source: str) -> None:
    """Bring the claims of order `code` to where the order stands; an order not from a show is ignored.

    Effect: paid claims are marked; claims whose order ended without goods are released, and who waits
    for those pins is served.
    """
    if not source.startswith(SOURCE):
        return
    turn = log.begin(session, source.removeprefix(SOURCE))
    state = orders.facts(session, code).state
    of_order = select(Claim).where(Claim.session_id == turn.session_id, Claim.order_code == code)
    found = claims.chosen(of_order, session)
    pins = {pin.id: pin for pin in waitlist.sales(session, {claim.pin_id for claim in found})}
    for claim in found:
        _follow_one(session, turn, pins[claim.pin_id], claim, state)
    for pin in pins.values():
        waitlist.settle(session, turn, pin)


def _follow_one(session: Session, turn: Turn, pin: PinSale, claim: Claim, state: str) -> None:
    if state in _GONE:
        if claim.state == "ordered":
            claims.lapse(session, turn, pin, claim, "lapsed")
        elif claim.state == "paid":
            claims.lapse(session, turn, pin, claim, "refunded")
    elif state != "placed" and claim.state in {"ordered", "lapsed"}:
        claims.pay(session, turn, pin, claim)
