"""Notices of the flow market: one to the buyer, one that somebody of seller A has to call, a mailbox."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from shop.notices import mailboxes, telling
from shop.notices.models import Notice
from shop.notices.telling import News, Whom
from tests.factories.growers import make_member
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Make them."""
    market.change(lambda session: _fill(market, session))
    market.settle()


def _fill(market: Market, session: Session) -> None:
    ids = market.ids
    for name in ("notice", "call"):
        facts = {"title": "Chè đinh", "seller": "HTX A", "who": "HTX A", "until": ""}
        news = News("case_settled", name, ids["seller"], f"/cases/{ids['case']}", facts)
        telling.tell(session, news, Whom(ids["buyer"], "Hoa", "+84387123456"))
    rows = session.query(Notice).filter(Notice.event_key.like("case_settled:%"))
    keys = {row.event_key.split(":")[1]: row.id for row in rows}
    ids["notice"], ids["call"] = keys["notice"], keys["call"]
    session.execute(update(Notice).where(Notice.id == ids["call"]).values(state="to_call"))
    make_member(session, ids["seller"], "Tấm Thị Vải", phone="+84912000009")
    mailboxes.give(session, ids["buyer"], "hoa@example.vn", "vi")
    ids["token"] = mailboxes.token_of(session, ids["buyer"])
