"""Complaints of the flow market, the buyer's about seller A: one runs, one is settled, one is disputed."""

from sqlalchemy.orm import Session

from core.identity import logins
from shop.cases import handling, opening, subjects
from shop.cases.case_rules import LISTING, ORDER, REJECT
from shop.cases.handling import Outcome
from shop.cases.opening import SELLER, Complaint, Words
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Make them."""
    market.change(lambda session: _fill(market, session))
    market.settle()


def _fill(market: Market, session: Session) -> None:
    ids = market.ids
    ids["order_kind"] = ORDER
    ids["case"] = complain(market, session, ORDER, ids["paid_code"])
    ids["settled_case"] = complain(market, session, LISTING, ids["listing"])
    ids["disputed_case"] = complain(market, session, LISTING, ids["second_listing"])
    for name in ("settled_case", "disputed_case"):
        words = Words("p:seller", "Hàng đúng như ảnh")
        handling.settle(session, ids[name], SELLER, Outcome(REJECT, 0, words))
    handling.dispute(session, ids["disputed_case"], Words("p:buyer", "Không đúng"))


def complain(market: Market, session: Session, kind: str, subject_id: str) -> str:
    """A complaint of the buyer's (its id)."""
    login = logins.resolve(session, market.tokens["buyer"])
    about = subjects.read(session, kind, subject_id)
    assert login is not None
    assert login.person_id is not None
    assert about is not None
    who = (login.person_id, login.device_id, login.name, login.phone)
    complaint = Complaint(about, *who, "not_as_shown", "refund")
    return opening.open_case(session, complaint, Words(login.actor, "Hộp móp, 3 quả dập"))
