"""Who keeps a seller's books hears of money that nobody placed: once after three days, once after seven.

Judged by rows each hour, so that a server that was off tells it when it is back. Refuses to tell of single
lines: what was heard on one day is one notice.
"""

from sqlalchemy.orm import Session

from core.identity import sellers
from core.money import format_vnd
from payments.desk import aged
from payments.desk.aged import Turned
from shop.notices import telling
from shop.notices.telling import News

KIND = "money_waits"


def tell(session: Session) -> None:
    """Have owners and accountants be told of what turned old, each once for a day and an age."""
    for one in aged.turned(session):
        telling.tell_bookkeepers(session, _news(session, one))


def _news(session: Session, one: Turned) -> News:
    facts = {
        "seller": sellers.facts(session, one.seller_id).name,
        "number": str(one.number),
        "money": format_vnd(one.amount_vnd),
        "days": str(one.days),
    }
    event = f"{one.seller_id}.{one.day}.{one.days}"
    return News(KIND, event, one.seller_id, f"/console/{one.seller_id}/money", facts)
