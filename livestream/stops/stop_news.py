"""Who is told that a show was stopped: whoever held something there, its sellers, officers of an answer.

Buyers of its orders are told by the shop (`shop.notices.freeze_news`). Heard twice, nobody is told twice.
"""

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import officers, people, sellers
from livestream import access
from livestream.models import Claim, LiveSession
from livestream.stops import stop_words, stops
from livestream.stops.replies import StopAnswered
from shop.notices import telling
from shop.notices.telling import News, Whom

HELD, SELLER, ANSWERED = "show_stopped", "show_stopped_seller", "stop_answered"


def tell(session: Session, session_id: str) -> None:
    """Tell of the stop of a session: what is held no more, to its sellers the reason and how to answer."""
    stop = stops.of_session(session, session_id)
    if stop is None:
        return
    title = session.get_one(LiveSession, session_id).title
    with force_locale("vi"):
        why = stop_words.reasons()[stop.reason]
    for seller_id in sorted(access.sellers_concerned(session, session_id)):
        facts = {"title": title, "office": stop.office or stop.name, "why": why}
        path = f"/console/stops/{session_id}"
        telling.tell_keepers(session, News(SELLER, session_id, seller_id, path, facts))
    _tell_holders(session, session_id, title)


def answered(session: Session, event: StopAnswered) -> None:
    """Tell every officer that a seller answered."""
    row = session.get_one(LiveSession, event.session_id)
    facts = {"title": row.title, "seller": sellers.facts(session, row.seller_id).name}
    path = f"/officer/live/{event.session_id}"
    news = News(ANSWERED, event.reply_id, row.seller_id, path, facts)
    held = {one.person_id for one in officers.all_now(session)}
    for one in people.facts_of(session, held).values():
        telling.tell(session, news, Whom(one.id, one.name, one.phone))


def _tell_holders(session: Session, session_id: str, title: str) -> None:
    """Tell each who held something, once, on the device that claimed first."""
    query = select(Claim.person_id, Claim.device_id, Claim.seller_id).where(
        Claim.session_id == session_id, Claim.state == "released"
    )
    held = {row.person_id: row for row in session.execute(query.order_by(Claim.number.desc()))}
    known = people.facts_of(session, set(held))
    for person_id, row in sorted(held.items()):
        one = known[person_id]
        news = News(HELD, session_id, row.seller_id, f"/live/{session_id}", {"title": title})
        telling.tell(session, news, Whom(one.id, one.name, one.phone, row.device_id))
