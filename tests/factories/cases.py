"""Complaints for tests."""

from sqlalchemy.orm import Session

from core.identity import people
from core.identity.logins import Login
from shop.cases import opening, subjects
from shop.cases.case_rules import LISTING, ORDER
from shop.cases.opening import Complaint, Words
from shop.cases.subjects import Subject
from shop.ordering import order_facts
from tests.factories.identity import make_login


def make_case(
    session: Session, kind: str, subject_id: str, *, login: Login | None = None, text: str = "Dập"
) -> str:
    """A complaint (its id) about an order by its buyer, or about a listing by somebody or `login`."""
    about = subjects.read(session, kind, subject_id)
    assert about is not None
    complaint = _of_order(session, about) if kind == ORDER else _of(session, about, login)
    case_id = opening.open_case(session, complaint, Words(f"p:{complaint.person_id}", text))
    session.flush()
    return case_id


def listing_case(session: Session, listing_id: str, login: Login | None = None) -> str:
    """A complaint about a listing."""
    return make_case(session, LISTING, listing_id, login=login)


def _of_order(session: Session, about: Subject) -> Complaint:
    order = order_facts.facts(session, about.id)
    who = (order.person_id, order.device_id, order.name, order.phone)
    return Complaint(about, *who, "spoilt", "refund")


def _of(session: Session, about: Subject, login: Login | None) -> Complaint:
    login = login or make_login(session)[1]
    assert login.person_id is not None
    phone = people.facts(session, login.person_id).phone
    who = (login.person_id, login.device_id, login.name, phone)
    return Complaint(about, *who, "not_as_shown", "explain")
