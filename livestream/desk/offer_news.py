"""An offer told on the buyer's own device: made when packs become theirs, believed when the device showed it.

A push service that took the message proves nothing (ADR 0018, 0029). Refuses to tell of an offer that was
heard of otherwise, or has gone on to the next.
"""

from sqlalchemy.orm import Session

from core.identity import people, sellers
from livestream import log
from livestream.desk import claims
from livestream.models import Claim, Pin
from shop.notices import telling
from shop.notices.telling import News, Whom

KIND = "offer"


def tell(session: Session, claim_id: str) -> None:
    """Have who waited be told of what is offered to them now; heard of meanwhile, nothing is told."""
    claim = session.get(Claim, claim_id, populate_existing=True)
    if claim is None or not claim.offered or claim.reach_by_ms is None:
        return
    pin = session.get_one(Pin, claim.pin_id)
    if not pin.goods:
        return  # practice: the room itself tells
    seller = sellers.facts(session, claim.seller_id).name
    facts = {"code": pin.code, "what": pin.name, "seller": seller}
    path, event = f"/live/{claim.session_id}", f"{claim.id}.{claim.reach_by_ms}"
    news = News(KIND, event, claim.seller_id, path, facts, stale_ms=claim.reach_by_ms)
    person = people.facts(session, claim.person_id)
    telling.tell(session, news, Whom(person.id, person.name, person.phone, claim.device_id))


def is_news(session: Session, event: str) -> bool:
    """Whether the offer (`event` of its notice) stands and nobody has heard of it."""
    claim_id, _, reach_by_ms = event.partition(".")
    claim = session.get(Claim, claim_id, populate_existing=True)
    return claim is not None and claim.offered > 0 and str(claim.reach_by_ms) == reach_by_ms


def heard(session: Session, event: str) -> None:
    """A device showed the offer: its buyer's time to order begins. Too late, or twice, changes nothing."""
    claim = session.get(Claim, event.partition(".")[0])
    if claim is None:
        return
    turn = log.begin(session, claim.session_id)
    if is_news(session, event):
        claims.reach(turn, claim)
